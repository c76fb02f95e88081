import { describe, expect, it } from '@jest/globals';
import { fromRows, Philox } from '@ionloop/linalg';
import { describeGolden, reference } from '../../../../test/support/shared.js';
import { logistic } from '../../src/logistic/logistic.js';
import { sigmoid, softplus } from '../../src/logistic/sigmoid.js';
import { classifierContract } from '../classifierContract.js';
import { expectClose } from '../close.js';
// scikit-learn's LogisticRegression on standardised inputs, by Newton's method to the end.
import expected from './expected.json' with { type: 'json' };

classifierContract('logistic classification', logistic());

const rng = () => Philox.fromSeed(1);

interface Golden {
  readonly X: number[][];
  readonly Xtest: number[][];
  readonly logistic: {
    readonly C: number;
    readonly labels: number[];
    readonly probability: number[];
    readonly tolerance: number;
  };
}

describeGolden('logistic classification against the reference numbers', () => {
  const { X, Xtest, logistic: golden } = reference<Golden>('regressors.json');

  it('of inputs as they are', () => {
    const data = { X: fromRows(X), labels: Uint8Array.from(golden.labels) };
    const model = logistic({ C: golden.C, standardise: false }).fit(data, rng());
    const p = model.probability(fromRows(Xtest));
    golden.probability.forEach((one, i) => expect(Math.abs(p[i]! - one)).toBeLessThan(golden.tolerance));
  });
});

describe('logistic classification', () => {
  const data = { X: fromRows(expected.X), labels: Uint8Array.from(expected.labels) };

  it.each(expected.cases)('as the reference: C = $C', ({ C, probability }) => {
    expectClose(logistic({ C }).fit(data, rng()).probability(fromRows(expected.Xtest)), probability, 1e-9);
  });

  it('of classes that can be told apart without error stays finite, steeper for a larger C', () => {
    const X = fromRows([[0], [1], [2], [3]]);
    const labels = Uint8Array.of(0, 0, 1, 1);
    const at = fromRows([[3], [1.5]]);
    const mild = logistic({ C: 1 }).fit({ X, labels }, rng()).probability(at);
    const steep = logistic({ C: 1e4 }).fit({ X, labels }, rng()).probability(at);
    expect(mild[0]!).toBeGreaterThan(0.75);
    expect(steep[0]!).toBeGreaterThan(mild[0]!);
    expect(steep[0]!).toBeLessThan(1);
    expect(mild[1]).toBeCloseTo(0.5, 9);
  });

  it('of one class says what is known before looking at x', () => {
    const model = logistic().fit({ X: data.X, labels: new Uint8Array(40).fill(1) }, rng());
    expectClose(model.probability(fromRows(expected.Xtest)), new Array<number>(7).fill(41 / 42), 1e-15);
  });

  it('has a logistic function and a logarithm of it that hold at the ends', () => {
    expect([sigmoid(-800), sigmoid(0), sigmoid(800)]).toEqual([0, 0.5, 1]);
    expect(softplus(-800)).toBe(0);
    expect(softplus(800)).toBe(800);
    expectClose([softplus(-30) * 1e13, softplus(1)], [0.9357622968839737, 1.3132616875182228], 1e-14);
  });

  it('a C of 0 is refused by name', () => {
    expect(() => logistic({ C: 0 })).toThrow('options.C must be above 0');
  });
});
