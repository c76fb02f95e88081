import { describe, expect, it } from '@jest/globals';
import { dot, fromRows, latinHypercube, Philox } from '@ionloop/linalg';
import { describeGolden, reference } from '../../../../test/support/shared.js';
import { supportVector, type SupportVectorOptions } from '../../src/support-vector/supportVector.js';
import { surrogateContract } from '../../src/testing/index.js';
import { kernelMatrix, type SupportVectorKernel } from '../../src/support-vector/kernel.js';
import { solveDual } from '../../src/support-vector/smo.js';
import { expectClose } from '../close.js';
// scikit-learn's SVR; which keeps its kernel matrix in single precision: the rows that it finds at a bound and free are then solved for in
// double precision.
import expected from './expected.json' with { type: 'json' };

surrogateContract('support vectors', supportVector());
surrogateContract('support vectors of a cubic kernel', supportVector({ kernel: 'polynomial', C: 1 }));

const rng = () => Philox.fromSeed(1);

interface GoldenCase {
  readonly C: number;
  readonly epsilon: number;
  readonly gamma: number;
  readonly coef0?: number;
  readonly degree?: number;
  readonly prediction: number[];
  readonly tolerance: number;
}

interface Golden {
  readonly X: number[][];
  readonly y: number[];
  readonly Xtest: number[][];
  readonly svrRbf: GoldenCase;
  readonly svrPoly: GoldenCase;
}

describeGolden('support vector regression against the reference numbers', () => {
  const golden = reference<Golden>('regressors.json');

  it.each([
    ['rbf', golden.svrRbf],
    ['polynomial', golden.svrPoly],
  ] as const)('%s', (kernel, { C, epsilon, gamma, coef0, degree, prediction, tolerance }) => {
    const options: SupportVectorOptions = {
      ...{ kernel, C, epsilon, gamma, standardise: false, members: 2, tolerance: 1e-6 },
      ...(coef0 === undefined ? {} : { offset: coef0 }),
      ...(degree === undefined ? {} : { degree }),
    };
    const data = { X: fromRows(golden.X), y: Float64Array.from(golden.y) };
    const { mean } = supportVector(options).fit(data, rng()).predict(fromRows(golden.Xtest));
    prediction.forEach((value, i) => expect(Math.abs(mean[i]! - value)).toBeLessThan(tolerance));
  });
});

describe('the dual by sequential minimal optimisation', () => {
  const X = fromRows(expected.X);
  const y = Float64Array.from(expected.y);
  const cases = expected.cases.map((one, i) => [`${one.kernel}, case ${i}`, one] as const);

  it.each(cases)('has the objective and predictions of the reference: %s', (_, one) => {
    const settings = { ...one, kernel: one.kernel as SupportVectorKernel };
    const C = y.map((_value, i) => one.C * (one.weighted ? expected.weights[i]! : 1));
    const K = kernelMatrix(X, X, settings);
    const { beta, intercept, objective, gap } = solveDual({
      ...{ K, y, C, epsilon: one.epsilon, tolerance: 1e-8 },
    });
    expect(gap).toBeLessThanOrEqual(1e-8);
    expect(objective / one.objective).toBeCloseTo(1, 10);
    expect(intercept).toBeCloseTo(one.intercept, 7);
    const at = kernelMatrix(fromRows(expected.Xtest), X, settings);
    const values = one.prediction.map((_value, i) => intercept + dot(at.data, i * 50, beta, 0, 50));
    expectClose(values, one.prediction, 1e-7);
    expect(Math.abs(beta.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-10 * one.C);
    beta.forEach((value, i) => expect(Math.abs(value)).toBeLessThanOrEqual(C[i]!));
  });
});

describe('support vectors', () => {
  const wave = (n: number, noise: number, seed: number) => {
    const X = latinHypercube(2, n, Philox.fromSeed(seed).split('X'));
    const draws = Philox.fromSeed(seed).split('noise');
    const y = Float64Array.from({ length: n }, (_, i) => {
      const [a, b] = [X.data[2 * i]!, X.data[2 * i + 1]!];
      return 20 + 8 * a * (1 - a) + 3 * b + noise * draws.normal();
    });
    return { X, y };
  };

  it('do not care about the units of inputs and response', () => {
    const { X, y } = wave(30, 0.1, 1);
    const plain = supportVector().fit({ X, y }, rng()).predict(X);
    const other = { X: { ...X, data: X.data.map((v) => 64 * v) }, y: y.map((v) => 1024 * v) };
    const wide = supportVector().fit(other, rng()).predict(other.X);
    expectClose(
      wide.mean.map((value) => value / 1024),
      plain.mean,
      1e-12,
    );
  });

  it('find the noise by what the bags left out, and are wider where there is no data', () => {
    const model = supportVector().fit(wave(150, 0.5, 2), rng());
    const { noiseVariance, metrics } = model.diagnostics();
    expect(Math.sqrt(noiseVariance!)).toBeGreaterThan(0.4);
    expect(Math.sqrt(noiseVariance!)).toBeLessThan(0.65);
    expect(metrics.coverage95).toBeGreaterThan(0.9);
    const { variance } = model.predict(
      fromRows([
        [0.5, 0.5],
        [2, -1],
      ]),
    );
    expect(variance[1]! / variance[0]!).toBeGreaterThan(1.5);
  });

  it('a row of weight 2 is a row twice for the mean, one of weight 0 is none', () => {
    const { X, y } = wave(12, 0.3, 3);
    const weights = Float64Array.from(y, (_, i) => (i === 4 ? 0 : i === 7 ? 2 : 1));
    const raw = { standardise: false, tolerance: 1e-9, members: 2 };
    const rows = Array.from(y.keys()).flatMap((i) => (i === 4 ? [] : i === 7 ? [i, i] : [i]));
    const twice = {
      X: fromRows(rows.map((i) => [X.data[2 * i]!, X.data[2 * i + 1]!])),
      y: Float64Array.from(rows, (i) => y[i]!),
    };
    const one = supportVector({ ...raw, C: 0.5 })
      .fit({ X, y, weights }, rng())
      .predict(X).mean;
    expectClose(
      supportVector({ ...raw, C: 0.5 })
        .fit(twice, rng())
        .predict(X).mean,
      one,
      1e-8,
    );
  });

  it('options that make no sense are refused by name', () => {
    expect(() => supportVector({ C: 0 })).toThrow('options.C must be above 0');
    expect(() => supportVector({ epsilon: -1 })).toThrow('options.epsilon must be at least 0');
    expect(() => supportVector({ gamma: NaN })).toThrow('options.gamma');
    expect(() => supportVector({ members: 1 })).toThrow('options.members');
    expect(() => supportVector({ degree: 0 })).toThrow('options.degree');
    expect(() => supportVector({ kernel: 'linear' as 'rbf' })).toThrow('options.kernel must be one of');
  });
});
