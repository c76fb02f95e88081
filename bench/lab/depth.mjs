import { archive, openCampaign, queueUp } from './campaign.mjs';
import { openStations } from './station.mjs';
import { summary, timed } from './times.mjs';

/**
 * The same stations' claims of a short queue and of a deep one, in turns, so that what else the machine does falls on both.
 */
export async function claimFromTheDeep(ground, { stations: count, short, deep, rounds, claims }) {
  const { engine } = ground;
  const queues = [
    { name: 'short', property: 'relative_density', unit: '1', size: short, times: [] },
    { name: 'deep', property: 'activation_energy', unit: 'eV', size: deep, times: [] },
  ];
  for (const queue of queues) {
    queue.campaignId = await openCampaign(engine, queue);
    const names = Array.from({ length: count }, (_, i) => `${queue.name}-${i + 1}`);
    queue.stations = await openStations(ground, names, [queue.property]);
    await queueUp(engine, queue.campaignId, queue.size);
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const queue of round % 2 === 0 ? queues : queues.toReversed()) {
      await Promise.all(queue.stations.map((station) => takeTurns(station, claims / count, queue.times)));
      await queueUp(engine, queue.campaignId, claims);
    }
  }
  for (const { stations } of queues) for (const station of stations) station.close();
  for (const { campaignId } of queues) await archive(engine, campaignId);
  const [shallow, full] = queues.map(({ times }) => summary(times));
  return {
    stations: count,
    shortLength: short,
    deepLength: deep,
    short: shallow,
    deep: full,
    ratio: full.p99 / shallow.p99,
  };
}

async function takeTurns(station, claims, times) {
  for (let i = 0; i < claims; i += 1) {
    const [assignment] = await timed(() => station.claim(), times);
    if (assignment === undefined) throw new Error(`${station.name} found an empty queue`);
  }
}
