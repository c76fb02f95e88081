import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { latinHypercube, Philox } from '@ionloop/linalg';
import type { SurrogateFactory, TrainingData } from '../../src/contract.js';
import { plainCapabilities } from '../../src/data.js';
import { leastSquares } from '../../src/linear/leastSquares.js';
import { ridge } from '../../src/linear/ridge.js';
import { spearman } from '../../src/metrics.js';
import { nearestNeighbours } from '../../src/nearest-neighbours/nearestNeighbours.js';
import { gridCandidates, randomCandidates } from '../../src/selection/candidates.js';
import { crossValidate } from '../../src/selection/crossValidate.js';
import {
  givenSplit,
  groupedKFold,
  holdOut,
  kFold,
  leaveOneOut,
  repeated,
  stratifiedKFold,
  type Fold,
} from '../../src/selection/folds.js';
import { nestedCrossValidate, selectBest } from '../../src/selection/select.js';
import { selected } from '../../src/selection/selected.js';
import { surrogateContract } from '../../src/testing/index.js';
import { expectClose } from '../close.js';

const rng = (seed = 1) => Philox.fromSeed(seed);

function quadratic(n: number, noise = 0.1): TrainingData {
  const X = latinHypercube(3, n, rng().split('X'));
  const draws = rng().split('noise');
  const y = Float64Array.from({ length: n }, (_, i) => {
    const [a, b] = [X.data[3 * i]!, X.data[3 * i + 1]!];
    return 10 + 3 * (a - 0.5) * (a - 0.5) * 4 + b + noise * draws.normal();
  });
  return { X, y };
}

const neighbours = (ks: readonly number[]) => gridCandidates('knn', nearestNeighbours, { k: ks });
const polynomials = gridCandidates('ridge', ridge, { degree: [1, 2, 3] });
surrogateContract('the best of some', selected({ candidates: [...polynomials, ...neighbours([3, 6])] }));

function expectPartition(folds: readonly Fold[], n: number): void {
  expect(folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
  for (const { train, test } of folds)
    expect([...train, ...test].sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
}

describe('folds', () => {
  it('predict each row once, in sizes that differ by at most one, and not in the rows’ order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 0, max: 40 }), (k, more) => {
        const y = Float64Array.from({ length: k + more }, (_, i) => i % 7);
        for (const split of [kFold(k), stratifiedKFold(k)]) {
          const folds = split({ y }, rng(k));
          expectPartition(folds, k + more);
          const sizes = folds.map(({ test }) => test.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        }
      }),
    );
    const [first] = kFold(2)({ y: new Float64Array(20) }, rng());
    expect(first!.test).not.toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
  });

  it('stratified hold one of every k neighbouring responses', () => {
    const y = Float64Array.from(rng().permutation(30));
    for (const { test } of stratifiedKFold(5)({ y }, rng())) {
      const ranks = test.map((i) => y[i]!).sort((a, b) => a - b);
      expect(ranks.map((rank) => Math.floor(rank / 5))).toEqual([0, 1, 2, 3, 4, 5]);
    }
  });

  it('keep groups together, evenly', () => {
    const groups = ['a', 'b', 'a', 'c', 'd', 'a', 'b', 'e', 'f', 'c', 'a', 'g'];
    const folds = groupedKFold(3)({ y: new Float64Array(12), groups }, rng());
    expectPartition(folds, 12);
    for (const { train, test } of folds) {
      const fitted = new Set(train.map((i) => groups[i]));
      expect(test.some((i) => fitted.has(groups[i]))).toBe(false);
      expect(test).toHaveLength(4);
    }
  });

  it('hold out a share, once or as somebody else did, and each row alone', () => {
    const y = new Float64Array(10);
    const [fold] = holdOut()({ y }, rng());
    expect([fold!.train.length, fold!.test.length]).toEqual([7, 3]);
    expect(givenSplit([0, 1, 0, 1])({ y: y.slice(0, 4) }, rng())).toEqual([{ train: [0, 2], test: [1, 3] }]);
    const alone = leaveOneOut()({ y }, rng());
    expectPartition(alone, 10);
    expect(alone.map(({ test }) => test)).toEqual([...Array(10).keys()].map((i) => [i]));
  });

  it('repeated are drawn anew each time, the same for the same seed', () => {
    const y = new Float64Array(12);
    const folds = repeated(kFold(3), 2)({ y }, rng());
    expect(folds).toHaveLength(6);
    expectPartition(folds.slice(0, 3), 12);
    expectPartition(folds.slice(3), 12);
    expect(folds.slice(3)).not.toEqual(folds.slice(0, 3));
    expect(repeated(kFold(3), 2)({ y }, rng())).toEqual(folds);
    expect(repeated(kFold(3), 2)({ y }, rng(2))).not.toEqual(folds);
  });

  it('that cannot be are refused with the reason', () => {
    const y = new Float64Array(3);
    expect(() => kFold(1)).toThrow('k must be a whole number of at least 2');
    expect(() => kFold(4)({ y }, rng())).toThrow('rows must be at least 4 for as many folds, not 3');
    expect(() => groupedKFold(3)({ y, groups: [1, 1, 2] }, rng())).toThrow(
      'rows.groups must be at least 3 for as many folds, not 2',
    );
    expect(() => groupedKFold(2)({ y }, rng())).toThrow('rows.groups must be given');
    expect(() => groupedKFold(2)({ y, groups: [1, 2] }, rng())).toThrow('rows.groups must hold 3 groups');
    expect(() => holdOut(1)).toThrow('share must lie between 0 and 1');
    expect(() => givenSplit([1, 1, 1])({ y }, rng())).toThrow('test must leave a row to fit');
    expect(() => givenSplit([0, 0, 0])({ y }, rng())).toThrow('test must mark a row to predict');
    expect(() => givenSplit([0, 1])({ y }, rng())).toThrow('test must hold 3 numbers, not 2');
  });
});

