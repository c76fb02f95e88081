import { describe, expect, it } from '@jest/globals';
import { latinHypercube, matrix, Philox, type Matrix } from '@ionloop/linalg';
import {
  bayesianLinear,
  extraTrees,
  gaussianProcess,
  readSurrogate,
  type GrowingSurrogate,
  type Surrogate,
  type SurrogateJson,
} from '../../src/index.js';
import { surrogateContract } from '../../src/testing/index.js';

surrogateContract('a Gaussian process about a linear mean', gaussianProcess({ mean: 'linear', starts: 2 }));
surrogateContract(
  'a Gaussian process about a regression',
  gaussianProcess({ mean: bayesianLinear(), starts: 2 }),
);

/** A steep plane with a wiggle on it. */
function tilted(X: Matrix, rng?: Philox): Float64Array {
  return Float64Array.from({ length: X.rows }, (_, i) => {
    const [a, b] = [X.data[2 * i]!, X.data[2 * i + 1]!];
    return 20 * a - 10 * b + Math.sin(12 * a) + (rng ? 0.05 * rng.normal() : 0);
  });
}

const rng = Philox.fromSeed('tilted');
/** All in the lower left quarter: what lies beyond is for the mean to say. */
const X = matrix(
  30,
  2,
  latinHypercube(2, 30, rng).data.map((value) => 0.5 * value),
);
const y = tilted(X, rng);
const beyond = matrix(
  50,
  2,
  latinHypercube(2, 50, Philox.fromSeed('beyond')).data.map((v) => 0.5 + 0.5 * v),
);
const near = matrix(
  50,
  2,
  latinHypercube(2, 50, Philox.fromSeed('near')).data.map((v) => 0.5 * v),
);

const rmse = (factory: ReturnType<typeof gaussianProcess>, at: Matrix) => {
  const truth = tilted(at);
  const { mean } = factory.fit({ X, y }, Philox.fromSeed(1)).predict(at);
  return Math.sqrt(mean.reduce((sum, value, i) => sum + (value - truth[i]!) ** 2, 0) / truth.length);
};

describe('a mean function', () => {
  it('says what lies beyond the rows, where a constant does not', () => {
    const constant = rmse(gaussianProcess({ kernel: 'matern32' }), beyond);
    expect(rmse(gaussianProcess({ kernel: 'matern32', mean: 'linear' }), beyond)).toBeLessThan(
      0.6 * constant,
    );
    expect(rmse(gaussianProcess({ kernel: 'matern32', mean: bayesianLinear() }), beyond)).toBeLessThan(
      0.8 * constant,
    );
  });

  it('leaves to the process what it does not say itself', () => {
    const alone = bayesianLinear().fit({ X, y }, Philox.fromSeed(1)).predict(near).mean;
    const truth = tilted(near);
    const off = Math.sqrt(alone.reduce((sum, value, i) => sum + (value - truth[i]!) ** 2, 0) / truth.length);
    expect(rmse(gaussianProcess({ mean: bayesianLinear() }), near)).toBeLessThan(0.5 * off);
  });

  it('that passes through every row says as much of others as left-out rows promise', () => {
    // Extremely randomised trees: their residuals at the rows that they have seen are 0.
    const factory = gaussianProcess({ mean: extraTrees({ trees: 60 }) });
    const model = factory.fit({ X, y }, Philox.fromSeed(1));
    const { leftOut, metrics, importances, noiseVariance } = model.diagnostics();
    expect(leftOut.actual).toEqual([...y]);
    expect(importances).toBeUndefined();
    const truth = tilted(near, Philox.fromSeed('noise'));
    const { mean, variance } = model.predict(near);
    const off = mean.map((value, i) => Math.abs(value - truth[i]!));
    const fresh = Math.sqrt(off.reduce((sum, value) => sum + value * value, 0) / off.length);
    expect(fresh).toBeLessThan(1.3 * metrics.rmse);
    expect(fresh).toBeGreaterThan(0.6 * metrics.rmse);
    const covered = off.filter((value, i) => value < 1.96 * Math.sqrt(variance[i]! + noiseVariance!));
    expect(covered.length / off.length).toBeGreaterThan(0.75);
  });

  it('comes back from JSON by its factory or a reader, and stays as it is when rows are added', () => {
    const factory = gaussianProcess({ mean: extraTrees({ trees: 20 }) });
    const first = factory.fit({ X, y }, Philox.fromSeed(1)) as GrowingSurrogate;
    const grown = first.withRows({ X: near, y: tilted(near) });
    const json = JSON.parse(JSON.stringify(grown)) as SurrogateJson & {
      readonly mean: { readonly model: unknown };
    };
    expect(json.mean.model).toEqual((first.toJSON() as typeof json).mean.model);
    const read = extraTrees();
    for (const reader of [factory, gaussianProcess({ read: (one) => read.fromJSON(one) })]) {
      const back = reader.fromJSON(json);
      expect(back.predict(beyond)).toEqual(grown.predict(beyond));
      expect(back.diagnostics()).toEqual(grown.diagnostics());
      expect(back.sample(near, 3, Philox.fromSeed(2))).toEqual(grown.sample(near, 3, Philox.fromSeed(2)));
    }
    expect(() => gaussianProcess().fromJSON(json)).toThrow('options.mean must be the factory');
    expect(readSurrogate(json).predict(beyond)).toEqual(grown.predict(beyond));
    const truth = tilted(near);
    const error = (model: Surrogate) => {
      const { mean } = model.predict(near);
      return mean.reduce((sum, value, i) => sum + (value - truth[i]!) ** 2, 0);
    };
    expect(error(grown)).toBeLessThan(0.5 * error(first));
  });
});
