import { describe, expect, it } from '@jest/globals';
import { latinHypercube, Philox } from '@ionloop/linalg';
import {
  gaussianProcess,
  nearestNeighbours,
  randomForest,
  ridge,
  stack,
  type StackMember,
  type SurrogateFactory,
  type SurrogateJson,
} from '../../src/index.js';
import { logDensities, stackingWeights } from '../../src/stack/weights.js';
import { surrogateContract } from '../../src/testing/index.js';

const linear: StackMember = { name: 'linear', factory: ridge() };
const process: StackMember = { name: 'gp', factory: gaussianProcess() };
const neighbours: StackMember = { name: 'knn', factory: nearestNeighbours() };

surrogateContract(
  'a stack by its members own account',
  stack({ members: [process, neighbours], leftOut: 'own' }),
);
surrogateContract('a stack by folds', stack({ members: [linear, neighbours] }));

const score = (densities: readonly Float64Array[], weights: ArrayLike<number>) =>
  densities[0]!.reduce(
    (sum, _, i) =>
      sum + Math.log(densities.reduce((mixed, density, j) => mixed + weights[j]! * Math.exp(density[i]!), 0)),
    0,
  );

describe('stacking weights', () => {
  const rng = Philox.fromSeed('weights');
  const draw = (n: number) => Float64Array.from({ length: n }, () => rng.normal());

  it('are where no other point of the simplex is better', () => {
    const densities = [0, 1, 2].map((j) => draw(60).map((value, i) => value - 2 * ((i % 3) - j) ** 2));
    const weights = stackingWeights(densities);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    const best = score(densities, weights);
    for (let a = 0; a <= 20; a++)
      for (let b = 0; b + a <= 20; b++)
        expect(score(densities, [a / 20, b / 20, (20 - a - b) / 20])).toBeLessThanOrEqual(best + 1e-6);
    // Where all densities are taken together, no member's slope exceeds 1: the condition of an optimum.
    densities.forEach((density, j) => {
      const slope =
        density.reduce((sum, value, i) => {
          const mixed = densities.reduce((all, other, k) => all + weights[k]! * Math.exp(other[i]!), 0);
          return sum + Math.exp(value) / mixed;
        }, 0) / density.length;
      if (weights[j]! > 0) expect(slope).toBeCloseTo(1, 4);
      else expect(slope).toBeLessThan(1 + 1e-4);
    });
  });

  it('are the closed form of two members that are right by turns', () => {
    // p is 1 and e⁻ᵏ: three rows of four for the first. The optimum of ¾ ln(w + (1 − w)q) + ¼ ln(wq + 1 − w).
    const q = Math.exp(-3);
    const first = Float64Array.of(0, 0, 0, -3);
    const second = Float64Array.of(-3, -3, -3, 0);
    expect(stackingWeights([first, second])[0]).toBeCloseTo((0.75 - 0.25 * q) / (1 - q), 6);
  });

  it('leave nothing to a member that is always worse, and follow the rows that count', () => {
    const good = draw(30);
    expect([...stackingWeights([good, good.map((value) => value - 1)])]).toEqual([1, 0]);
    const first = Float64Array.of(0, -9);
    const second = Float64Array.of(-9, 0);
    expect([...stackingWeights([first, second], Float64Array.of(0, 1))]).toEqual([0, 1]);
  });

  it('survive densities beyond what a number holds', () => {
    const far = { mean: [0, 0], variance: [1e-4, 1e-4], actual: [10, 20] };
    const near = { mean: [9, 19], variance: [1, 1], actual: [10, 20] };
    expect([...stackingWeights([far, near].map(logDensities))]).toEqual([0, 1]);
  });
});

describe('a stack', () => {
  const rng = Philox.fromSeed('a stack');
  const X = latinHypercube(2, 60, rng.split('X'));
  const noise = rng.split('noise');
  const y = Float64Array.from({ length: 60 }, (_, i) => {
    const [a, b] = [X.data[2 * i]!, X.data[2 * i + 1]!];
    return Math.sin(7 * a) + b + 0.02 * noise.normal();
  });
  const broken: SurrogateFactory = {
    ...ridge(),
    kind: 'broken',
    fit: () => {
      throw new Error('it never can');
    },
  };

  it('says who earned what, and leaves out who cannot be fitted, with the reason', () => {
    const members = [process, linear, { name: 'broken', factory: broken }];
    const factory = stack({ members, leftOut: 'own' });
    const model = factory.fit({ X, y }, Philox.fromSeed(1));
    expect(model.weights.map(({ name }) => name)).toEqual(['gp', 'linear', 'broken']);
    expect(model.weights[0]!.weight).toBeGreaterThan(0.9);
    expect(model.weights[2]).toEqual({ name: 'broken', weight: 0, reason: 'it never can' });
    const back = factory.fromJSON(JSON.parse(JSON.stringify(model)) as SurrogateJson);
    expect(back.weights).toEqual(model.weights);
    expect(() => stack({ members: [{ name: 'broken', factory: broken }] }).fit({ X, y }, rng)).toThrow(
      'never can',
    );
  });

  it('is at least as good on what is left out as its best member', () => {
    const members = [process, linear, neighbours];
    const whole = stack({ members }).fit({ X, y }, Philox.fromSeed(2)).diagnostics().metrics;
    for (const member of members) {
      const alone = stack({ members: [member] })
        .fit({ X, y }, Philox.fromSeed(2))
        .diagnostics().metrics;
      expect(whole.nlpd).toBeLessThan(alone.nlpd + 0.02);
    }
  });

  it('leaves out groups whole: a model that remembers rows earns nothing by it', () => {
    // Each group says nothing about another, and repeats itself.
    const n = 60;
    const groups = Int32Array.from({ length: n }, (_, i) => i % 15);
    const level = Array.from({ length: 15 }, () => 3 * noise.normal());
    const grouped = Float64Array.from(groups, (group) => level[group]! + 0.01 * noise.normal());
    const inputs = latinHypercube(1, n, rng.split('inputs'));
    groups.forEach((group, i) => (inputs.data[i] = group / 15 + 1e-4 * inputs.data[i]!));
    const members = [
      { name: 'knn', factory: nearestNeighbours({ k: 1 }) },
      { name: 'linear', factory: ridge() },
    ];
    const weightOf = (data: Parameters<SurrogateFactory['fit']>[0]) =>
      stack({ members }).fit(data, Philox.fromSeed(3)).weights[0]!.weight;
    expect(weightOf({ X: inputs, y: grouped })).toBeGreaterThan(0.9);
    expect(weightOf({ X: inputs, y: grouped, groups })).toBeLessThan(0.5);
  });

  it('takes what all of its members take', () => {
    const forest = { name: 'forest', factory: randomForest() };
    expect(stack({ members: [forest] }).capabilities.missing).toBe(true);
    expect(stack({ members: [forest, linear] }).capabilities.missing).toBe(false);
  });

  it('refuses members of one name, none, and a record of members that it does not have', () => {
    expect(() => stack({ members: [] })).toThrow('options.members.length must be');
    expect(() => stack({ members: [linear, linear] })).toThrow('"linear" comes twice');
    const json = stack({ members: [linear] })
      .fit({ X, y }, Philox.fromSeed(1))
      .toJSON();
    expect(() => stack({ members: [process] }).fromJSON(json)).toThrow(
      'must not hold a member "linear" here',
    );
  });
});