describe('cross-validation', () => {
  it('leaves one out as the closed form of least squares does', () => {
    const data = quadratic(20);
    const folds = leaveOneOut()(data, rng());
    const { leftOut, rows } = crossValidate(leastSquares(), data, folds, rng());
    const exact = leastSquares().fit(data, rng()).diagnostics().leftOut;
    expect(rows).toEqual([...Array(20).keys()]);
    expectClose(leftOut.mean, exact.mean, 1e-12);
    expectClose(leftOut.variance, exact.variance, 1e-11);
  });

  it('never shows a model the rows it predicts, nor its past', () => {
    const data = quadratic(12);
    const seen: number[][] = [];
    const spy: SurrogateFactory = {
      ...leastSquares(),
      fit(given, stream) {
        seen.push(Array.from(given.y));
        return leastSquares().fit(given, stream);
      },
    };
    const folds = kFold(3)(data, rng());
    const { rows, folds: foldOf, leftOut, eachFold } = crossValidate(spy, data, folds, rng());
    expect(rows.map((row) => data.y[row])).toEqual(leftOut.actual);
    rows.forEach((row, at) => expect(seen[foldOf[at]!]).not.toContain(data.y[row]));
    expect(eachFold).toHaveLength(3);
    expect(eachFold[1]!.metrics.rmse).not.toBe(eachFold[0]!.metrics.rmse);
    const backwards = crossValidate(leastSquares(), data, [folds[0]!, folds[2]!, folds[1]!], rng());
    expect(backwards.eachFold[0]).toEqual(eachFold[0]);
    expect(backwards.eachFold[1]).toEqual(eachFold[2]);
  });

  it('predicts no row of which there is nothing to hold the prediction against, but fits it', () => {
    const data: TrainingData = {
      ...quadratic(10),
      censored: Uint8Array.from({ length: 10 }, (_, i) => (i === 2 ? 1 : 0)),
      source: Int32Array.from({ length: 10 }, (_, i) => (i === 5 ? 1 : 0)),
    };
    const sizes: number[] = [];
    const takesAll: SurrogateFactory = {
      ...leastSquares(),
      capabilities: { ...plainCapabilities, censored: true, source: true },
      fit({ X, y, censored, source }, stream) {
        expect([censored?.length, source?.length]).toEqual([y.length, y.length]);
        sizes.push(y.length);
        return leastSquares().fit({ X, y }, stream);
      },
    };
    const { rows } = crossValidate(takesAll, data, kFold(2)(data, rng()), rng());
    expect([...rows].sort((a, b) => a - b)).toEqual([0, 1, 3, 4, 6, 7, 8, 9]);
    expect(sizes).toEqual([5, 5]);
  });

  it('counts the noise of a row as part of a measurement’s variance where the model knows of it', () => {
    const data = { ...quadratic(10), noise: new Float64Array(10).fill(7) };
    const folds = kFold(2)(data, rng());
    const plain = crossValidate(leastSquares(), data, folds, rng()).leftOut.variance;
    const knowing = { ...leastSquares(), capabilities: { ...plainCapabilities, noise: true } };
    const wide = crossValidate(knowing, data, folds, rng()).leftOut.variance;
    wide.forEach((variance, i) => expect(variance - plain[i]!).toBeCloseTo(7, 9));
  });

  it('refuses folds that show what they predict', () => {
    const data = quadratic(6);
    const run = (folds: Fold[]) => crossValidate(leastSquares(), data, folds, rng());
    expect(() => run([{ train: [0, 1, 2], test: [2] }])).toThrow('folds[0].test must not hold row 2');
    expect(() => run([{ train: [0, 1, 2], test: [6] }])).toThrow('folds[0] must hold rows 0 … 5; found 6');
    expect(() => run([])).toThrow('folds must not be empty');
    expect(() => run([{ train: [], test: [1] }])).toThrow('folds[0].train must not be empty');
    expect(() => run([{ train: [1], test: [] }])).toThrow('folds must predict a row');
  });
});

