import { type ContinuousSpec, invalidInput, type PointValue, shown } from '@ionloop/domain';
import { exp, log, type Philox } from '@ionloop/linalg';
import type { Part } from './part.js';

/** How many digits a proposed value has: what a person would dial in, and no noise of the arithmetic. */
const digits = 4;

export function continuousPart(spec: ContinuousSpec, field: string): Part {
  checkSpec(spec, field);
  const { name, min, max, unit } = spec;
  const logarithmic = spec.scale === 'log';
  const toUnit = logarithmic
    ? (value: number) => log(value / min) / log(max / min)
    : (value: number) => (value - min) / (max - min);
  const fromUnit = logarithmic
    ? (u: number) => min * exp(u * log(max / min))
    : (u: number) => min + u * (max - min);
  const decimals = Math.min(100, Math.max(0, digits - 1 - decimalExponent(max - min)));
  const settable = (value: number): number => {
    const rounded = Number(
      logarithmic && max >= 10 * min ? value.toPrecision(digits) : value.toFixed(decimals),
    );
    return Math.min(max, Math.max(min, rounded)) + 0;
  };
  const valueOf = (value: PointValue): number => (typeof value === 'number' ? value : NaN);
  return {
    name,
    columns: [name],
    blocks: [{ kind: 'numbers', width: 1 }],
    size: null,
    uniforms: 1,
    check(value, at) {
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        throw invalidInput(at, `${name} must be a finite number, not ${shown(value)}`);
      }
      if (value < min || value > max) {
        throw invalidInput(at, `${name} is ${value}; it must lie between ${min} and ${max}`);
      }
      return value + 0;
    },
    encode: (value) => [Math.min(1, Math.max(0, toUnit(valueOf(value))))],
    draw: ([u = 0]) => settable(fromUnit(u)),
    enumerate: () => [],
    step(value, reach, rng: Philox) {
      const moved = toUnit(valueOf(value)) + reach * rng.normal();
      return settable(fromUnit(Math.min(1, Math.max(0, moved))));
    },
    key: (value) => String(valueOf(value)),
    describe: (value) => `${name} ${valueOf(value)}${unit === undefined ? '' : ` ${unit}`}`,
  };
}

function checkSpec({ name, min, max, scale }: ContinuousSpec, field: string): void {
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

/** floor(log10(x)), from the digits themselves. */
const decimalExponent = (x: number): number => Number(x.toExponential().split('e')[1]);
