import { describe, expect, it } from '@jest/globals';
import { fromRows, latinHypercube, matrix, Philox, selectRows, toRows } from '@ionloop/linalg';
import { gaussianProcess } from '@ionloop/surrogates';
import { describeGolden, reference } from '../../../test/support/shared.js';
import {
  bestUtility,
  chebyshev,
  desirability,
  desirabilityImprovement,
  expectedHypervolumeImprovement,
  frontAbove,
  frontRange,
  hypervolume,
  hypervolumeBatch,
  hypervolumeGain,
  logEhvi,
  nonDominated,
  nonDominatedBoxes,
  overallDesirability,
  parEgo,
  pointBelow,
  referencePoint,
  sampledHypervolumeImprovement,
  simplexWeights,
  type OutcomesAcquisition,
  type OutcomesContext,
} from '../src/index.js';
import independent from './independent-values.json' with { type: 'json' };
import { believed, rescaled } from './support.js';

interface Golden {
  readonly hypervolume: { points: number[][]; reference: number[]; hypervolume: number }[];
  readonly expectedImprovementIndependent2d: {
    front: number[][];
    reference: number[];
    mean: number[];
    sd: number[];
    expectedHypervolumeImprovement: number;
    tolerance: number;
  }[];
}

const of = (values: readonly number[]) => Float64Array.from(values);
const someOutcomes = (n: number, p: number, seed: number) =>
  matrix(n, p, Philox.fromSeed(seed).normals(n * p));

describeGolden('against the reference numbers', () => {
  const golden = reference<Golden>('hypervolume.json');

  it.each(golden.hypervolume)('hypervolume of $points', ({ points, reference: r, hypervolume: expected }) => {
    expect(Math.abs(hypervolume(fromRows(points), of(r)) / expected - 1)).toBeLessThan(1e-12);
  });

  it.each(golden.expectedImprovementIndependent2d)(
    'expected hypervolume improvement of N($mean, $sd²)',
    ({ front, reference: r, mean, sd, expectedHypervolumeImprovement: expected, tolerance }) => {
      const boxes = nonDominatedBoxes(fromRows(front), of(r));
      expect(Math.abs(Math.exp(logEhvi(boxes, mean, sd)) - expected)).toBeLessThan(tolerance);
    },
  );
});

describe('against independent numbers', () => {
  it.each(independent.hypervolumes)(
    'hypervolume above $reference',
    ({ points, reference: r, hypervolume: v }) => {
      expect(Math.abs(hypervolume(fromRows(points), of(r)) / v - 1)).toBeLessThan(1e-12);
    },
  );

  it.each(independent.hypervolumeImprovements)(
    'ln EHVI of N($mean, $sd²)',
    ({ front, reference: r, mean, sd, log }) => {
      const boxes = nonDominatedBoxes(fromRows(front), of(r));
      expect(Math.abs(logEhvi(boxes, mean, sd) - log)).toBeLessThan(1e-11 * Math.max(1, Math.abs(log)));
    },
  );
});

describe('fronts', () => {
  it('are the rows that no other dominates, and of equal ones the first', () => {
    const Y = fromRows([
      [1, 3],
      [2, 2],
      [1, 2],
      [2, 2],
      [3, 1],
    ]);
    expect(nonDominated(Y)).toEqual([0, 1, 4]);
    expect(frontAbove(Y, of([1, 0])).rows).toBe(2);
    expect(nonDominated(matrix(0, 2))).toEqual([]);
    expect(() => nonDominated(fromRows([[1, NaN]]))).toThrow('Y must not hold NaN; row 0 does');
  });

  it.each([2, 3, 4])('in %d dimensions hold what a comparison of all pairs leaves', (p) => {
    const Y = someOutcomes(60, p, p);
    const rows = toRows(Y);
    const expected = rows.flatMap((a, i) =>
      rows.some((b, j) => j !== i && b.every((value, k) => value >= a[k]!)) ? [] : [i],
    );
    expect(nonDominated(Y)).toEqual(expected);
  });

  it('the reference point lies a tenth of the range below the nadir', () => {
    const Y = fromRows([
      [1, 30],
      [3, 10],
      [0, 0],
    ]);
    expect(frontRange(Y)).toEqual({ nadir: of([1, 10]), ideal: of([3, 30]) });
    expect([...referencePoint(Y)]).toEqual([0.8, 8]);
    expect([...referencePoint(fromRows([[5, 0]]))]).toEqual([4.5, -0.1]);
    expect(() => referencePoint(matrix(0, 2))).toThrow('Y must hold at least one row');
  });

  it('stays below all rows, not those on the front alone', () => {
    const Y = fromRows([
      [0, 10],
      [1, 9.8],
      [-3, 2],
    ]);
    expect([...pointBelow(Y)]).toEqual([expect.closeTo(-3.4, 12), expect.closeTo(1.2, 12)]);
    expect([...pointBelow(fromRows([[5, 0]]))]).toEqual([4.5, -0.1]);
    expect(() => pointBelow(matrix(0, 2))).toThrow('Y must hold at least one row');
    // An end that gives up more of the second objective than the front does gains nothing above its nadir.
    const grown = fromRows([...[0, 1, 2].map((i) => [Y.data[2 * i]!, Y.data[2 * i + 1]!]), [4, 8]]);
    expect(hypervolume(grown, referencePoint(Y))).toBeCloseTo(hypervolume(Y, referencePoint(Y)), 12);
    expect(hypervolume(grown, pointBelow(Y))).toBeGreaterThan(1.3 * hypervolume(Y, pointBelow(Y)));
  });
});

