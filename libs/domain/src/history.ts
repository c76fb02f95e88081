import { hashOf } from './hash.js';
import type { Experiment } from './experiment.js';
import type { Measurement } from './measurement.js';
import type { Point } from './space-spec.js';

/** The file that results of the past came in. */
export interface PastSource {
  readonly name: string;
  readonly sha256: string;
}

/** An experiment of the past: its rows in the file have one point. */
export interface PastExperiment {
  readonly line: number;
  readonly point: Point;
  /** Left out where it was measured. */
  readonly outcome?: 'failed_sample' | 'infeasible';
  readonly note?: string;
  /** Why the point does not lie in the space, where it does not. */
  readonly outside?: string;
  readonly values: readonly PastMeasurement[];
}

export interface PastMeasurement extends PastValue {
  readonly line: number;
}

export interface PastReplicate extends PastMeasurement {
  readonly experimentId: string;
}

/** A value in the unit of its property; what the file says where that differs. */
export interface PastValue {
  /** Where it is not of the first property of the import: of which, and in which unit. */
  readonly of?: { readonly property: string; readonly unit: string };
  readonly value: number;
  readonly stated?: { readonly value: number; readonly unit: string };
  readonly uncertainty?: number;
  readonly temperatureC?: number;
  readonly flags?: readonly string[];
}

/** Ids follow from the import and the place in it, so that an event need not list them. */
export const pastExperimentId = (importId: string, number: number): string =>
  `${importId}-${String(number).padStart(8, '0')}`;
const pastMeasurementId = (importId: string, { line, of }: PastMeasurement): string =>
  `${importId}-line-${String(line).padStart(8, '0')}${of === undefined ? '' : `-${of.property}`}`;

interface Imported {
  readonly campaignId: string;
  readonly importId: string;
  readonly source: PastSource;
  readonly property: string;
  readonly unit: string;
  readonly at: string;
}

export function pastExperiment(
  imported: Imported,
  number: number,
  { line, point, outcome, note, outside, values }: PastExperiment,
): { readonly experiment: Experiment; readonly measurements: readonly Measurement[] } {
  const { campaignId, importId, source, at } = imported;
  const id = pastExperimentId(importId, number);
  const measurements = values.map((value) => pastMeasurement(imported, id, value));
  const experiment: Experiment = {
    id,
    campaignId,
    number,
    state: outcome ?? 'accepted',
    point,
    // No lab is asked to make it again.
    specHash: hashOf(point),
    origin: 'history',
    planId: null,
    prediction: null,
    acquisition: null,
    reason: `From ${source.name}, line ${line}.`,
    grounds: null,
    approval: null,
    fence: 0,
    rank: 0,
    outside: outside ?? null,
    proposedBy: null,
    replicateOf: null,
    avoidUntil: null,
    note: note ?? null,
    createdAt: at,
    waiting: null,
    results: resultsOf(measurements, at),
  };
  return { experiment, measurements };
}

function resultsOf(measurements: readonly Measurement[], at: string): Experiment['results'] {
  const results = measurements.map(({ id: measurementId, property, value }) => ({
    measurementId,
    property,
    value,
    at,
  }));
  return results.length < 2 ? results : results.sort((a, b) => (a.measurementId < b.measurementId ? -1 : 1));
}

const anyConditions: Measurement['conditions'] = {};
const noFlags: Measurement['flags'] = [];

export function pastMeasurement(
  { campaignId, importId, property, unit, at }: Imported,
  experimentId: string,
  past: PastMeasurement,
): Measurement {
  const { line, value, stated, uncertainty, temperatureC, flags, of = { property, unit } } = past;
  return {
    id: pastMeasurementId(importId, past),
    campaignId,
    experimentId,
    attemptId: null,
    property: of.property,
    value,
    unit: of.unit,
    uncertainty: uncertainty ?? null,
    conditions: temperatureC === undefined ? anyConditions : { temperatureC },
    raw: { ...(stated ?? { value, unit: of.unit }), line },
    flags: flags ?? noFlags,
    status: 'accepted',
    supersedes: null,
    note: null,
    createdAt: at,
  };
}
