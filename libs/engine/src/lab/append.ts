import type { Json } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { integer } from '../input.js';
import { ownAttempt, stationActor, stationOf, type StationVoice } from './station.js';

export interface PartialRequest {
  readonly attemptId: string;
  readonly seq: number;
  readonly partial: Json;
}

/** Keeps a partial result once, in whatever order and however often it comes. */
export async function appendPartial(
  engine: Engine,
  voice: StationVoice,
  request: PartialRequest,
): Promise<{ readonly stored: boolean }> {
  const seq = integer(request.seq, 'seq', { min: 0, max: Number.MAX_SAFE_INTEGER });
  const station = await stationOf(engine, voice);
  const { id, campaignId } = await ownAttempt(engine, station, request.attemptId);
  const stored = await engine.store.transact(campaignId, stationActor(station), (tx) =>
    tx.addPartial(id, seq, request.partial),
  );
  return { stored };
}
