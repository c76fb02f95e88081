import type { JsonObject } from './json.js';

/** A robot, an instrument line or a person that claims attempts. */
export interface Station {
  readonly id: string;
  readonly name: string;
  readonly bootId: string;
  /** Properties that it can measure. */
  readonly properties: readonly string[];
  readonly limits: JsonObject;
  readonly schemaVersion: number;
  /** The third switch: a paused station is given nothing. */
  readonly paused: boolean;
  readonly lastSeenAt: string;
}

/** Versions of the lab protocol that this server speaks. */
export const labSchemaVersions = { oldest: 1, newest: 1 } as const;
