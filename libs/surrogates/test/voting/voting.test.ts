import { describe, expect, it } from '@jest/globals';
import { latinHypercube, Philox } from '@ionloop/linalg';
import { leastSquares } from '../../src/linear/leastSquares.js';
import { ridge } from '../../src/linear/ridge.js';
import { nearestNeighbours } from '../../src/nearest-neighbours/nearestNeighbours.js';
import { supportVector } from '../../src/support-vector/supportVector.js';
import { surrogateContract } from '../../src/testing/index.js';
import { voting } from '../../src/voting/voting.js';

const mixedMembers = [
  { factory: nearestNeighbours() },
  { factory: ridge({ degree: 2 }), weight: 2 },
  { factory: supportVector({ members: 5 }) },
];
surrogateContract('a vote of three models', voting({ members: mixedMembers }));
surrogateContract('a vote of one model', voting({ members: [{ factory: leastSquares() }] }));

const rng = () => Philox.fromSeed(1);
const X = latinHypercube(2, 15, rng().split('X'));
const y = X.data.filter((_, at) => at % 2 === 0).map((value) => 2 + value * value);
const at = latinHypercube(2, 6, rng().split('at'));

describe('voting', () => {
  it('means the mean of its members and doubts what they doubt and what they disagree on', () => {
    const pair = [
      { factory: leastSquares(), weight: 3 },
      { factory: nearestNeighbours(), weight: 1 },
    ];
    const model = voting({ members: pair }).fit({ X, y }, rng());
    const [a, b] = pair.map(({ factory }, i) => factory.fit({ X, y }, rng().split(`member ${i}`)));
    const [pa, pb] = [a!.predict(at), b!.predict(at)];
    const { mean, variance } = model.predict(at);
    mean.forEach((value, i) => {
      const [ma, mb] = [pa.mean[i]!, pb.mean[i]!];
      expect(value).toBeCloseTo(0.75 * ma + 0.25 * mb, 12);
      const within = 0.75 * pa.variance[i]! + 0.25 * pb.variance[i]!;
      expect(variance[i]).toBeCloseTo(within + 0.75 * 0.25 * (ma - mb) ** 2, 12);
    });
    const { leftOut, noiseVariance } = model.diagnostics();
    const [la, lb] = [a!.diagnostics(), b!.diagnostics()];
    expect(leftOut.mean[4]).toBeCloseTo(0.75 * la.leftOut.mean[4]! + 0.25 * lb.leftOut.mean[4]!, 12);
    expect(noiseVariance).toBeCloseTo(0.75 * la.noiseVariance!, 12);
  });

  it('can use what all of its members can', () => {
    expect(voting({ members: mixedMembers }).capabilities).toMatchObject({
      weights: true,
      categorical: false,
    });
    const neighbours = { factory: nearestNeighbours() };
    expect(voting({ members: [neighbours] }).capabilities.categorical).toBe(true);
  });

  it('reads its members by their kind, or as it is told to', () => {
    const json = voting({ members: [{ factory: leastSquares() }] })
      .fit({ X, y }, rng())
      .toJSON();
    const other = [{ factory: ridge() }];
    expect(() => voting({ members: other }).fromJSON(json)).toThrow('of kind "least-squares"');
    const told = voting({ members: other, read: (member) => leastSquares().fromJSON(member) });
    expect(told.fromJSON(json).toJSON()).toEqual(json);
  });

  it('refuses weights and members that make no sense', () => {
    expect(() => voting({ members: [] })).toThrow('options.members');
    const free = [{ factory: ridge(), weight: 0 }];
    expect(() => voting({ members: free })).toThrow('options.members[0].weight must be above 0');
  });
});
