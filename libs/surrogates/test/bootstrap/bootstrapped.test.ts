import { describe, expect, it } from '@jest/globals';
import { latinHypercube, matrix, Philox, selectRows } from '@ionloop/linalg';
import { bootstrapped } from '../../src/bootstrap/bootstrapped.js';
import { decisionTree } from '../../src/decision-tree/decisionTree.js';
import { leastSquares } from '../../src/linear/leastSquares.js';
import { nearestNeighbours } from '../../src/nearest-neighbours/nearestNeighbours.js';
import { surrogateContract } from '../../src/testing/index.js';

surrogateContract('a bootstrap of straight lines', bootstrapped(leastSquares(), { members: 10 }));
surrogateContract('a bootstrap of neighbours', bootstrapped(nearestNeighbours({ k: 3 }), { members: 8 }));

const rng = () => Philox.fromSeed('bootstrap');

/** A straight line through 60 rows with noise of 0.5. */
function lineOf(seed: string, n = 60) {
  const stream = Philox.fromSeed(seed);
  const X = latinHypercube(1, n, stream.split('X'));
  const noise = stream.split('noise').normals(n);
  return { X, y: Float64Array.from(X.data, (x, i) => 1 + 2 * x + 0.5 * noise[i]!) };
}

describe('bootstrapped', () => {
  it('says what the model of all rows says, whatever the members are', () => {
    const data = lineOf('mean');
    const at = matrix(2, 1, Float64Array.of(0.2, 0.9));
    const plain = leastSquares().fit(data, rng()).predict(at).mean;
    expect([...bootstrapped(leastSquares()).fit(data, rng()).predict(at).mean]).toEqual([...plain]);
  });

  it('gives a straight line the standard error that theory gives it, and its noise', () => {
    const middle = matrix(1, 1, Float64Array.of(0.5));
    const models = Array.from({ length: 12 }, (_, k) =>
      bootstrapped(leastSquares(), { members: 60 }).fit(lineOf(`theory ${k}`), rng().split(`${k}`)),
    );
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = mean(models.map((model) => model.predict(middle).variance[0]!));
    // σ²/n in the middle of the rows.
    expect(variance / (0.25 / 60)).toBeGreaterThan(0.75);
    expect(variance / (0.25 / 60)).toBeLessThan(1.25);
    const noise = mean(models.map((model) => model.diagnostics().noiseVariance!));
    expect(noise / 0.25).toBeGreaterThan(0.85);
    expect(noise / 0.25).toBeLessThan(1.15);
  });

  it('doubts where few rows are', () => {
    const { X, y } = lineOf('doubt');
    const few = Array.from(X.data.keys()).filter((i) => X.data[i]! < 0.5 || i % 10 === 0);
    const model = bootstrapped(decisionTree({ maxDepth: 3 }), { members: 40 }).fit(
      { X: selectRows(X, few), y: Float64Array.from(few, (i) => y[i]!) },
      rng(),
    );
    const { variance } = model.predict(matrix(2, 1, Float64Array.of(0.25, 0.85)));
    expect(variance[1]).toBeGreaterThan(1.5 * variance[0]!);
  });

  it('holds what it should in its left-out intervals', () => {
    const { metrics } = bootstrapped(leastSquares()).fit(lineOf('coverage', 200), rng()).diagnostics();
    expect(metrics.coverage95).toBeGreaterThan(0.9);
    expect(metrics.coverage95).toBeLessThan(0.99);
  });

  it('needs two members at least', () => {
    expect(() => bootstrapped(leastSquares(), { members: 1 })).toThrow('options.members');
  });
});
