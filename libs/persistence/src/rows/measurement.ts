import type { JsonObject, Measurement, MeasurementStatus } from '@ionloop/domain';
import { fixed, float, instant, json, key, nullable, table, text, textArray } from './columns.js';
import { instantOnce } from './once.js';

export interface MeasurementRow {
  id: string;
  campaignId: string;
  experimentId: string;
  attemptId: string | null;
  property: string;
  value: number;
  unit: string;
  uncertainty: number | null;
  conditions: JsonObject;
  raw: JsonObject;
  flags: string[];
  status: MeasurementStatus;
  supersedes: string | null;
  note: string | null;
  createdAt: Date;
}

/** What it refers to is checked by triggers, for all rows of a statement at once. */
export const measurementRow = table<MeasurementRow>({
  name: 'measurement',
  columns: {
    id: key('measurement', text()),
    campaignId: fixed(text('campaign_id')),
    experimentId: fixed(text('experiment_id')),
    attemptId: fixed(nullable(text('attempt_id'))),
    property: fixed(text()),
    value: fixed(float()),
    unit: fixed(text()),
    uncertainty: fixed(nullable(float())),
    conditions: fixed(json()),
    raw: fixed(json()),
    flags: fixed(textArray()),
    status: text(),
    note: nullable(text()),
    createdAt: fixed(instant('created_at')),
    supersedes: fixed(nullable(text())),
  },
  indices: [
    {
      name: 'measurement_superseded_once',
      columns: ['supersedes'],
      unique: true,
      where: 'supersedes IS NOT NULL',
    },
    {
      name: 'measurement_undecided',
      columns: ['campaignId', 'status'],
      where: `status IN ('submitted', 'flagged', 'late')`,
    },
    { name: 'measurement_by_experiment', columns: ['experimentId'] },
    { name: 'measurement_by_attempt', columns: ['attemptId'], where: 'attempt_id IS NOT NULL' },
    { name: 'measurement_by_time', columns: ['campaignId', 'createdAt', 'status'] },
  ],
});

export const measurementFromRow = ({ createdAt, ...rest }: MeasurementRow): Measurement => ({
  ...rest,
  createdAt: createdAt.toISOString(),
});

const noFlags: string[] = [];

export const measurementToRow = (measurement: Measurement): MeasurementRow => ({
  id: measurement.id,
  campaignId: measurement.campaignId,
  experimentId: measurement.experimentId,
  attemptId: measurement.attemptId,
  property: measurement.property,
  value: measurement.value,
  unit: measurement.unit,
  uncertainty: measurement.uncertainty,
  conditions: measurement.conditions,
  raw: measurement.raw,
  flags: measurement.flags.length === 0 ? noFlags : [...measurement.flags],
  status: measurement.status,
  supersedes: measurement.supersedes,
  note: measurement.note,
  createdAt: instantOnce(measurement.createdAt),
});
