import {
  type Attempt,
  IonloopError,
  type JsonObject,
  labSchemaVersions,
  type Station,
  theLoop,
} from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { requeueOrQuarantine } from '../experiments/use-cases.js';
import { integer, text } from '../input.js';
import { readLimits } from './limits.js';

/** Who speaks: the station that a token is bound to, in one of its boots. */
export interface StationVoice {
  readonly station: string;
  readonly bootId: string;
}

export interface Registration {
  readonly station: string;
  readonly bootId: string;
  readonly properties: readonly string[];
  readonly limits?: JsonObject;
  readonly schemaVersion: number;
}

export function checkSchemaVersion(version: number): void {
  const { oldest, newest } = labSchemaVersions;
  if (version < oldest || version > newest) {
    throw new IonloopError(
      'UNSUPPORTED_SCHEMA',
      `this server speaks version ${oldest} to ${newest} of the lab protocol, the station version ${version}`,
      'schemaVersion',
    );
  }
}

/** A new boot ends the unstarted leases of the one before: whatever held them is gone. */
export async function registerStation(engine: Engine, registration: Registration): Promise<Station> {
  const version = integer(registration.schemaVersion, 'schemaVersion', { min: 0, max: 1_000_000 });
  checkSchemaVersion(version);
  const name = text(registration.station, 'station', { min: 1, max: 120 });
  const bootId = text(registration.bootId, 'bootId', { min: 1, max: 120 });
  const properties = registration.properties.map((property, i) =>
    text(property, `properties[${i}]`, { min: 1, max: 80 }),
  );
  const known = await engine.store.stations.byName(name);
  const station = await engine.store.stations.register({
    id: known?.id ?? engine.ids.next(),
    name,
    bootId,
    properties,
    limits: readLimits(registration.limits),
    schemaVersion: version,
  });
  // Also where this boot is known already: whoever registered it may have died before it got here.
  if (known) await endUnstartedLeases(engine, station);
  return station;
}

async function endUnstartedLeases(engine: Engine, station: Station): Promise<void> {
  const left = (await engine.store.stations.liveAttempts(station.id)).filter(
    (attempt) => attempt.bootId !== station.bootId && attempt.state === 'leased',
  );
  for (const { id, campaignId } of left) {
    await engine.store.transact(campaignId, theLoop, async (tx) => {
      const attempt = await tx.attempt(id);
      if (attempt.state !== 'leased') return;
      const why = `station ${station.name} was restarted before it began`;
      tx.append({ type: 'attempt.expired', attemptId: id, note: why });
      tx.endLease(id);
      requeueOrQuarantine(tx, await tx.experiment(attempt.experimentId), why);
    });
    await engine.wakeUps.wake(campaignId);
  }
}

/** The station as it is known; refuses a voice from a boot that another has replaced. */
export async function stationOf(engine: Engine, voice: StationVoice): Promise<Station> {
  const station = await engine.store.stations.byName(voice.station);
  if (!station) {
    throw new IonloopError(
      'INVALID_STATE',
      `station "${voice.station}" is not registered yet: register it first`,
    );
  }
  if (station.bootId !== voice.bootId) {
    throw new IonloopError(
      'LEASE_LOST',
      `station "${voice.station}" was started again as boot ${station.bootId}; boot ${voice.bootId} no longer speaks for it`,
    );
  }
  return station;
}

/** The attempt, if it is this station's own: another's is refused whatever its state. */
export async function ownAttempt(engine: Engine, station: Station, attemptId: string): Promise<Attempt> {
  const attempt = await engine.store.read.attempt(attemptId);
  if (!attempt) throw new IonloopError('NOT_FOUND', `there is no attempt ${attemptId}`, 'attemptId');
  if (attempt.stationId !== station.id) {
    throw new IonloopError(
      'FORBIDDEN',
      `attempt ${attemptId} is leased to another station, not to "${station.name}"`,
      'attemptId',
    );
  }
  return attempt;
}

export const stationActor = (station: Station): { kind: 'station'; name: string } => ({
  kind: 'station',
  name: station.name,
});
