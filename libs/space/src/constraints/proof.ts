import { invalidInput } from '@ionloop/domain';
import type { Part } from '../part.js';
import { type LinearColumn, nameOf, polytopeOf } from '../sampling/columns.js';
import { maximise } from '../sampling/simplex.js';
import type { Constraint } from './constraint.js';

/**
 * Refuses a space whose linear constraints no numbers between the bounds satisfy, whatever their steps: a proof by the
 * first phase of the simplex method. It names the fewest that exclude each other: without any one of them, something
 * may be left.
 */
export function refuseContradictions(parts: readonly Part[], constraints: readonly Constraint[]): void {
  const linear = constraints.filter(({ rows }) => rows !== null);
  const columns = columnsOf(parts, linear);
  const contradict = (some: readonly Constraint[]): boolean => {
    const rows = some.flatMap((constraint) => constraint.rows ?? []);
    const polytope = polytopeOf(columns, rows, () => 0);
    return (
      maximise(
        columns.map(() => 0),
        polytope.rows,
      ) === null
    );
  };
  if (linear.length === 0 || !contradict(linear)) return;
  const guilty = fewest(linear, contradict);
  const names = guilty.map(({ name, text }) => (name === text ? `"${name}"` : `"${name}" (${text})`));
  throw invalidInput(
    'space.constraints',
    `no point of the space satisfies its constraints: ${names.join(' and ')} ${guilty.length > 1 ? 'exclude each other' : 'cannot hold'}`,
  );
}

/** Takes out one after the other, as long as what is left is still too much. */
export function fewest<T>(items: readonly T[], tooMuch: (items: readonly T[]) => boolean): readonly T[] {
  let kept = items;
  for (const item of items) {
    const others = kept.filter((other) => other !== item);
    if (tooMuch(others)) kept = others;
  }
  return kept;
}

/** All numbers of the space, those of levels as if they were continuous. */
function columnsOf(parts: readonly Part[], constraints: readonly Constraint[]): readonly LinearColumn[] {
  const relaxed = parts.flatMap((part) =>
    (part.relaxed?.axes ?? []).map((axis): LinearColumn => ({
      name: nameOf(part, axis),
      whole: axis.component === null ? null : part.name,
      min: axis.min,
      max: axis.max,
    })),
  );
  const known = new Set(relaxed.map(({ name }) => name));
  const others = new Map(
    constraints
      .flatMap(({ rows }) => rows ?? [])
      .flatMap(({ terms }) => terms)
      .filter(({ of }) => !known.has(of.name))
      .map(({ of: { name, min, max } }) => [name, { name, whole: null, min, max }]),
  );
  return [...relaxed, ...others.values()];
}
