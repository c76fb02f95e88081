import type { Attempt } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import type { CampaignTransaction } from '../ports.js';
import { stationActor, type StationVoice } from './station.js';
import { IonloopError, type Station } from '@ionloop/domain';

export interface Beat {
  readonly attemptId: string;
  readonly stage?: string;
  readonly progress?: number;
}

export type Command = 'continue' | 'pause' | 'cancel' | 'lease_lost';

export interface BeatAnswer {
  readonly attemptId: string;
  readonly command: Command;
}

/** Says that the station lives, and learns for each attempt whether to go on. Never refused for one bad attempt. */
export async function heartbeat(
  engine: Engine,
  voice: StationVoice,
  beats: readonly Beat[],
): Promise<readonly BeatAnswer[]> {
  const station = await engine.store.stations.byName(voice.station);
  if (!station) {
    throw new IonloopError(
      'INVALID_STATE',
      `station "${voice.station}" is not registered yet: register it first`,
    );
  }
  if (station.bootId !== voice.bootId) {
    return beats.map(({ attemptId }) => ({ attemptId, command: 'lease_lost' }));
  }
  await engine.store.stations.seen(station.id);
  const commands = new Map<string, Command>();
  for (const [campaignId, own] of await byCampaign(engine, station, beats)) {
    const attempts = own.map(({ attemptId }) => attemptId);
    const answered = await engine.store.transact(
      campaignId,
      stationActor(station),
      async (tx) => {
        const given = new Map<string, Command>();
        for (const beat of own) given.set(beat.attemptId, await beatInside(tx, beat));
        return given;
      },
      { attempts },
    );
    for (const [attemptId, command] of answered) commands.set(attemptId, command);
  }
  return beats.map(({ attemptId }) => ({ attemptId, command: commands.get(attemptId) ?? 'lease_lost' }));
}

async function byCampaign(
  engine: Engine,
  station: Station,
  beats: readonly Beat[],
): Promise<ReadonlyMap<string, readonly Beat[]>> {
  const groups = new Map<string, Beat[]>();
  const attempts = await Promise.all(beats.map(({ attemptId }) => engine.store.read.attempt(attemptId)));
  for (const [i, beat] of beats.entries()) {
    const attempt = attempts[i];
    if (attempt?.stationId !== station.id) continue;
    groups.set(attempt.campaignId, [...(groups.get(attempt.campaignId) ?? []), beat]);
  }
  return groups;
}

async function beatInside(tx: CampaignTransaction, beat: Beat): Promise<Command> {
  const attempt = await tx.attempt(beat.attemptId);
  switch (attempt.state) {
    case 'leased':
      extend(tx, attempt, beat, tx.campaign.lab.leaseSeconds);
      return tx.campaign.state === 'paused' ? 'pause' : 'continue';
    case 'suspect':
      tx.append({ type: 'attempt.resumed', attemptId: attempt.id });
      extend(tx, attempt, beat, tx.campaign.lab.suspectSeconds);
      return attempt.cancelRequested ? 'cancel' : 'continue';
    case 'started':
      extend(tx, attempt, beat, tx.campaign.lab.suspectSeconds);
      return attempt.cancelRequested ? 'cancel' : 'continue';
    case 'submitted':
    case 'accepted':
    case 'flagged':
    case 'expired':
    case 'aborted':
    case 'late':
      return 'lease_lost';
    default:
      return attempt.state satisfies never;
  }
}

function extend(tx: CampaignTransaction, attempt: Attempt, beat: Beat, seconds: number): void {
  tx.setLease({
    attemptId: attempt.id,
    deadline: new Date(tx.now.getTime() + seconds * 1000),
    lastSeen: tx.now,
    stage: beat.stage ?? null,
    progress: beat.progress ?? null,
  });
}
