import type { Goal } from '../api/generated/graphql.js';

/** A measured experiment of two or more properties. */
export interface FrontSpot {
  readonly number: number;
  readonly values: readonly number[];
  readonly onFront: boolean;
}

/** A side of a front. */
export interface FrontAxis {
  readonly name: string;
  readonly unit: string;
  readonly goal: Goal;
  readonly log: boolean;
}

/** The front of two properties as stairs: up to each of its points nothing was reached that is better in both. */
export function stairsOf(
  spots: readonly FrontSpot[],
  [x, y]: readonly [FrontAxis, FrontAxis],
): readonly { readonly x: number; readonly y: number }[] {
  // Of a window there is no side on which all is worse.
  if (x.goal === 'window' || y.goal === 'window') return [];
  const front = spots
    .filter(({ onFront }) => onFront)
    .map(({ values: [a = 0, b = 0] }) => ({ x: a, y: b }))
    .sort((a, b) => (x.goal === 'maximise' ? b.x - a.x : a.x - b.x));
  const worse = (goal: Goal, a: number, b: number): number =>
    goal === 'maximise' ? Math.min(a, b) : Math.max(a, b);
  // What is dominated lies on the worse side of both: the corner has the worse of each.
  return front.flatMap((point, i) => {
    const before = front[i - 1];
    return before
      ? [{ x: worse(x.goal, before.x, point.x), y: worse(y.goal, before.y, point.y) }, point]
      : [point];
  });
}

/** The ends of an axis with a little room, a decade's part of it where it is logarithmic. */
export function roomyDomain(values: readonly number[], log: boolean): readonly [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!Number.isFinite(low)) return [0, 1];
  if (log) {
    const room = Math.max(0.05, Math.log10(high / low) * 0.06);
    return [low / 10 ** room, high * 10 ** room];
  }
  const room = high > low ? (high - low) * 0.06 : Math.abs(high) * 0.06 || 1;
  return [low - room, high + room];
}
