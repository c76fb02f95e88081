import { describe, expect, it } from '@jest/globals';
import { latinHypercube, matrix, Philox, type Matrix } from '@ionloop/linalg';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leastSquares, type Surrogate, type SurrogateJson } from '../../src/index.js';
import { beforeAllLoad, factories, wavy } from './support.js';

beforeAllLoad();

const column = (values: readonly number[]): Matrix => matrix(values.length, 1, Float64Array.from(values));

function rmse(model: Surrogate, X: Matrix, truth: ArrayLike<number>): number {
  const { mean } = model.predict(X);
  return Math.sqrt(mean.reduce((sum, value, i) => sum + (value - truth[i]!) ** 2, 0) / X.rows);
}

describe('a deep ensemble', () => {
  it('learns what no straight line can', () => {
    const data = wavy(120, 3, 1);
    const test = wavy(200, 3, 2, 0);
    const model = factories()
      .deepEnsemble({ widths: [32, 32], epochs: 200 })
      .fit(data, Philox.fromSeed(1));
    const line = leastSquares().fit(data, Philox.fromSeed(1));
    expect(rmse(model, test.X, test.y)).toBeLessThan(0.5 * rmse(line, test.X, test.y));
    const { importances, metrics } = model.diagnostics();
    expect(metrics.r2).toBeGreaterThan(0.8);
    expect(importances![0]).toBeGreaterThan(importances![1]!);
    expect(importances![1]).toBeGreaterThan(4 * importances![2]!);
  });

  it('tells where measurements scatter, and its left-out predictions are calibrated', () => {
    const rng = Philox.fromSeed('scatter');
    const x = Array.from({ length: 200 }, (_, i) => i / 199);
    const spread = (at: number) => 0.05 + 0.4 * at;
    const y = Float64Array.from(x, (at) => Math.sin(5 * at) + spread(at) * rng.normal());
    const model = factories()
      .deepEnsemble({ widths: [32, 32], epochs: 200 })
      .fit({ X: column(x), y }, Philox.fromSeed(1));
    const { leftOut, metrics, noiseVariance } = model.diagnostics();
    const sd = (from: number, to: number) =>
      Math.sqrt(leftOut.variance.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from));
    expect(sd(160, 200)).toBeGreaterThan(2 * sd(0, 40));
    expect(metrics.coverage80).toBeGreaterThan(0.7);
    expect(metrics.coverage80).toBeLessThan(0.9);
    expect(metrics.coverage95).toBeGreaterThan(0.87);
    expect(Math.sqrt(noiseVariance!)).toBeGreaterThan(0.2);
    expect(Math.sqrt(noiseVariance!)).toBeLessThan(0.35);
  });

  it('is less sure away from what it has seen', () => {
    const x = Array.from({ length: 40 }, (_, i) => (i < 20 ? 0.01 * i : 0.8 + 0.01 * (i - 20)));
    const y = Float64Array.from(x, (at) => Math.sin(6 * at));
    const model = factories()
      .deepEnsemble({ widths: [32, 32], epochs: 200 })
      .fit({ X: column(x), y }, Philox.fromSeed(1));
    const [seen, between, beyond] = model.predict(column([0.1, 0.5, 2])).variance;
    expect(between).toBeGreaterThan(4 * seen!);
    expect(beyond).toBeGreaterThan(20 * seen!);
  });

  it('uses the known error of rows, and how much each counts', () => {
    const x = Array.from({ length: 30 }, (_, i) => i / 29);
    const wrong = (i: number) => i % 3 === 0;
    const y = Float64Array.from(x, (at, i) => at + (wrong(i) ? 2 : 0));
    const fit = (given: { noise?: Float64Array; weights?: Float64Array }) =>
      factories()
        .deepEnsemble({ widths: [32], epochs: 100, learningRate: 0.03 })
        .fit({ X: column(x), y, ...given }, Philox.fromSeed(1));
    const plain = rmse(fit({}), column(x), x);
    const noisy = fit({ noise: Float64Array.from(x, (_, i) => (wrong(i) ? 25 : 1e-4)) });
    const weighed = fit({ weights: Float64Array.from(x, (_, i) => (wrong(i) ? 0.01 : 1)) });
    expect(rmse(noisy, column(x), x)).toBeLessThan(0.3 * plain);
    expect(rmse(weighed, column(x), x)).toBeLessThan(0.3 * plain);
    expect(noisy.diagnostics().leftOut.variance[0]).toBeGreaterThan(25);
  });

  it('draws functions: neighbouring rows move together', () => {
    const model = factories()
      .deepEnsemble({ epochs: 60 })
      .fit(wavy(30, 2, 1), Philox.fromSeed(1));
    const draws = model.sample(matrix(2, 2, Float64Array.of(0.3, 0.3, 0.3001, 0.3)), 50, Philox.fromSeed(2));
    const { variance } = model.predict(matrix(1, 2, Float64Array.of(0.3, 0.3)));
    expect(model.sampleIsJoint).toBe(true);
    for (let k = 0; k < 50; k++)
      expect(Math.abs(draws.data[2 * k]! - draws.data[2 * k + 1]!)).toBeLessThan(
        0.1 * Math.sqrt(variance[0]!),
      );
    expect(new Set(draws.data).size).toBe(100);
  });

  it('is fitted to the bit alike with batches that do not divide the rows', () => {
    const fit = () =>
      factories()
        .deepEnsemble({ epochs: 20, batchSize: 7 })
        .fit(wavy(30, 2, 1), Philox.fromSeed(1));
    expect(fit().toJSON()).toEqual(fit().toJSON());
  });

  it('is read as it was written', () => {
    const file = join(__dirname, '../fixtures/v1/deep-ensemble.json');
    const { model, inputs, expected } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly model: SurrogateJson;
      readonly inputs: { readonly rows: number; readonly cols: number; readonly data: number[] };
      readonly expected: { readonly mean: number[]; readonly variance: number[] };
    };
    const read = factories().deepEnsemble().fromJSON(model);
    const { mean, variance } = read.predict(matrix(inputs.rows, inputs.cols, Float64Array.from(inputs.data)));
    expect([...mean]).toEqual(expected.mean);
    expect([...variance]).toEqual(expected.variance);
    expect(read.toJSON()).toEqual(model);
  });

  it('refuses what is no model', () => {
    const factory = factories().deepEnsemble({ epochs: 1, widths: [2] });
    const json = factory.fit(wavy(5, 2, 1), Philox.fromSeed(1)).toJSON();
    expect(() => factory.fromJSON({ ...json, members: [[1, 2, 3]] })).toThrow(
      'json.members[0] must hold 12 numbers',
    );
    expect(() => factory.fromJSON({ ...json, activation: 'step' })).toThrow(
      'json.activation must be one of swish',
    );
    expect(() => factory.fromJSON({ ...json, members: 3 })).toThrow('json.members must be a list');
    expect(() => factories().neuralNetwork().fromJSON(json)).toThrow('json.kind');
  });

  it('refuses options that make no sense, naming them', () => {
    const { deepEnsemble, neuralNetwork } = factories();
    expect(() => deepEnsemble({ members: 1 })).toThrow('options.members');
    expect(() => deepEnsemble({ widths: [16, 0] })).toThrow('options.widths');
    expect(() => deepEnsemble({ activation: 'step' as 'relu' })).toThrow('options.activation');
    expect(() => deepEnsemble({ epochs: 0.5 })).toThrow('options.epochs');
    expect(() => deepEnsemble({ batchSize: 0 })).toThrow('options.batchSize');
    expect(() => deepEnsemble({ learningRate: 0 })).toThrow('options.learningRate');
    expect(() => neuralNetwork({ beta: 2 })).toThrow('options.beta');
    expect(() => neuralNetwork({ priorStrength: -1 })).toThrow('options.priorStrength');
  });
});

describe('a neural network', () => {
  it('is one net, whose variance holds what measurements scatter', () => {
    const data = wavy(80, 2, 1, 0.2);
    const model = factories()
      .neuralNetwork({ widths: [32, 32], epochs: 150 })
      .fit(data, Philox.fromSeed(1));
    const test = wavy(100, 2, 2, 0);
    expect(rmse(model, test.X, test.y)).toBeLessThan(0.25);
    const sd = Math.sqrt(model.predict(latinHypercube(2, 1, Philox.fromSeed(1))).variance[0]!);
    expect(sd).toBeGreaterThan(0.1);
    expect(sd).toBeLessThan(0.5);
    expect(model.sampleIsJoint).toBe(false);
  });
});
