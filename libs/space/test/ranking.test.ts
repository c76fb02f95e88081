import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Ranking } from '../src/ranking.js';

it('has every row at the rank that sorting gives it, equal ones in their order, in whatever order ranks are asked for', () => {
  const distance = fc.oneof(
    fc.double({ min: 0, max: 4, noNaN: true }),
    fc.constantFrom(0, 1, 2, Infinity, 1e-300, 1e300),
  );
  fc.assert(
    fc.property(fc.array(distance, { minLength: 1, maxLength: 400 }), fc.integer(), (values, turn) => {
      const distances = Float64Array.from(values);
      const sorted = values
        .map((_, i) => i)
        .sort((i, j) => (values[i]! < values[j]! ? -1 : values[i]! > values[j]! ? 1 : i - j));
      const ranking = new Ranking(distances);
      const found: number[] = [];
      for (let k = 0; k < values.length; k += 1) {
        const rank = (((k + turn) % values.length) + values.length) % values.length;
        found[rank] = ranking.row(rank);
      }
      expect(found).toEqual(sorted);
    }),
  );
});
