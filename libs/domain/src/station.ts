import type { JsonObject } from './json.js';

/** A robot, an instrument line or a person that claims attempts. */
export interface Station {
  readonly id: string;
  readonly workspace: string;
  /** No other of its workspace has it. */
  readonly name: string;
  readonly bootId: string;
  /** Properties that it can measure. */
  readonly properties: readonly string[];
  readonly limits: StationLimits;
  readonly schemaVersion: number;
  /** The third switch: a paused station is given nothing. */
  readonly paused: boolean;
  readonly lastSeenAt: string;
}

/** What it holds and what it can be set to. Whatever is left out is no limit. */
export interface StationLimits {
  /** Attempts in its hands at a time, those that are only leased and those that are suspect included. */
  readonly maxConcurrent?: number;
  /** Experiments taken with one claim. */
  readonly batchSize?: number;
  /** At which it can measure. */
  readonly temperatureC?: NumberRange;
  /** Components of mixtures that it has at hand. */
  readonly components?: readonly string[];
  /** By the parameter's name: a range of a number, or the choices that it knows. */
  readonly parameters?: Readonly<Record<string, NumberRange | readonly string[]>>;
  /** Whatever else a station says of itself; nothing is decided by it. */
  readonly info?: JsonObject;
}

/** From and to, both included; null where there is no bound. */
export type NumberRange = readonly [number | null, number | null];

/** Versions of the lab protocol that this server speaks. */
export const labSchemaVersions = { oldest: 1, newest: 1 } as const;

export const silentSeconds = 300;

/** Not heard of for so long that nothing should be expected of it: one that waits for work asks every half minute. */
export const isSilent = ({ lastSeenAt }: Pick<Station, 'lastSeenAt'>, now: Date): boolean =>
  now.getTime() - Date.parse(lastSeenAt) > 1000 * silentSeconds;
