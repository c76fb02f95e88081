import { type ContinuousSpec, invalidInput, type PointValue } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import type { Part } from '../part.js';
import { checkRange, numberIn, scaleOf, within } from './numbers.js';
import { laddered } from './ladder.js';

/** How many digits a proposed value has: what a person would dial in, and no noise of the arithmetic. */
const digits = 4;

export function continuousPart(spec: ContinuousSpec, field: string): Part {
  checkRange(spec, field);
  if (spec.step !== undefined) return steppedPart(spec, spec.step, field);
  const { name, min, max, unit } = spec;
  const logarithmic = spec.scale === 'log';
  const { toUnit, fromUnit } = scaleOf(spec);
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
    check: (value, at) => numberIn(spec, value, at),
    encode: (value) => [Math.min(1, Math.max(0, toUnit(valueOf(value))))],
    sees: (value) => within(spec, value),
    draw: ([u = 0]) => settable(fromUnit(u)),
    enumerate: () => [],
    step(value, reach, rng: Philox) {
      const moved = toUnit(valueOf(value)) + reach * rng.normal();
      return settable(fromUnit(Math.min(1, Math.max(0, moved))));
    },
    key: (value) => String(valueOf(value)),
    relaxed: {
      axes: [{ component: null, min, max, grid: 0, logarithmic }],
      settle: ([x = min]) => settable(x),
      exact: ([x = min]) => Math.min(max, Math.max(min, Number(x.toPrecision(12)))) + 0,
    },
    describe: (value) => `${name} ${valueOf(value)}${unit === undefined ? '' : ` ${unit}`}`,
  };
}

/** As many steps as keep a list of values exact. */
const mostSteps = 1e9;

function steppedPart(spec: ContinuousSpec, step: number, field: string): Part {
  const { name, min, max } = spec;
  if (!(Number.isFinite(step) && step > 0)) {
    throw invalidInput(`${field}.step`, `${name}: step is ${step}; it must be positive`);
  }
  if (step > max - min) {
    throw invalidInput(
      `${field}.step`,
      `${name}: a step of ${step} leads beyond ${max} at once; nothing varies`,
    );
  }
  const last = Math.floor((max - min) / step + 1e-9);
  if (last > mostSteps) {
    throw invalidInput(`${field}.step`, `${name}: steps of ${step} are too fine for ${min} … ${max}`);
  }
  const at = (k: number): number => Math.min(max, Number((min + k * step).toPrecision(12))) + 0;
  return laddered(spec, {
    count: last + 1,
    at,
    nearest: (value) => Math.min(last, Math.max(0, Math.round((value - min) / step))),
    even: spec.scale !== 'log',
    refusal: `it is set in steps of ${step} from ${min}`,
    grid: step,
  });
}

/** floor(log10(x)), from the digits themselves. */
const decimalExponent = (x: number): number => Number(x.toExponential().split('e')[1]);
