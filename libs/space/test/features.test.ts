import { describe, expect, it } from '@jest/globals';
import { descriptorNames, descriptors } from '@ionloop/chemistry';
import type { PoolFeature, PoolValue } from '@ionloop/domain';
import { toRows } from '@ionloop/linalg';
import { openSpace } from '../src/index.js';

function opened(features: readonly (string | PoolFeature)[], ...rows: (readonly PoolValue[])[]) {
  const candidates = rows.map((values, i) => ({ id: `c${i}`, values }));
  const space = openSpace({ parameters: [{ kind: 'pool', name: 'p', features, candidates }] });
  return { space, X: toRows(space.encode(space.enumerate())) };
}
const columnsOf = (X: readonly (readonly number[])[], j: number): readonly number[] =>
  X.map((row) => row[j] ?? NaN);

describe('the features of a pool', () => {
  it('are put together by kind: numbers, categories, amounts, formulas', () => {
    const { space } = opened(
      [
        { name: 'f', kind: 'formula' },
        { name: 'a', kind: 'amount' },
        { name: 'c', kind: 'category' },
        'x',
        { name: 'b', kind: 'amount' },
      ],
      ['Li2O', 1, 'red', 0, 3],
      ['NaCl', 2, 'blue', 1, 2],
    );
    expect(space.names.slice(0, 8)).toEqual(['x', 'c', 'a', 'b', 'f: Cl', 'f: Li', 'f: Na', 'f: O']);
    expect(space.blocks.map(({ kind, columns }) => [kind, columns.length, columns[0]])).toEqual([
      ['numbers', 1, 0],
      ['categorical', 1, 1],
      ['composition', 2, 2],
      ['composition', 4, 4],
      ['descriptors', 90, 8],
    ]);
  });

  it('of numbers are linear or logarithmic, and the median where they are not known', () => {
    const features: readonly PoolFeature[] = [
      { name: 'x', kind: 'number' },
      { name: 'y', kind: 'number', scale: 'log' },
    ];
    const { X } = opened(features, [0, 1], [1, 10], [4, 10000], [null, null]);
    expect(columnsOf(X, 0)).toEqual([0, 0.25, 1, 0.25]);
    expect(columnsOf(X, 1)).toEqual([0, expect.closeTo(0.25, 12), 1, expect.closeTo(0.25, 12)]);
  });

  it('of categories are numbers of their names, with one more for what is not known', () => {
    const { X } = opened([{ name: 'c', kind: 'category' }], ['b'], ['a'], [null], [12], ['b']);
    expect(columnsOf(X, 0)).toEqual([2, 1, 3, 0, 2]);
  });

  it('of amounts are shares of the largest whole, and nothing where they are not known', () => {
    const features: readonly PoolFeature[] = [
      { name: 'a', kind: 'amount' },
      { name: 'b', kind: 'amount' },
    ];
    expect(opened(features, [30, 70], [100, 0], [null, 50]).X).toEqual([
      [0.3, 0.7],
      [1, 0],
      [0, 0.5],
    ]);
    expect(opened(features, [0, 0]).X).toEqual([[0, 0]]);
  });

  it('of formulas are the fractions of their elements and the descriptors of the whole', () => {
    const formulas = ['Li2O', 'Na(ClO)2', 'LiCl'];
    const { X } = opened([{ name: 'f', kind: 'formula' }], ...formulas.map((formula) => [formula]));
    expect(X[1]?.slice(0, 4)).toEqual([0.4, 0, 0.2, 0.4]);
    const at = descriptorNames.indexOf('atomicNumber mean');
    const means = formulas.map((formula) => descriptors(formula)[at] ?? NaN);
    const [low, high] = [Math.min(...means), Math.max(...means)];
    expect(columnsOf(X, 4 + at)).toEqual(
      means.map((mean) => expect.closeTo((mean - low) / (high - low), 12)),
    );
  });
});
