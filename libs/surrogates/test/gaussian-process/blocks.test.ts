import { describe, expect, it } from '@jest/globals';
import { matrix, Philox, selectRows, type Matrix } from '@ionloop/linalg';
import {
  gaussianProcess,
  type GaussianProcessOptions,
  type GrowingSurrogate,
  type InputBlock,
  type SurrogateJson,
} from '../../src/index.js';
import { blocksOn } from '../../src/gaussian-process/blocks.js';
import { inputMapFrom } from '../../src/gaussian-process/inputMap.js';
import { surrogateContract } from '../../src/testing/index.js';
import type { Json } from '../../src/index.js';

surrogateContract(
  'a Gaussian process of blocks',
  gaussianProcess({ blocks: [{ kind: 'numbers', columns: [0, 1] }], starts: 2 }),
);

/** A temperature, one of three routes, fractions of 12 elements, and 20 descriptors of them: a pool. */
function pool(n: number, seed: number): { X: Matrix; y: Float64Array } {
  const rng = Philox.fromSeed(seed);
  const X = matrix(n, 34);
  const y = new Float64Array(n);
  const weight = Float64Array.from({ length: 12 }, (_, e) =>
    Philox.fromSeed('weights').split(`${e}`).normal(),
  );
  for (let i = 0; i < n; i++) {
    const row = X.data.subarray(34 * i, 34 * (i + 1));
    row[0] = 300 + 700 * rng.uniform();
    row[1] = rng.integer(3);
    const present = rng.choose(12, 3);
    const shares = present.map(() => rng.exponential());
    const total = shares.reduce((sum, share) => sum + share, 0);
    present.forEach((e, k) => (row[2 + e] = shares[k]! / total));
    let level = 0;
    for (let e = 0; e < 12; e++) level += weight[e]! * row[2 + e]!;
    for (let q = 0; q < 20; q++) row[14 + q] = 50 * q + level * (1 + 0.1 * q) + 0.2 * rng.normal();
    y[i] = 3 * level + row[0] / 500 + [0, 1.5, -1][row[1]]! + 0.1 * rng.normal();
  }
  return { X, y };
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, k) => from + k);
const blocks: readonly InputBlock[] = [
  { kind: 'numbers', columns: [0] },
  { kind: 'categorical', columns: [1] },
  { kind: 'composition', columns: range(2, 12) },
  { kind: 'descriptors', columns: range(14, 20) },
];

describe('blocks', () => {
  const { X } = pool(60, 1);
  const { inputs, kernel } = blocksOn(blocks, X, 'matern52');

  it('become groups with one lengthscale each: number, category, many elements, descriptors', () => {
    const [part] = kernel.terms[0]!;
    expect(new Set(part!.lengthscaleOf)).toEqual(new Set([0, 1, 2, 3]));
    // One number, three categories and one for others, twelve elements, twenty descriptors.
    expect(part!.lengthscaleOf!.map((g) => g).filter((g) => g === 1)).toHaveLength(4);
    expect(part!.columns).toHaveLength(1 + 4 + 12 + 20);
    expect(inputs.sources.slice(0, 6)).toEqual([0, 1, 1, 1, 1, 2]);
  });

  it('have a mean squared distance of 1 over pairs, in every group', () => {
    const Z = inputs.apply(X);
    const [part] = kernel.terms[0]!;
    for (const g of [0, 1, 2, 3]) {
      let sum = 0;
      for (let i = 0; i < 60; i++)
        for (let j = 0; j < 60; j++)
          part!.lengthscaleOf!.forEach((of, e) => {
            if (of === g) sum += (Z.data[i * Z.cols + e]! - Z.data[j * Z.cols + e]!) ** 2;
          });
      expect(sum / 3600).toBeCloseTo(1, 9);
    }
  });

  it('take roots of fractions, and raw amounts where rows do not sum to a constant', () => {
    const forms = (of: Matrix) => {
      const json = blocksOn([blocks[2]!], of, 'matern52').inputs.toJSON() as unknown as {
        readonly columns: readonly { readonly form: string }[];
      };
      return json.columns[0]!.form;
    };
    expect(forms(X)).toBe('root');
    const raw = matrix(
      60,
      34,
      X.data.map((value, at) => (at < 34 ? 2 * value : value)),
    );
    expect(forms(raw)).toBe('value');
    const few = blocksOn([{ kind: 'composition', columns: range(2, 4) }], X, 'matern52').kernel;
    expect(few.terms[0]![0]!.lengthscaleOf).toEqual([0, 1, 2, 3]);
  });

  it('keep a category that was not there as far from all others as they are from each other', () => {
    const { inputs: one } = blocksOn(
      [{ kind: 'categorical', columns: [0] }],
      matrix(3, 1, Float64Array.of(0, 1, 2)),
      'rbf',
    );
    const Z = one.apply(matrix(4, 1, Float64Array.of(0, 1, 7, 9)));
    const distance = (i: number, j: number) =>
      range(0, Z.cols).reduce((sum, e) => sum + (Z.data[i * Z.cols + e]! - Z.data[j * Z.cols + e]!) ** 2, 0);
    expect(distance(0, 2)).toBeCloseTo(distance(0, 1), 12);
    expect(distance(2, 3)).toBe(0);
  });

  it('come back from JSON to the bit', () => {
    const back = inputMapFrom('json', JSON.parse(JSON.stringify(inputs.toJSON())) as Json, 34);
    expect(back.apply(X)).toEqual(inputs.apply(X));
    expect(() => inputMapFrom('json.inputs', { kind: 'magic' }, 2)).toThrow('json.inputs.kind');
  });

  it('are refused by name where they make no sense', () => {
    const made = (some: readonly InputBlock[]) => () => gaussianProcess({ blocks: some });
    expect(made([])).toThrow('options.blocks must hold at least one block');
    expect(made([{ kind: 'numbers', columns: [] }])).toThrow('options.blocks[0].columns');
    expect(made([{ kind: 'words' as 'numbers', columns: [1] }])).toThrow('options.blocks[0].kind');
    expect(
      made([
        { kind: 'numbers', columns: [1] },
        { kind: 'descriptors', columns: [0, 1] },
      ]),
    ).toThrow('options.blocks[1].columns must not name column 1 again');
    const fit =
      (some: readonly InputBlock[], data = pool(5, 2), categorical?: readonly number[]) =>
      () =>
        gaussianProcess({ blocks: some }).fit(
          { ...data, ...(categorical && { categorical }) },
          Philox.fromSeed(1),
        );
    expect(fit([{ kind: 'numbers', columns: [99] }])).toThrow('options.blocks[0].columns must lie in 0 … 33');
    expect(fit([{ kind: 'numbers', columns: [1] }], pool(5, 2), [1])).toThrow('data.categorical');
    expect(
      fit([{ kind: 'composition', columns: [0] }], {
        X: matrix(1, 1, Float64Array.of(-1)),
        y: Float64Array.of(1),
      }),
    ).toThrow('data.X must not be negative in column 0');
    expect(() => gaussianProcess({ blocks, warp: true })).toThrow('options.warp');
    expect(() => gaussianProcess({ blocks, kernel: { terms: [] } })).toThrow('options.kernel must be a name');
    expect(() => gaussianProcess({ priors: 'jeffreys' as 'groups' })).toThrow('options.priors');
    expect(() =>
      gaussianProcess({ blocks, reference: matrix(2, 2) }).fit(pool(5, 2), Philox.fromSeed(1)),
    ).toThrow('options.reference must have 34 columns');
  });
});

