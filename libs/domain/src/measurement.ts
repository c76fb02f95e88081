import type { JsonObject } from './json.js';

export type MeasurementStatus = 'submitted' | 'accepted' | 'flagged' | 'late' | 'excluded' | 'superseded';

/** One value with its unit and where it came from. Append-only: a status changes by decision, a value never. */
export interface Measurement {
  readonly id: string;
  readonly campaignId: string;
  readonly experimentId: string;
  readonly attemptId: string | null;
  readonly property: string;
  /** In the objective's unit; `raw` keeps what came in. */
  readonly value: number;
  readonly unit: string;
  readonly uncertainty: number | null;
  readonly conditions: JsonObject;
  readonly raw: JsonObject;
  readonly flags: readonly string[];
  readonly status: MeasurementStatus;
  /** The measurement that this one corrects. */
  readonly supersedes: string | null;
  readonly note: string | null;
  readonly createdAt: string;
}
