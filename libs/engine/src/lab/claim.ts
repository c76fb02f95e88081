import { hashOf, type Json, type JsonObject } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { answerOnce, sameRequest } from '../idempotency.js';
import { integer, text } from '../input.js';
import { labSpecs, specAsJson, specHashOf } from '../lab-spec.js';
import type { CampaignTransaction, KeyedRequest } from '../ports.js';
import { stationActor, stationOf, type StationVoice } from './station.js';
import type { Station } from '@ionloop/domain';

/** Work handed out: the spec word for word, its hash, and the fence that every later word must carry. */
export interface Assignment {
  readonly attemptId: string;
  readonly experimentId: string;
  readonly experimentNumber: number;
  readonly campaignId: string;
  readonly fence: number;
  readonly spec: JsonObject;
  readonly specHash: string;
  readonly leaseSeconds: number;
  readonly heartbeatSeconds: number;
}

export interface ClaimRequest {
  readonly idempotencyKey: string;
  readonly max: number;
}

/** Leases up to `max` experiments, all of one campaign. The same key gets the same leases again. */
export async function claim(
  engine: Engine,
  voice: StationVoice,
  request: ClaimRequest,
  /** Where there is no work: resolves when it is worth looking again, to false when nobody waits any more. */
  wait: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<readonly Assignment[]> {
  const key = text(request.idempotencyKey, 'idempotencyKey', { min: 1, max: 200 });
  const max = integer(request.max, 'max', { min: 1, max: 32 });
  const station = await stationOf(engine, voice);
  const requestHash = hashOf({ max, bootId: voice.bootId });
  const keyed = { scope: `claim/${station.id}`, key, requestHash };
  return answerOnce(engine, keyed, async (hold) => {
    for (;;) {
      const leased = await look(engine, voice, keyed, max);
      if (leased.length > 0 || !(await wait())) return leased;
      await hold();
    }
  });
}

async function look(
  engine: Engine,
  voice: StationVoice,
  { scope, key, requestHash }: KeyedRequest,
  max: number,
): Promise<readonly Assignment[]> {
  const station = await stationOf(engine, voice);
  await engine.store.stations.seen(station.id);
  if (station.paused) return [];
  for (const campaignId of await engine.store.read.claimable(station)) {
    const lease = async (tx: CampaignTransaction): Promise<readonly Assignment[]> => {
      const raced = await tx.recall(scope, key);
      if (raced) return sameRequest(raced, requestHash, key) as unknown as readonly Assignment[];
      const assignments = await leaseInside(engine, tx, station, max);
      if (assignments.length > 0) {
        tx.remember(scope, key, { requestHash, response: assignments as unknown as Json });
      }
      return assignments;
    };
    const leased = await engine.store.transact(campaignId, stationActor(station), lease, {
      queued: max,
      answers: [{ scope, key }],
    });
    if (leased.length > 0) return leased;
  }
  // The same claim on another server may have taken what there was, meanwhile: then that is the answer.
  const meanwhile = await engine.store.read.recall(scope, key);
  return meanwhile ? (sameRequest(meanwhile, requestHash, key) as unknown as readonly Assignment[]) : [];
}

async function leaseInside(
  engine: Engine,
  tx: CampaignTransaction,
  station: Station,
  max: number,
): Promise<readonly Assignment[]> {
  const { campaign, now } = tx;
  if (campaign.state !== 'active' || !campaign.dispatch) return [];
  const room = await roomOf(tx, station, max);
  const queued = room > 0 ? await tx.queuedFor(station, room) : [];
  if (queued.length === 0) return [];
  const specOf = labSpecs(campaign);
  const { leaseSeconds, heartbeatSeconds } = campaign.lab;
  return queued.map((experiment) => {
    const attemptId = engine.ids.next();
    const fence = experiment.fence + 1;
    const spec = specOf(experiment);
    const specHash = specHashOf(spec);
    tx.append({
      type: 'attempt.leased',
      attemptId,
      experimentId: experiment.id,
      stationId: station.id,
      bootId: station.bootId,
      fence,
      specHash,
    });
    tx.setLease({
      attemptId,
      deadline: new Date(now.getTime() + leaseSeconds * 1000),
      lastSeen: now,
      stage: null,
      progress: null,
    });
    return {
      attemptId,
      experimentId: experiment.id,
      experimentNumber: experiment.number,
      campaignId: campaign.id,
      fence,
      spec: specAsJson(spec),
      specHash,
      leaseSeconds,
      heartbeatSeconds,
    };
  });
}

/** How many of `max` the station can take in: its batch, and what its hands have room for. */
async function roomOf(tx: CampaignTransaction, { id, limits }: Station, max: number): Promise<number> {
  const { maxConcurrent, batchSize = max } = limits;
  const batch = Math.min(max, batchSize);
  return maxConcurrent === undefined ? batch : Math.min(batch, maxConcurrent - (await tx.inHandsOf(id)));
}
