import { archive, openCampaign, queueUp } from './campaign.mjs';
import { openStations } from './station.mjs';
import { summary, timed } from './times.mjs';

/** Every station asks for one after the other, all at the same time, until nothing is left; after a race that only warms the server up. */
export async function raceForClaims(ground, { stations, experiments, warmUp }) {
  await race(ground, 'warm-up', { stations, experiments: warmUp });
  return race(ground, 'racer', { stations, experiments });
}

async function race(ground, called, { stations: count, experiments }) {
  const { engine } = ground;
  const campaignId = await openCampaign(engine, { name: called });
  await queueUp(engine, campaignId, experiments);
  const names = Array.from({ length: count }, (_, i) => `${called}-${i + 1}`);
  const stations = await openStations(ground, names, ['value']);
  const times = [];
  const claimed = [];
  const began = performance.now();
  await Promise.all(
    stations.map(async (station) => {
      for (;;) {
        const assignments = await timed(() => station.claim(), times);
        if (assignments.length === 0) return;
        claimed.push(...assignments.map(({ experimentId }) => experimentId));
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const station of stations) station.close();
  const faults = await faultsOf(engine, campaignId, claimed);
  await archive(engine, campaignId);
  return {
    stations: count,
    experiments,
    seconds,
    perSecond: claimed.length / seconds,
    claims: summary(times),
    distinct: new Set(claimed).size,
    faults,
  };
}

/** What the stations were given against what the record has. */
async function faultsOf(engine, campaignId, claimed) {
  const experiments = await engine.store.read.experiments(campaignId);
  const attempts = await engine.store.read.attempts(experiments.map(({ id }) => id));
  const times = new Map();
  for (const id of claimed) times.set(id, (times.get(id) ?? 0) + 1);
  return experiments.flatMap(({ id, number, state, fence }) => {
    const own = attempts.filter(({ experimentId }) => experimentId === id);
    const once = times.get(id) === 1 && own.length === 1 && fence === 1 && state === 'claimed';
    return once
      ? []
      : [`experiment ${number} was given out ${times.get(id) ?? 0} times, has ${own.length} attempts`];
  });
}
