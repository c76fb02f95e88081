import { claim } from '../../libs/engine/dist/index.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { archive, openCampaign, queueUp } from './campaign.mjs';
import { openStations } from './station.mjs';
import { summary, timed } from './times.mjs';

/**
 * As many as each station can hand in one after the other, for what the server can take; it is warm then. Then results at a
 * steady rate: each has its moment, whether or not the one before it has been answered, and its time counts from that moment.
 */
export async function submitResults(ground, { stations: count, perSecond, seconds, burst }) {
  const { engine } = ground;
  const campaignId = await openCampaign(engine, { name: 'results' });
  const names = Array.from({ length: count }, (_, i) => `bench-${i + 1}`);
  const stations = await openStations(ground, names, ['value']);
  const each = Math.ceil((perSecond * seconds) / count);
  const eachOfBurst = Math.ceil(burst / count);
  const acknowledged = new Map();
  const inHand = await inHandOf(engine, campaignId, stations, each + eachOfBurst);
  const atOnce = [];
  const beganBurst = performance.now();
  await Promise.all(
    stations.map(async (station, s) => {
      for (const work of inHand[s].slice(0, eachOfBurst))
        await timed(() => handIn(station, work, acknowledged), atOnce);
    }),
  );
  const burstSeconds = (performance.now() - beganBurst) / 1000;
  const steady = [];
  const began = performance.now() + 500;
  const everyMs = (1000 * count) / perSecond;
  await Promise.all(
    stations.map(async (station, s) => {
      const pending = [];
      for (let i = 0; i < each; i += 1) {
        const due = began + (i + s / count) * everyMs;
        const early = due - performance.now();
        if (early > 0) await sleep(early);
        pending.push(
          handIn(station, inHand[s][eachOfBurst + i], acknowledged).then(() =>
            steady.push(performance.now() - due),
          ),
        );
      }
      await Promise.all(pending);
    }),
  );
  const steadySeconds = (performance.now() - began) / 1000;
  for (const station of stations) station.close();
  const faults = await faultsOf(engine, campaignId, acknowledged);
  await archive(engine, campaignId);
  return {
    stations: count,
    offeredPerSecond: perSecond,
    seconds: steadySeconds,
    perSecond: steady.length / steadySeconds,
    submits: summary(steady),
    mostPerSecond: atOnce.length / burstSeconds,
    most: summary(atOnce),
    acknowledged: acknowledged.size,
    faults,
  };
}

async function handIn(station, work, acknowledged) {
  const { attemptId, measurementIds } = await station.submit(work, work.experimentNumber);
  acknowledged.set(attemptId, { measurementIds, value: work.experimentNumber });
}

/** Claimed and started, so that nothing but the result is missing. */
async function inHandOf(engine, campaignId, stations, each) {
  const all = [];
  for (const station of stations) {
    await queueUp(engine, campaignId, each);
    const own = [];
    while (own.length < each) {
      const max = Math.min(32, each - own.length);
      const idempotencyKey = `${station.name}/${own.length}`;
      own.push(...(await claim(engine, station.voice, { idempotencyKey, max })));
    }
    await startAll(engine, campaignId, station, own);
    all.push(own);
  }
  return all;
}

/** As `startAttempt` does for each; here for all of a station's in one transaction. */
const startAll = (engine, campaignId, station, own) =>
  engine.store.transact(campaignId, { kind: 'station', name: station.name }, async (tx) => {
    for (const { attemptId, experimentId } of own) {
      await tx.experiment(experimentId);
      await tx.attempt(attemptId);
      tx.append({ type: 'attempt.started', attemptId, deviceRunId: null });
      tx.setLease({
        attemptId,
        deadline: new Date(tx.now.getTime() + 1_800_000),
        lastSeen: tx.now,
        stage: 'started',
        progress: 0,
      });
    }
  });

/** Each acknowledged result must be in the database, as it was sent. */
async function faultsOf(engine, campaignId, acknowledged) {
  const kept = new Map((await engine.store.read.measurements(campaignId)).map((one) => [one.attemptId, one]));
  const faults = [...acknowledged].flatMap(([attemptId, { measurementIds, value }]) => {
    const one = kept.get(attemptId);
    const same = one !== undefined && measurementIds.length === 1 && one.id === measurementIds[0];
    return same && one.value === value && one.status === 'accepted'
      ? []
      : [`the acknowledged result of attempt ${attemptId} is not in the record`];
  });
  if (kept.size !== acknowledged.size)
    faults.push(`${kept.size} results are kept, ${acknowledged.size} acknowledged`);
  return faults;
}
