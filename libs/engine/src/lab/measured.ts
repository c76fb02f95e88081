import { conductivityFromImpedance, convert, PropertyError } from '@ionloop/chemistry';
import {
  invalidInput,
  IonloopError,
  type JsonObject,
  type NewMeasurement,
  type Objective,
} from '@ionloop/domain';
import type { Ids } from '../ports.js';

/** A measurement as a station hands it in: a value with its unit, or what the instrument really gave. */
export interface SubmittedMeasurement {
  readonly property: string;
  readonly value?: number;
  readonly unit?: string;
  readonly impedance?: {
    readonly resistanceOhm: number;
    readonly thicknessCm: number;
    readonly areaCm2: number;
  };
  readonly uncertainty?: number;
  readonly conditions?: JsonObject;
  /** The station itself doubts it, and says why. */
  readonly suspect?: string;
  /** Keep a value outside the plausible range; it is flagged. */
  readonly force?: boolean;
}

/** Checks a measurement and brings it to the objective's unit; `raw` keeps what came in. */
export function readMeasurement(
  ids: Ids,
  objective: Objective,
  submitted: SubmittedMeasurement,
  index: number,
): NewMeasurement {
  const field = `measurements[${index}]`;
  if (submitted.property !== objective.property) {
    throw invalidInput(
      `${field}.property`,
      `this campaign measures ${objective.property}, not "${submitted.property}"`,
    );
  }
  const flags: string[] = submitted.suspect === undefined ? [] : [`station: ${submitted.suspect}`];
  const { value, unit } = valueOf(submitted, field);
  const stated = convertOrExplain(submitted, value, unit, objective.unit, field, flags);
  const uncertainty = submitted.uncertainty;
  if (uncertainty !== undefined && !(Number.isFinite(uncertainty) && uncertainty >= 0)) {
    throw invalidInput(
      `${field}.uncertainty`,
      `${field}.uncertainty is ${uncertainty}; it must be a finite number, not negative`,
    );
  }
  if (objective.transform === 'log10' && stated <= 0) {
    throw invalidInput(
      `${field}.value`,
      `${field} is ${stated} ${objective.unit}; this campaign takes logarithms, so it must be positive`,
    );
  }
  return {
    id: ids.next(),
    property: objective.property,
    value: stated,
    unit: objective.unit,
    uncertainty: uncertainty === undefined ? null : uncertainty * (value === 0 ? 1 : stated / value),
    conditions: submitted.conditions ?? {},
    raw: {
      value,
      unit,
      ...(submitted.impedance === undefined ? {} : { impedance: { ...submitted.impedance } }),
    },
    flags,
  };
}

function valueOf(submitted: SubmittedMeasurement, field: string): { value: number; unit: string } {
  const { impedance, value, unit } = submitted;
  if (impedance !== undefined) {
    if (value !== undefined)
      throw invalidInput(field, `${field} has both a value and an impedance; send one of them`);
    try {
      return { value: conductivityFromImpedance(impedance), unit: 'S/cm' };
    } catch (error) {
      throw asInput(error, `${field}.impedance`);
    }
  }
  if (value === undefined)
    throw invalidInput(`${field}.value`, `${field} has neither a value nor an impedance`);
  if (unit === undefined) throw invalidInput(`${field}.unit`, `${field} has a value without a unit`);
  return { value, unit };
}

function convertOrExplain(
  submitted: SubmittedMeasurement,
  value: number,
  unit: string,
  toUnit: string,
  field: string,
  flags: string[],
): number {
  try {
    return convert(submitted.property, value, unit, toUnit);
  } catch (error) {
    if (!(error instanceof PropertyError) || error.code !== 'IMPLAUSIBLE' || submitted.force !== true) {
      throw asInput(error, field);
    }
    flags.push(`outside the plausible range: ${error.message}`);
    return convert(submitted.property, value, unit, toUnit, { force: true });
  }
}

function asInput(error: unknown, field: string): unknown {
  return error instanceof PropertyError
    ? new IonloopError('INVALID_INPUT', `${field}: ${error.message}`, field)
    : error;
}