describe('a Gaussian process of blocks', () => {
  const train = pool(40, 3);
  const fresh = pool(200, 4);
  const unit = (X: Matrix) => {
    const { X: whole } = pool(300, 5);
    const cells = X.data.map((value, at) => {
      const column = at % 34;
      let [low, high] = [Infinity, -Infinity];
      for (let i = column; i < whole.data.length; i += 34) {
        low = Math.min(low, whole.data[i]!);
        high = Math.max(high, whole.data[i]!);
      }
      return (value - low) / (high - low);
    });
    return matrix(X.rows, 34, cells);
  };
  const errorOf = (mean: Float64Array) =>
    Math.sqrt(mean.reduce((sum, value, i) => sum + (value - fresh.y[i]!) ** 2, 0) / fresh.y.length);

  it('learns from 40 rows what one lengthscale per column does not', () => {
    const grouped = gaussianProcess({ blocks }).fit(train, Philox.fromSeed(1));
    const plain = gaussianProcess().fit({ X: unit(train.X), y: train.y }, Philox.fromSeed(1));
    expect(errorOf(grouped.predict(fresh.X).mean)).toBeLessThan(
      0.9 * errorOf(plain.predict(unit(fresh.X)).mean),
    );
    const { importances, lengthscales } = grouped.diagnostics();
    expect(importances).toHaveLength(34);
    expect(importances!.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
    expect(lengthscales).toBeUndefined();
  });

  it('takes its spread from a pool, which a few rows do not show', () => {
    const few = { X: selectRows(train.X, range(0, 5)), y: train.y.slice(0, 5) };
    const withPool = gaussianProcess({ blocks, reference: pool(300, 5).X }).fit(few, Philox.fromSeed(1));
    const elements = (withPool.toJSON()['inputs'] as unknown as { columns: { rate: number }[] }).columns;
    expect(elements.every(({ rate }) => rate > 0)).toBe(true);
    expect(errorOf(withPool.predict(fresh.X).mean)).toBeLessThan(4);
  });

  it('comes back from JSON and grows', () => {
    const first = gaussianProcess({ blocks }).fit(train, Philox.fromSeed(1)) as GrowingSurrogate;
    const grown = first.withRows(pool(5, 6));
    const back = gaussianProcess().fromJSON(JSON.parse(JSON.stringify(grown)) as SurrogateJson);
    expect(back.predict(fresh.X)).toEqual(grown.predict(fresh.X));
    expect(back.diagnostics()).toEqual(grown.diagnostics());
    const warm = gaussianProcess({ blocks }).fit(train, Philox.fromSeed(1), first).diagnostics();
    expect(warm.logMarginalLikelihood!).toBeGreaterThan(first.diagnostics().logMarginalLikelihood! - 1e-3);
  });
});

describe('what cannot be had together', () => {
  const data = { X: matrix(4, 1, Float64Array.of(0, 0.3, 0.6, 1)), y: Float64Array.of(1, 2, 3, 4) };
  const source = Int32Array.of(0, 0, 1, 1);
  const fit = (options: GaussianProcessOptions, some: object) =>
    gaussianProcess(options).fit({ ...data, ...some }, Philox.fromSeed(1));

  it('is refused by name', () => {
    for (const options of [
      { warp: true },
      { blocks: [{ kind: 'numbers', columns: [0] }] },
      { hyperparameters: { draws: 2 } },
      { mean: gaussianProcess() },
    ] as const)
      expect(() => fit(options, { source })).toThrow('data.source');
    expect(() => fit({}, { source, censored: Uint8Array.of(0, 1, 0, 0) })).toThrow('data.censored');
    expect(() => fit({ blocks: [{ kind: 'numbers', columns: [0] }] }, { categorical: [0] })).toThrow(
      'data.categorical',
    );
  });

  it('is not a linear mean and sources', () => {
    const model = fit({ mean: 'linear', starts: 1 }, { source });
    expect([...model.predict(data.X).mean].every(Number.isFinite)).toBe(true);
  });
});
