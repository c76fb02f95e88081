import {
  type AskedProperty,
  askedOf,
  type Campaign,
  invalidInput,
  type JsonObject,
  type NewMeasurement,
} from '@ionloop/domain';
import { convert, convertDifference } from '@ionloop/chemistry';
import type { Ids } from '../ports.js';
import { kelvin, readSeries, type SubmittedPoint } from './series.js';
import { type SubmittedValue, valueOf } from './value.js';

/** A measurement as a station hands it in: one value, or one at each of several temperatures. */
export interface SubmittedMeasurement extends SubmittedValue {
  readonly property: string;
  /** Of the sample while it was measured. */
  readonly temperatureC?: number;
  /** Conductivities at several temperatures instead of one value: an Arrhenius line is drawn through them. */
  readonly series?: readonly SubmittedPoint[];
  readonly uncertainty?: number;
  readonly conditions?: JsonObject;
  /** The station itself doubts it, and says why. */
  readonly suspect?: string;
}

/** Farther from the temperature that was asked for, a value is another value. */
const nearC = 5;

type Read = Pick<NewMeasurement, 'value' | 'uncertainty' | 'raw' | 'flags'>;

/** Checks a measurement of what a campaign asks for and brings it to the campaign's unit; `raw` keeps what came in. */
export function readMeasurement(
  ids: Ids,
  campaign: Pick<Campaign, 'objectives' | 'limits'>,
  submitted: SubmittedMeasurement,
  field: string,
): NewMeasurement {
  const asked = askedOf(campaign);
  const objective = asked.find(({ property }) => property === submitted.property);
  if (!objective) {
    throw invalidInput(
      `${field}.property`,
      `this campaign measures ${asked.map(({ property }) => property).join(', ')}, not "${submitted.property}"`,
    );
  }
  const { property, unit } = objective;
  const read = submitted.series
    ? fromSeries(objective, submitted, submitted.series, field)
    : single(objective, submitted, field);
  if (objective.transform === 'log10' && read.value <= 0) {
    throw invalidInput(
      `${field}.value`,
      `${field} is ${read.value} ${unit}; this campaign takes logarithms, so it must be positive`,
    );
  }
  const { temperatureC, conditions = {}, suspect } = submitted;
  return {
    ...read,
    id: ids.next(),
    property,
    unit,
    conditions: { ...conditions, ...(temperatureC === undefined ? {} : { temperatureC }) },
    flags: [...(suspect === undefined ? [] : [`station: ${suspect}`]), ...read.flags],
  };
}

function single(objective: AskedProperty, submitted: SubmittedMeasurement, field: string): Read {
  const { uncertainty, temperatureC } = submitted;
  if (uncertainty !== undefined && !(Number.isFinite(uncertainty) && uncertainty >= 0)) {
    throw invalidInput(
      `${field}.uncertainty`,
      `${field}.uncertainty is ${uncertainty}; it must be a finite number, not negative`,
    );
  }
  if (temperatureC !== undefined) kelvin(temperatureC, `${field}.temperatureC`);
  const { property, unit } = objective;
  const { value, statedUnit, flags, raw } = valueOf(property, submitted, unit, field);
  return {
    value,
    uncertainty:
      uncertainty === undefined ? null : convertDifference(property, uncertainty, statedUnit, unit),
    raw,
    flags: [...flags, ...elsewhere(objective, temperatureC)],
  };
}

function elsewhere({ temperatureC: wanted }: AskedProperty, measured: number | undefined): readonly string[] {
  if (wanted === undefined || measured === undefined || Math.abs(measured - wanted) <= nearC) return [];
  return [`measured at ${measured} °C; the campaign asks for ${wanted} °C`];
}

function fromSeries(
  { property, unit, temperatureC }: AskedProperty,
  submitted: SubmittedMeasurement,
  series: readonly SubmittedPoint[],
  field: string,
): Read {
  const alone = ['value', 'unit', 'impedance', 'uncertainty', 'temperatureC'] as const;
  const both = alone.find((name) => submitted[name] !== undefined);
  if (both !== undefined)
    throw invalidInput(
      `${field}.${both}`,
      `${field} has both a series and "${both}"; the series says it all`,
    );
  if (property !== 'ionic_conductivity') {
    throw invalidInput(
      `${field}.series`,
      `an Arrhenius line is drawn through conductivities, not through ${property}`,
    );
  }
  const { value, uncertainty, flags, raw } = readSeries(series, temperatureC, `${field}.series`);
  return {
    value: convert(property, value, 'S/cm', unit, { force: true }),
    uncertainty: uncertainty === null ? null : convertDifference(property, uncertainty, 'S/cm', unit),
    flags,
    raw,
  };
}
