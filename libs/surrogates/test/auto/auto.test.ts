import { describe, expect, it } from '@jest/globals';
import { fromRows, latinHypercube, matrix, Philox } from '@ionloop/linalg';
import { auto, readSurrogate, type SurrogateJson, type TrainingData } from '../../src/index.js';
import { surrogateContract } from '../../src/testing/index.js';

surrogateContract('auto', auto());

const names = (data: TrainingData, blocks?: readonly (readonly number[])[]) =>
  auto(blocks && { blocks })
    .fit(data, Philox.fromSeed(1))
    .weights.map(({ name }) => name);

function waves(n: number, d: number): TrainingData {
  const rng = Philox.fromSeed('waves');
  const X = latinHypercube(d, n, rng.split('X'));
  return {
    X,
    y: Float64Array.from({ length: n }, (_, i) => Math.sin(6 * X.data[i * d]!) + 0.05 * rng.normal()),
  };
}

describe('auto', () => {
  it('takes few simple models for few rows, more for more', () => {
    expect(names(waves(10, 2))).toEqual(['gp', 'linear', 'quadratic']);
    expect(names(waves(40, 2))).toEqual(['gp', 'linear', 'quadratic', 'forest', 'extra-trees', 'boosting']);
    expect(names(waves(40, 12))).not.toContain('quadratic');
  });

  it('gives each block of columns a forest of its own', () => {
    const blocks = [
      [0, 1],
      [2, 3],
    ];
    expect(names(waves(40, 5), blocks)).toEqual(
      expect.arrayContaining(['gp', 'forest', 'forest of block 1', 'forest of block 2']),
    );
    const model = auto({ blocks }).fit(waves(40, 5), Philox.fromSeed(1));
    const back = readSurrogate(JSON.parse(JSON.stringify(model)) as SurrogateJson);
    const at = latinHypercube(5, 9, Philox.fromSeed(2));
    expect(back.predict(at)).toEqual(model.predict(at));
    expect(() => auto({ blocks: [[0], [0]] }).fit(waves(10, 2), Philox.fromSeed(1))).toThrow(
      'each once; found 0',
    );
  });

  it('learns from categories and gaps', () => {
    const level = [4, -4, 0];
    const rows = Array.from({ length: 60 }, (_, i) => [i % 3, i % 5 === 0 ? NaN : i / 60]);
    const y = Float64Array.from(rows, ([kind, x]) => level[kind!]! + (Number.isNaN(x) ? 1 : x!));
    const model = auto().fit({ X: fromRows(rows), y, categorical: [0] }, Philox.fromSeed(1));
    const { mean } = model.predict(matrix(3, 2, Float64Array.of(0, 0.5, 1, 0.5, 2, NaN)));
    [4.5, -3.5, 1].forEach((value, i) => expect(Math.abs(mean[i]! - value)).toBeLessThan(0.6));
  });

  it('is less sure of itself where groups are strange to each other', () => {
    const rng = Philox.fromSeed('groups');
    const groups = Int32Array.from({ length: 80 }, (_, i) => i % 16);
    const level = Array.from({ length: 16 }, () => 2 * rng.normal());
    const X = fromRows([...groups].map((group) => [group / 16, rng.uniform()]));
    const y = Float64Array.from(groups, (group) => level[group]! + 0.1 * rng.normal());
    const spread = (data: TrainingData) => auto().fit(data, Philox.fromSeed(1)).diagnostics().metrics.rmse;
    expect(spread({ X, y, groups })).toBeGreaterThan(2 * spread({ X, y }));
  });
});