describe('candidates', () => {
  it('of a grid are all combinations, named by their options', () => {
    const grid = gridCandidates('knn', nearestNeighbours, { k: [1, 5], weights: ['uniform', 'distance'] });
    expect(grid.map(({ name }) => name)).toEqual([
      'knn k=1 weights="uniform"',
      'knn k=1 weights="distance"',
      'knn k=5 weights="uniform"',
      'knn k=5 weights="distance"',
    ]);
    expect(() => gridCandidates('knn', nearestNeighbours, { k: [] })).toThrow('axes.k.length');
  });

  it('drawn lie in their ranges, evenly over orders of magnitude, whatever other options are drawn', () => {
    const lambda = { from: 1e-4, to: 1e2, scale: 'log' } as const;
    const valuesOf = (candidates: readonly { name: string }[]) =>
      candidates.map(({ name }) => Number(/lambda=([^ ]+)/.exec(name)![1]));
    const some = valuesOf(randomCandidates('ridge', ridge, { lambda }, 200, rng()));
    for (const value of some) {
      expect(value).toBeGreaterThanOrEqual(1e-4);
      expect(value).toBeLessThanOrEqual(1e2);
    }
    const small = some.filter((value) => value < 1e-1).length;
    expect(small).toBeGreaterThan(75);
    expect(small).toBeLessThan(125);
    const both = randomCandidates('ridge', ridge, { degree: [1, 2], lambda }, 200, rng());
    expect(valuesOf(both)).toEqual(some);
    const whole = randomCandidates(
      'knn',
      nearestNeighbours,
      { k: { from: 2, to: 4, whole: true } },
      50,
      rng(),
    );
    expect(whole.map(({ name }) => name).sort()).toEqual(['knn k=2', 'knn k=3', 'knn k=4']);
    const inverted = { lambda: { from: 2, to: 1 } };
    expect(() => randomCandidates('ridge', ridge, inverted, 1, rng())).toThrow('ranges.lambda');
  });
});

