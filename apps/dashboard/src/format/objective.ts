import type { Goal, Transform } from '../api/generated/graphql.js';
import { digitsAt, exponentOf, superscript, withUnit } from './number.js';

export interface Objective {
  readonly property: string;
  readonly goal: Goal;
  readonly transform: Transform;
  readonly unit: string;
  readonly temperatureC: number | null;
  /** Ends of a window. */
  readonly low?: number | null;
  readonly high?: number | null;
}

/** What the models predict: mean and standard deviation on their own scale. */
export interface Prediction {
  readonly mean: number;
  readonly sd: number;
}

export interface Interval {
  readonly middle: number;
  readonly low: number;
  readonly high: number;
}

export const fromModel = (objective: Pick<Objective, 'transform'>, value: number): number =>
  objective.transform === 'log10' ? 10 ** value : value;

export const toModel = (objective: Pick<Objective, 'transform'>, value: number): number =>
  objective.transform === 'log10' ? Math.log10(value) : value;

/** Mean ± 2 sd of a normal prediction, on the property's own scale: the central 95 %. */
export const intervalOf = (objective: Pick<Objective, 'transform'>, { mean, sd }: Prediction): Interval => ({
  middle: fromModel(objective, mean),
  low: fromModel(objective, mean - 2 * sd),
  high: fromModel(objective, mean + 2 * sd),
});

/** The interval with one power of ten for all three, two digits each unless told, so that they can be compared by eye. */
export function writeInterval(
  { middle, low, high }: Interval,
  significant = 2,
): {
  readonly middle: string;
  readonly low: string;
  readonly high: string;
  readonly exponent: number | null;
} {
  const exponent = exponentOf(middle, significant);
  const digits = (value: number): string => digitsAt(value, exponent, significant);
  return {
    middle: digits(middle),
    low: digits(low),
    high: digits(high),
    exponent: exponent === 0 ? null : exponent,
  };
}

export function intervalText(interval: Interval, unit: string): string {
  const { middle, low, high, exponent } = writeInterval(interval);
  const power = exponent === null ? '' : ` × 10${superscript(exponent)}`;
  return `${withUnit(`${middle}${power}`, unit)} (95 %: ${low} to ${high}${power})`;
}

const acronyms: Readonly<Record<string, string>> = { ph: 'pH' };

/** `ionic_conductivity` → "ionic conductivity" */
export const propertyName = (property: string): string =>
  acronyms[property.toLowerCase()] ?? property.replaceAll('_', ' ');

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function objectiveSentence(objective: Objective): string {
  const { goal, unit, low = null, high = null } = objective;
  const at =
    objective.temperatureC === null ? '' : ` at ${String(objective.temperatureC).replace('-', '−')} °C`;
  const name = `${propertyName(objective.property)}${at}`;
  if (goal !== 'window') return `${goal === 'maximise' ? 'Maximise' : 'Minimise'} ${name}`;
  const quantity = (value: number): string => withUnit(String(value).replace('-', '−'), unit);
  if (low !== null && high !== null) return `Keep ${name} between ${low} and ${quantity(high)}`;
  return low === null
    ? `Keep ${name}${high === null ? '' : ` below ${quantity(high)}`}`
    : `Keep ${name} above ${quantity(low)}`;
}

export const axisLabel = (objective: Pick<Objective, 'property' | 'unit'>): string =>
  `${capital(propertyName(objective.property))}${objective.unit === '' ? '' : ` (${objective.unit})`}`;

/** A column's head with its unit. */
export const withUnitLabel = (label: string, unit: string): string =>
  unit === '' ? label : `${label} (${unit})`;