describe.each([1, 2, 3, 4])('boxes in %d dimensions', (p) => {
  const Y = someOutcomes(14, p, 10 + p);
  const r = new Float64Array(p).fill(-1);
  const boxes = nonDominatedBoxes(Y, r);

  it('cover what no point dominates, once', () => {
    const rng = Philox.fromSeed(3);
    const inside = (z: Float64Array) =>
      Array.from({ length: boxes.count }, (_, b) =>
        z.every((value, k) => boxes.lower[b * p + k]! <= value && value < boxes.upper[b * p + k]!),
      ).filter(Boolean).length;
    for (let i = 0; i < 500; i++) {
      const z = rng.normals(p).map((value) => Math.abs(value) * 1.5 - 1);
      const dominated = toRows(Y).some((row) => row.every((value, k) => value > z[k]!));
      expect(inside(z)).toBe(dominated ? 0 : 1);
    }
  });

  it('are as few as stated', () => {
    const n = frontAbove(Y, r).rows;
    expect(boxes.count).toBeLessThanOrEqual(p === 4 ? (n + 1) * (2 * n + 1) : 2 * n + 1);
    expect(nonDominatedBoxes(matrix(0, p), r).count).toBe(1);
  });

  it('give the gain that the hypervolume grows by', () => {
    const more = someOutcomes(20, p, 99);
    for (let i = 0; i < more.rows; i++) {
      const y = more.data.subarray(i * p, (i + 1) * p);
      const together = matrix(15, p, Float64Array.from([...Y.data, ...y]));
      const expected = hypervolume(together, r) - hypervolume(Y, r);
      expect(Math.abs(hypervolumeGain(boxes, y) - expected)).toBeLessThan(1e-11);
    }
  });

  it('hypervolume agrees with sampling', () => {
    const rng = Philox.fromSeed(4);
    let hits = 0;
    const rows = toRows(Y);
    for (let i = 0; i < 20_000; i++) {
      const z = Float64Array.from({ length: p }, () => -1 + 4 * rng.uniform());
      if (rows.some((row) => row.every((value, k) => value >= z[k]!))) hits += 1;
    }
    const volume = 4 ** p;
    const share = hits / 20_000;
    const error = 4 * Math.sqrt((share * (1 - share)) / 20_000) * volume;
    expect(Math.abs((hits / 20_000) * volume - hypervolume(Y, r))).toBeLessThan(error + 1e-12);
  });

  it('EHVI agrees with sampling and rises with means and spreads', () => {
    const mean = Array.from({ length: p }, (_, k) => 0.4 * k);
    const sd = Array.from({ length: p }, (_, k) => 0.5 + 0.1 * k);
    const rng = Philox.fromSeed(6);
    let [sum, squares] = [0, 0];
    for (let s = 0; s < 20_000; s++) {
      const gain = hypervolumeGain(
        boxes,
        mean.map((value, k) => value + sd[k]! * rng.normal()),
      );
      sum += gain / 20_000;
      squares += (gain * gain) / 20_000;
    }
    const value = logEhvi(boxes, mean, sd);
    expect(Math.abs(Math.exp(value) - sum)).toBeLessThan(4 * Math.sqrt(squares / 20_000));
    for (let k = 0; k < p; k++) {
      const raised = (values: number[]) => values.map((x, j) => (j === k ? x + 0.1 : x));
      expect(logEhvi(boxes, raised(mean), sd)).toBeGreaterThan(value);
      expect(logEhvi(boxes, mean, raised(sd))).toBeGreaterThan(value);
    }
    // Far beneath the front the logarithm still orders.
    const far = (shift: number) =>
      logEhvi(
        boxes,
        mean.map((x) => x - shift),
        sd,
      );
    expect(far(60)).toBeGreaterThan(far(61));
    expect(far(61)).toBeGreaterThan(-Infinity);
  });
});

