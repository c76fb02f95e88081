import { invalidInput, type PointValue, type Scale, shown } from '@ionloop/domain';
import { exp, log } from '@ionloop/linalg';

/** A parameter whose values are numbers between two bounds. */
export interface RangeSpec {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly scale?: Scale;
  readonly unit?: string;
}

/** Values to 0 … 1 and back, evenly on the parameter's scale. */
export interface UnitScale {
  toUnit(value: number): number;
  fromUnit(u: number): number;
}

export const scaleOf = ({ min, max, scale }: Omit<RangeSpec, 'name'>): UnitScale =>
  scale === 'log'
    ? {
        toUnit: (value) => log(value / min) / log(max / min),
        fromUnit: (u) => min * exp(u * log(max / min)),
      }
    : { toUnit: (value) => (value - min) / (max - min), fromUnit: (u) => min + u * (max - min) };

export const clamped = (u: number): number => Math.min(1, Math.max(0, u));

export function checkRange({ name, min, max, scale }: RangeSpec, field: string): void {
  for (const [key, value] of [
    ['min', min],
    ['max', max],
  ] as const) {
    if (!Number.isFinite(value)) {
      throw invalidInput(`${field}.${key}`, `${name}: ${key} is ${value}; it must be a finite number`);
    }
  }
  if (min === max) throw invalidInput(`${field}.max`, `${name}: min and max are both ${min}; nothing varies`);
  if (min > max) throw invalidInput(`${field}.max`, `${name}: min ${min} lies above max ${max}`);
  if (!Number.isFinite(max - min)) {
    throw invalidInput(`${field}.max`, `${name}: ${min} … ${max} is too wide to calculate with`);
  }
  if (scale === 'log' && min <= 0) {
    throw invalidInput(`${field}.min`, `${name}: min is ${min}; on a logarithmic scale it must be positive`);
  }
}

export function finiteNumber(name: string, value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw invalidInput(at, `${name} must be a finite number, not ${shown(value)}`);
  }
  return value + 0;
}

export function numberIn({ name, min, max }: RangeSpec, value: unknown, at: string): number {
  const number = finiteNumber(name, value, at);
  if (number < min || number > max) {
    throw invalidInput(at, `${name} is ${number}; it must lie between ${min} and ${max}`);
  }
  return number;
}

/** Between the bounds, but for rounding. */
export function within({ min, max }: RangeSpec, value: PointValue): boolean {
  const slack = 1e-9 * (max - min);
  return typeof value === 'number' && value >= min - slack && value <= max + slack;
}

export const withUnit = (value: number | string, unit: string | undefined): string =>
  unit === undefined ? String(value) : `${value} ${unit}`;
