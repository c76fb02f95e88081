import { invalidInput, type PointValue } from '@ionloop/domain';
import type { Part } from '../part.js';
import { clamped, finiteNumber, type RangeSpec, scaleOf, within, withUnit } from './numbers.js';

/** Ascending numbers that can be set, counted from 0. */
export interface Ladder {
  readonly count: number;
  at(k: number): number;
  /** The rung nearest to any number. */
  nearest(value: number): number;
  /** Whether every rung is drawn as often as any other; if not, they are drawn evenly on the scale. */
  readonly even: boolean;
  /** Why a number between two rungs is refused. */
  readonly refusal: string;
  /** The distance of two rungs, where all distances are the same. */
  readonly grid?: number;
}

/** A number that can only be set to some values. */
export function laddered(spec: RangeSpec, ladder: Ladder): Part {
  const { name, min, max, unit, scale } = spec;
  const { count, at, nearest, grid } = ladder;
  const { toUnit, fromUnit } = scaleOf(spec);
  const numberOf = (value: PointValue): number => (typeof value === 'number' ? value : NaN);
  return {
    name,
    columns: [name],
    blocks: [{ kind: 'numbers', width: 1 }],
    size: count,
    uniforms: 1,
    check(value, field) {
      const number = finiteNumber(name, value, field);
      if (number < min || number > max) {
        throw invalidInput(field, `${name} is ${number}; it must lie between ${min} and ${max}`);
      }
      const rung = at(nearest(number));
      if (Math.abs(number - rung) > 1e-9 * Math.max(Math.abs(rung), max - min)) {
        throw invalidInput(field, `${name} is ${number}; ${ladder.refusal}`);
      }
      return rung;
    },
    encode: (value) => [clamped(toUnit(numberOf(value)))],
    sees: (value) => within(spec, value),
    draw: ([u = 0]) => at(ladder.even ? Math.min(count - 1, Math.floor(u * count)) : nearest(fromUnit(u))),
    enumerate: () => Array.from({ length: count }, (_, k) => at(k)),
    step(value, reach, rng) {
      const from = nearest(numberOf(value));
      const to = nearest(fromUnit(clamped(toUnit(at(from)) + reach * rng.normal())));
      if (to !== from) return at(to);
      const way = rng.uniform() < 0.5 ? -1 : 1;
      return at(from + way >= 0 && from + way < count ? from + way : from - way);
    },
    key: (value) => String(numberOf(value)),
    ...(grid === undefined
      ? {}
      : {
          relaxed: {
            axes: [{ component: null, min, max: at(count - 1), grid, logarithmic: scale === 'log' }],
            settle: ([x = min]) => at(nearest(x)),
          },
        }),
    describe: (value) => `${name} ${withUnit(numberOf(value), unit)}`,
  };
}