describe('selection', () => {
  const data = quadratic(40);
  const folds = kFold(5)(data, rng());

  it('finds the model that data were made by, whatever the order of candidates', () => {
    for (const score of ['nlpd', 'crps', 'rmse', 'mae', 'r2', 'spearman'] as const) {
      const there = selectBest([...polynomials, ...neighbours([1, 20])], data, folds, score, rng());
      expect(there.chosen.name).toMatch(/^ridge degree=[23]$/);
      expect(there.scores).toHaveLength(5);
      const back = selectBest(
        [...neighbours([20, 1]), ...[...polynomials].reverse()],
        data,
        folds,
        score,
        rng(),
      );
      expect(back.scores).toEqual(there.scores);
    }
  });

  it('gives equal scores to the name that sorts first, and wants names that differ', () => {
    const twins = ['b', 'a', 'c'].map((name) => ({ name, factory: leastSquares() }));
    expect(selectBest(twins, data, folds, 'rmse', rng()).scores.map(({ name }) => name)).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(() => selectBest([twins[0]!, twins[0]!], data, folds, 'rmse', rng())).toThrow('"b" comes twice');
    expect(() => selectBest([], data, folds, 'rmse', rng())).toThrow('candidates must not be empty');
  });

  it('nested estimates without what chose: on pure noise it promises nothing, where choosing alone does', () => {
    const X = latinHypercube(3, 24, rng().split('X'));
    const noise = Float64Array.from(
      { length: 24 },
      (
        (stream) => () =>
          stream.normal()
      )(rng().split('y')),
    );
    const many = randomCandidates(
      'knn',
      nearestNeighbours,
      { k: { from: 1, to: 12, whole: true } },
      60,
      rng(),
    );
    const only = { X, y: noise };
    const optimistic = selectBest(many, only, kFold(4)(only, rng()), 'rmse', rng()).scores[0]!;
    const honest = nestedCrossValidate(
      only,
      { candidates: many, outer: kFold(4), inner: kFold(4), score: 'rmse' },
      rng(),
    );
    expect(honest.chosen).toHaveLength(4);
    expect(honest.metrics.rmse).toBeGreaterThan(optimistic.report.metrics.rmse);
  });

  it('nested chooses by the rows that an outer fold fits and nothing else', () => {
    const given = [...data.y];
    const groups = given.map((_, i) => Math.floor(i / 2));
    const allowed: Set<number>[] = [];
    const outer = (rows: { y: Float64Array }, stream: Philox) => {
      const chosen = groupedKFold(4)({ ...rows, groups }, stream);
      allowed.push(...chosen.map(({ train }) => new Set(train.map((i) => data.y[i]!))));
      return chosen;
    };
    let fits = 0;
    const spy: SurrogateFactory = {
      ...leastSquares(),
      fit(some, stream) {
        const fold = Math.floor(fits / 4);
        for (const value of some.y) expect(allowed[fold]!.has(value)).toBe(true);
        fits += 1;
        return leastSquares().fit(some, stream);
      },
    };
    const result = nestedCrossValidate(
      data,
      { candidates: [{ name: 'one', factory: spy }], outer, inner: groupedKFold(3), groups },
      rng(),
    );
    // Three inner folds and the fit of what was chosen, in each of four outer folds.
    expect(fits).toBe(16);
    expect(result.chosen).toEqual(['one', 'one', 'one', 'one']);
    expect(result.rows).toHaveLength(40);
  });

  it('as a factory chooses in each fit, so that validating it is nested', () => {
    const factory = selected({ candidates: [...polynomials, ...neighbours([2])], score: 'crps' });
    const model = factory.fit(data, rng());
    expect(model.chosen).toMatch(/^ridge degree=[23]$/);
    expect(factory.fromJSON(model.toJSON()).chosen).toBe(model.chosen);
    expect(crossValidate(factory, data, folds, rng()).metrics.r2).toBeGreaterThan(0.9);
    expect(() => selected({ candidates: [] })).toThrow('options.candidates');
    expect(() => selected({ candidates: polynomials, score: 'bias' as 'mae' })).toThrow('options.score');
    const onlyNeighbours = selected({ candidates: neighbours([1]) });
    expect(() => onlyNeighbours.fromJSON(model.toJSON())).toThrow('json.model must not be of kind "ridge"');
  });
});

describe('the rank correlation', () => {
  it('shares ranks between equals, as SciPy does', () => {
    expect(spearman([1, 2, 2, 3, 9, 7], [2, 1, 4, 4, 6, 5])).toBeCloseTo(0.8676470588235294, 12);
    expect(spearman([1, 2, 3], [3, 2, 1])).toBe(-1);
    expect(spearman([1, 2, 3], [5, 5, 5])).toBe(0);
    expect(spearman([1], [2])).toBe(0);
  });
});