describe('argument checks', () => {
  it('name what does not fit', () => {
    expect(() => hypervolume(matrix(2, 5), new Float64Array(5))).toThrow(
      'reference must hold 1 to 4 numbers, not 5',
    );
    expect(() => nonDominatedBoxes(matrix(2, 3), new Float64Array(2))).toThrow('Y must have 2 columns');
    expect(() => chebyshev(of([1, -1]), of([0, 0]), of([1, 1]))).toThrow('weights must be finite');
    expect(() => overallDesirability([{ from: 1, to: 1 }])).toThrow(
      'desires[0] must have finite and different',
    );
    expect(() => overallDesirability([{ from: 0, to: 1, until: 0.5 }])).toThrow('`to` between');
    expect(() => overallDesirability([])).toThrow('desires must hold one');
  });
});

describe('scalar utilities', () => {
  it('weights fill the simplex evenly', () => {
    const rng = Philox.fromSeed(1);
    let below = 0;
    for (let i = 0; i < 4000; i++) {
      const weights = simplexWeights(3, rng);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 14);
      // P(w₁ < ¼) = 1 − (¾)².
      if (weights[0]! < 0.25) below += 1;
    }
    expect(below / 4000).toBeCloseTo(1 - 0.75 ** 2, 1);
  });

  it('Chebyshev is the worst of the weighted shortfalls and a little of their sum', () => {
    const utility = chebyshev(of([0.25, 0.75]), of([0, 10]), of([2, 20]));
    expect(utility(of([1, 18]))).toBeCloseTo(-0.15 + 0.05 * (-0.125 - 0.15), 14);
    expect(utility(of([2, 20]))).toBeCloseTo(0, 15);
  });

  it('desirability rises from `from` to `to` and falls to `until`', () => {
    const towards = { from: 0, to: 2, until: 6 };
    expect([-1, 0, 1, 2, 4, 6, 7].map((value) => desirability(towards, value))).toEqual([
      0, 0, 0.5, 1, 0.5, 0, 0,
    ]);
    expect([0, 1, 3].map((value) => desirability({ from: 2, to: 0, power: 2 }, value))).toEqual([1, 0.25, 0]);
    expect(desirability({ from: 6, to: 2, until: 0 }, 1)).toBe(0.5);
    const both = overallDesirability([
      { from: 0, to: 1, weight: 3 },
      { from: 0, to: 1 },
    ]);
    expect(both(of([0.16, 1]))).toBeCloseTo(0.16 ** 0.75, 14);
    expect(both(of([0, 1]))).toBe(0);
    expect(
      bestUtility(
        fromRows([
          [0.16, 1],
          [1, 1],
        ]),
        both,
      ),
    ).toBe(1);
  });
});

