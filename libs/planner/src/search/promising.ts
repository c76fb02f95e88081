import type { Point } from '@ionloop/domain';
import type { Matrix } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';

/** How much is expected of the rows of X; larger is better. */
export type Expectation = (X: Matrix) => Float64Array;

/** Points that are encoded together. */
const chunk = 8192;

/** Of each expectation the `count` points of a listed space of which it expects most, in the order of the points. */
export function mostPromising(
  space: Space,
  expectations: readonly Expectation[],
  count: number,
): readonly Point[] {
  const points = space.enumerate();
  const expected = expectations.map(() => new Float64Array(points.length));
  for (let from = 0; from < points.length; from += chunk) {
    const X = space.encodeListed(from, from + chunk);
    expectations.forEach((expectation, k) => expected[k]!.set(expectation(X), from));
  }
  const chosen = new Set(expected.flatMap((values) => largest(values, count)));
  return [...chosen].sort((a, b) => a - b).map((i) => points[i]!);
}

/** Places of the largest values, of equal ones those that come first. */
function largest(values: Float64Array, count: number): readonly number[] {
  if (values.length <= count) return Array.from(values.keys());
  const bar = values.slice().sort()[values.length - count]!;
  const above: number[] = [];
  const equal: number[] = [];
  values.forEach((value, i) => {
    if (value > bar) above.push(i);
    else if (value === bar) equal.push(i);
  });
  return [...above, ...equal.slice(0, count - above.length)];
}
