import type { Point, PointValue } from '@ionloop/domain';
import type { Constraint, LinearRow } from '../constraints/constraint.js';
import type { Part, Relaxation } from '../part.js';

const { abs, max } = Math;

/** How far a point is from satisfying linear rows. */
function missing(rows: readonly LinearRow[], point: Point): number {
  let total = 0;
  for (const { terms, low, high } of rows) {
    const sum = terms.reduce((all, { of, times }) => all + times * Number(of.of(point)), 0);
    const scale = terms.reduce((all, { of, times }) => all + abs(times) * (of.max - of.min || 1), 0);
    total += max(0, low - sum, sum - high) / scale;
  }
  return total;
}

const mostRepairs = 40;

/**
 * Numbers to a point that can be set: rounded, else with one number at the precision that an equality needs, else all of
 * them, else step by step towards what the constraints ask; null where that leads nowhere.
 */
export function settled(
  parts: readonly Part[],
  constraints: readonly Constraint[],
  numbersOf: (part: Part) => readonly number[] | null | undefined,
  fixed: Point,
  check: (point: Point) => boolean,
): Point | null {
  const rows = constraints.flatMap((constraint) => constraint.rows ?? []);
  const valueOf = (part: Part, exactly: boolean): PointValue => {
    const numbers = numbersOf(part);
    if (!numbers || !part.relaxed) return fixed[part.name] ?? NaN;
    const { exact, settle } = part.relaxed;
    return exactly && exact ? exact(numbers) : settle(numbers);
  };
  const point = (exactly: boolean): Point =>
    Object.fromEntries(parts.map((part) => [part.name, valueOf(part, exactly)]));
  const rounded = point(false);
  if (check(rounded)) return rounded;
  for (const solved of solutions(parts, rows, rounded)) if (check(solved)) return solved;
  const repaired = repair(parts, rows, rounded);
  if (check(repaired)) return repaired;
  for (const solved of solutions(parts, rows, repaired)) if (check(solved)) return solved;
  const precise = point(true);
  return check(precise) ? precise : null;
}

/** The point with one free number such that one equality holds. */
function* solutions(parts: readonly Part[], rows: readonly LinearRow[], point: Point): Generator<Point> {
  for (const { terms, low, high } of rows) {
    if (low !== high) continue;
    for (const { of, times } of terms.toReversed()) {
      const part = parts.find(({ name }) => name === of.parameter);
      if (of.component !== null || times === 0 || !part?.relaxed?.exact) continue;
      const others = terms.reduce(
        (sum, term) => (term.of === of ? sum : sum + term.times * Number(term.of.of(point))),
        0,
      );
      yield { ...point, [part.name]: part.relaxed.exact([(low - others) / times]) };
    }
  }
}

function repair(parts: readonly Part[], rows: readonly LinearRow[], start: Point): Point {
  let point = start;
  let left = missing(rows, point);
  for (let round = 0; round < mostRepairs && left > 1e-12; round++) {
    let best: Point | null = null;
    for (const move of moves(parts, point)) {
      const after = missing(rows, move);
      if (after < left) [best, left] = [move, after];
    }
    if (!best) break;
    point = best;
  }
  return point;
}

const strides = [1, 2, 5, 20, 100] as const;

function* moves(parts: readonly Part[], point: Point): Generator<Point> {
  for (const part of parts) {
    const { relaxed, name } = part;
    const value = point[name];
    if (!relaxed || value === undefined) continue;
    const { axes, settle, support } = relaxed;
    if (typeof value === 'number') {
      const [axis] = axes;
      if (!axis || axis.grid === 0) continue;
      for (const stride of strides) {
        yield { ...point, [name]: settle([value + stride * axis.grid]) };
        yield { ...point, [name]: settle([value - stride * axis.grid]) };
      }
    } else if (typeof value === 'object') {
      const present = support?.(value);
      const fractions = axes.map(({ component }) => value[component ?? ''] ?? 0);
      for (let i = 0; i < axes.length; i++) {
        for (let j = 0; j < axes.length; j++) {
          if (i === j || (present && !(present[i] && present[j]))) continue;
          for (const stride of strides) {
            const amount = stride * (axes[i]?.grid ?? 0);
            const [down, up] = [(fractions[i] ?? 0) - amount, (fractions[j] ?? 0) + amount];
            if (down < (axes[i]?.min ?? 0) - 1e-12 || up > (axes[j]?.max ?? 1) + 1e-12) break;
            const moved = fractions.map((f, k) => (k === i ? down : k === j ? up : f));
            yield { ...point, [name]: settle(moved) };
          }
        }
      }
    }
  }
}

/** The numbers that a value is made of, in the order of its axes. */
export const numbersIn = ({ axes }: Relaxation, value: PointValue): readonly number[] =>
  axes.map(({ component }) =>
    typeof value === 'object' ? (value[component ?? ''] ?? 0) : typeof value === 'number' ? value : NaN,
  );