describe('acquisitions of several responses', () => {
  const X = latinHypercube(2, 14, Philox.fromSeed('observed'));
  const f = (i: number) => [X.data[2 * i]!, 1 - X.data[2 * i]! ** 2 - 0.5 * (X.data[2 * i + 1]! - 0.5) ** 2];
  const outcomes = fromRows(Array.from({ length: 14 }, (_, i) => f(i)));
  const models = [0, 1].map((k) =>
    gaussianProcess().fit(
      { X, y: Float64Array.from({ length: 14 }, (_, i) => f(i)[k]!) },
      Philox.fromSeed(k),
    ),
  );
  const candidates = latinHypercube(2, 40, Philox.fromSeed('candidates'));
  const context = (seed = 1): OutcomesContext => ({ outcomes, observed: X, rng: Philox.fromSeed(seed) });
  const desires = [
    { from: 0, to: 1 },
    { from: 0, to: 1 },
  ];

  const specs: [string, { acquisition: OutcomesAcquisition; drawn: boolean; invariant: boolean }][] = [
    ['exact', { acquisition: expectedHypervolumeImprovement(), drawn: false, invariant: true }],
    ['sampled', { acquisition: sampledHypervolumeImprovement(), drawn: true, invariant: true }],
    ['noisy', { acquisition: sampledHypervolumeImprovement({ noisy: true }), drawn: true, invariant: true }],
    ['ParEGO', { acquisition: parEgo(), drawn: true, invariant: true }],
    ['desirable', { acquisition: desirabilityImprovement(desires), drawn: true, invariant: false }],
  ];

  describe.each(specs)('%s', (_, { acquisition, drawn, invariant }) => {
    const scores = acquisition.score(models, candidates, context());

    it('scores each candidate with a number, the same for the same stream', () => {
      expect(scores).toHaveLength(40);
      expect([...scores].some((score) => Number.isNaN(score) || score === Infinity)).toBe(false);
      expect(acquisition.score(models, candidates, context())).toEqual(scores);
      expect(acquisition.score(models, matrix(0, 2), context())).toHaveLength(0);
      if (drawn) expect(acquisition.score(models, candidates, context(2))).not.toEqual(scores);
    });

    it('refuses outcomes of another number of responses', () => {
      expect(() => acquisition.score(models.slice(1), candidates, context())).toThrow(
        'context.outcomes must have 1 columns, not 2',
      );
    });

    it('prefers the front to what it dominates', () => {
      const pair = fromRows([
        [0.6, 0.5],
        [0.05, 0],
      ]);
      const [near, far] = acquisition.score(models, pair, context());
      expect(near).toBeGreaterThan(far!);
    });

    if (invariant)
      it('does not care for the units of the responses', () => {
        const scaled = acquisition.score(
          models.map((model) => rescaled(model, 4, 7)),
          candidates,
          {
            ...context(),
            outcomes: matrix(
              14,
              2,
              outcomes.data.map((value) => 4 * value + 7),
            ),
          },
        );
        // ParEGO has no units at all.
        const shift = acquisition.name === 'ParEGO' ? 0 : Math.log(16);
        scores.forEach((score, i) => {
          if (score > -25) expect(scaled[i]! - shift).toBeCloseTo(score, 5);
        });
      });
  });

  it('sampling agrees with the exact expectation', () => {
    const exact = expectedHypervolumeImprovement().score(models, candidates, context());
    const sampled = sampledHypervolumeImprovement({ draws: 1500 }).score(models, candidates, context());
    const scale = Math.exp(Math.max(...exact));
    exact.forEach((score, i) =>
      expect(Math.abs(Math.exp(sampled[i]!) - Math.exp(score))).toBeLessThan(0.1 * scale),
    );
  });

  it('a batch spreads along the front, and each member is worth less beside those before', () => {
    const batch = hypervolumeBatch(models, candidates, 6, context());
    const { indices, scores } = batch;
    expect(batch.diversity.leastDistance).toBeGreaterThan(0);
    expect(new Set(indices).size).toBe(6);
    expect(hypervolumeBatch(models, candidates, 6, context())).toEqual(batch);
    for (let k = 1; k < 6; k++) expect(scores[k]).toBeLessThanOrEqual(scores[k - 1]! + 1e-12);
    const pending = selectRows(candidates, indices.slice(0, 2));
    const beside = hypervolumeBatch(models, candidates, 40, { ...context(), pending });
    expect(beside.indices).toHaveLength(38);
    expect(beside.indices).not.toContain(indices[0]);
    expect(() => hypervolumeBatch(models, candidates, 0, context())).toThrow('q must be');
  });

  it('pending rows lower what is expected beside them', () => {
    const sure = [believed(of([0.9]), of([0.01])), believed(of([0.9]), of([0.01]))];
    const row = matrix(1, 1);
    const settled = { outcomes, rng: Philox.fromSeed(1) };
    const [alone] = sampledHypervolumeImprovement().score(sure, row, settled);
    const [beside] = sampledHypervolumeImprovement().score(sure, row, { ...settled, pending: row });
    expect(beside).toBeLessThan(alone! - 3);
  });
});
