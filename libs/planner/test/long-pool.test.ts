import { describe, expect, it } from '@jest/globals';
import type { SpaceSpec } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import fc from 'fast-check';
import { plan } from '../src/index.js';
import { fromFittedModel } from '../src/models/fitted-model.js';
import { mostPromising } from '../src/search/promising.js';
import { pool, request } from './support.js';

const count = 30_000;
const rows = (() => {
  const rng = Philox.fromSeed('a long pool');
  return Array.from({ length: count }, () => [rng.uniform(), rng.uniform(), rng.uniform()] as const);
})();
const truth = ([a, b, c]: readonly number[]): number =>
  -((a! - 0.7) ** 2 + (b! - 0.2) ** 2 + (c! - 0.5) ** 2);
const long: SpaceSpec = {
  parameters: [
    {
      kind: 'pool',
      name: 'row',
      features: ['a', 'b', 'c'],
      candidates: rows.map((values, i) => ({ id: `${i}`, values: [...values] })),
    },
  ],
};
const pointOf = (i: number) => ({ row: `${i}` });

describe('a pool that is too long to be scored whole', () => {
  it('is weighed whole: what is proposed is at least as hopeful as any of its candidates', () => {
    const answer = plan(
      request({
        space: long,
        observations: Array.from({ length: 25 }, (_, i) => ({
          point: pointOf(i),
          values: [truth(rows[i]!)],
        })),
        experimentsSoFar: 25,
        strategy: { name: 'gp-ucb', initial: 5, beta: 0 },
      }),
    );
    const space = openSpace(long);
    const { model } = fromFittedModel(answer.model!);
    const { mean } = model.predict(space.encode(space.enumerate()));
    const expected = mean.map((value, i) => (i < 25 ? -Infinity : value));
    const best = expected.indexOf(expected.reduce((a, b) => Math.max(a, b)));
    expect(answer.proposals[0]!.point).toEqual(pointOf(best));
  }, 60_000);

  it('what is most expected is found, of equal candidates the first', () => {
    const space = openSpace(pool);
    const points = space.enumerate();
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 80, maxLength: 80 }),
        fc.integer({ min: 1, max: 90 }),
        (values, wanted) => {
          const chosen = mostPromising(space, [() => Float64Array.from(values)], wanted);
          const order = Array.from(values.keys()).sort((i, j) => values[j]! - values[i]! || i - j);
          const expected = order.slice(0, wanted).sort((i, j) => i - j);
          expect(chosen).toEqual(expected.map((i) => points[i]));
        },
      ),
    );
  });
});
