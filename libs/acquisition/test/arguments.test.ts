import { describe, expect, it } from '@jest/globals';
import { matrix, Philox } from '@ionloop/linalg';
import {
  adaptiveShares,
  betaOfConfidence,
  betaOfRound,
  chebyshev,
  coolDown,
  crossCovariance,
  drawMember,
  ei,
  expectedHypervolumeImprovement,
  frontRange,
  hedgeShares,
  hypervolume,
  knowledgeGradient,
  learn,
  localPenalisationBatch,
  logEhvi,
  logEi,
  logEiBatch,
  logEiSlopes,
  logExpectedImprovement,
  logPi,
  logTargetEi,
  logWindow,
  matchValue,
  maxValueEntropy,
  noisyExpectedImprovement,
  nonDominatedBoxes,
  overallDesirability,
  parEgo,
  perCost,
  pi,
  portfolio,
  sampledHypervolumeImprovement,
  simplexWeights,
  targetImprovement,
  targetProbability,
  thompsonSampling,
  topTwoExpectedImprovement,
  upperConfidenceBound,
  whereFeasible,
  withOutcomeConstraints,
} from '../src/index.js';
import { believed } from './support.js';

const of = (...values: number[]) => Float64Array.from(values);
const model = believed(of(0, 1, 0.5), of(1, 1, 1));
const X = matrix(3, 1, of(0, 1, 2));
const context = (change = {}) => ({ best: 0, observed: X, rng: Philox.fromSeed(1), ...change });
const outcomes = matrix(2, 2, of(0, 1, 1, 0));
const several = { outcomes, rng: Philox.fromSeed(1) };
const logEI = logExpectedImprovement();

describe('arguments', () => {
  it.each<[string, () => unknown]>([
    ['budget must be above 0 and finite, not 0', () => coolDown(0, 0)],
    ['budget must be above 0 and finite, not Infinity', () => coolDown(Infinity, 0)],
    ['spent must be at least 0, not -1', () => coolDown(1, -1)],
    ['exponent must lie in 0 … 1, not -0.1', () => perCost(logEI, () => of(1), -0.1)],
    ['exponent must lie in 0 … 1, not 1.1', () => perCost(logEI, () => of(1), 1.1)],
    [
      'costs must be above 0 and finite; element 2 is Infinity',
      () => perCost(logEI, () => of(1, 2, Infinity)).score(model, X, context()),
    ],
    ['costs', () => perCost(logEI, () => of(1, 2)).score(model, X, context())],
    ['probabilities', () => whereFeasible(logEI, () => of(1, 1)).score(model, X, context())],
    [
      'probabilities must lie in 0 … 1; element 1 is -0.5',
      () => whereFeasible(logEI, () => of(1, -0.5, 1)).score(model, X, context()),
    ],
    [
      'constraints[1] must have low ≤ high, not 1 … NaN',
      () =>
        withOutcomeConstraints(logEI, [
          { model, low: 0, high: 1 },
          { model, low: 1, high: NaN },
        ]),
    ],
    ['rate must be above 0, not 0', () => hedgeShares([1], 0)],
    ['rate must be above 0, not Infinity', () => hedgeShares([1], Infinity)],
    ['gains must hold at least one', () => hedgeShares([])],
    ['shares must hold at least one', () => drawMember(of(), Philox.fromSeed(1))],
    ['members must hold at least one', () => portfolio([], of())],
    ['shares', () => portfolio([logEI], of(1, 2))],
    [
      'records[1] must have 0 ≤ improvements ≤ uses',
      () =>
        adaptiveShares([
          { uses: 0, improvements: 0 },
          { uses: 1, improvements: -1 },
        ]),
    ],
    [
      'records[0] must have 0 ≤ improvements ≤ uses',
      () => adaptiveShares([{ uses: Infinity, improvements: 1 }]),
    ],
    ['options.draws must be', () => maxValueEntropy({ draws: 0 })],
    ['options.draws must be', () => noisyExpectedImprovement({ draws: 0 }).score(model, X, context())],
    ['options.draws must be', () => crossCovariance(model, X, X, Philox.fromSeed(1), { draws: 7 })],
    [
      'options.pool must hold at least one row',
      () => learn({ pool: matrix(0, 1) }).score(model, X, context()),
    ],
    ['confidence must lie in 0.5 … 1, 1 excluded, not 0.4', () => betaOfConfidence(0.4)],
    ['round must be', () => betaOfRound(0, 1)],
    ['d must be', () => betaOfRound(1, 0)],
    ['beta must be a number of at least 0, not Infinity', () => upperConfidenceBound(Infinity)],
    ['p must be', () => simplexWeights(0, Philox.fromSeed(1))],
    ['nadir', () => chebyshev(of(1, 1), of(0), of(1, 1))],
    ['ideal', () => chebyshev(of(1, 1), of(0, 0), of(1))],
    ['weights must be finite and at least 0', () => chebyshev(of(Infinity), of(0), of(1))],
    ['Y must hold at least one row', () => frontRange(matrix(0, 2))],
    ['Y must have 1 columns', () => hypervolume(matrix(1, 2), of(0))],
    ['reference must hold 1 to 4 numbers, not 0', () => hypervolume(matrix(1, 0), of())],
    ['reference must hold 1 to 4 numbers, not 0', () => nonDominatedBoxes(matrix(1, 0), of())],
    ['reference must hold 1 to 4 numbers, not 5', () => nonDominatedBoxes(matrix(1, 5), new Float64Array(5))],
    ['mean', () => logEhvi(nonDominatedBoxes(outcomes, of(0, 0)), [1], [1, 1])],
    ['sd', () => logEhvi(nonDominatedBoxes(outcomes, of(0, 0)), [1, 1], [1])],
    [
      'context.outcomes must have 1 columns',
      () => expectedHypervolumeImprovement().score([model], X, several),
    ],
    ['context.outcomes must have 3 columns', () => parEgo().score([model, model, model], X, several)],
    [
      'context.observed must be given where outcomes are noisy',
      () => sampledHypervolumeImprovement({ noisy: true }).score([model, model], X, several),
    ],
    [
      'desires[1] must have finite and different',
      () =>
        overallDesirability([
          { from: 0, to: 1 },
          { from: -Infinity, to: 1 },
        ]),
    ],
    ['desires[0] must have finite and different', () => overallDesirability([{ from: 0, to: Infinity }])],
    ['desires[0] must have `to` between', () => overallDesirability([{ from: 0, to: 1, until: 1 }])],
    [
      'desires[0] must have a power above 0 and a weight of at least 0, both finite',
      () => overallDesirability([{ from: 0, to: 1, power: 0 }]),
    ],
    ['desires[0] must have a power', () => overallDesirability([{ from: 0, to: 1, weight: -1 }])],
    ['desires[0] must have a power', () => overallDesirability([{ from: 0, to: 1, weight: Infinity }])],
    ['desires must hold one of a weight above 0', () => overallDesirability([{ from: 0, to: 1, weight: 0 }])],
    [
      'interval must have low ≤ high, one of them finite, not Infinity … Infinity',
      () => targetImprovement({ low: Infinity, high: Infinity }),
    ],
    ['interval must have low ≤ high', () => targetProbability({ low: NaN, high: 1 })],
    ['tolerance must be at least 0, not NaN', () => matchValue(1, NaN)],
    [
      'context.responses must hold at least one number',
      () => targetImprovement({ low: 0, high: 1 }).score(model, X, context({ responses: of() })),
    ],
    [
      'context.observed must hold at least one row',
      () => targetImprovement({ low: 0, high: 1 }).score(model, X, { best: 0, rng: Philox.fromSeed(1) }),
    ],
    ['context.best must be finite, not Infinity', () => logEiBatch(model, X, 1, context({ best: Infinity }))],
    [
      'options.leaderShare must lie in 0 … 1, not -0.1',
      () => topTwoExpectedImprovement({ leaderShare: -0.1 }),
    ],
    [
      'options.steepest must be above 0 and finite, not Infinity',
      () => localPenalisationBatch(model, X, 1, logEI, context(), { steepest: Infinity }),
    ],
    ['context.pending', () => localPenalisationBatch(model, X, 1, logEI, context({ pending: matrix(1, 2) }))],
    ['sd must be above 0, not 0', () => logEiSlopes(0, 0, 0)],
  ])('%s', (says, act) => {
    expect(act).toThrow(says);
  });

  it('may lie on the ends of what is allowed', () => {
    const flat = () => of(1, 1, 1);
    const scores = logEI.score(model, X, context());
    expect(perCost(logEI, flat, 0).score(model, X, context())).toEqual(scores);
    expect(perCost(logEI, flat, 1).score(model, X, context())).toEqual(scores);
    expect(whereFeasible(logEI, flat).score(model, X, context())).toEqual(scores);
    expect(whereFeasible(logEI, () => of(0, 0, 0)).score(model, X, context())).toEqual(
      new Float64Array(3).fill(-Infinity),
    );
    expect(() => withOutcomeConstraints(logEI, [{ model, low: 1, high: 1 }])).not.toThrow();
    expect([coolDown(1, 0), coolDown(1, 1)]).toEqual([1, 0]);
    expect(betaOfConfidence(0.5)).toBe(0);
    expect(upperConfidenceBound(0).score(model, X, context())).toEqual(of(0, 1, 0.5));
    expect(matchValue(1, 0).name).toBe('match value');
    expect(adaptiveShares([{ uses: 1, improvements: 1 }])).toEqual(of(1));
    expect(maxValueEntropy({ draws: 1 }).score(model, X, context())).toHaveLength(3);
    expect(crossCovariance(model, X, X, Philox.fromSeed(1), { draws: 8 }).draws).toBe(8);
    expect(chebyshev(of(0, 1), of(0, 0), of(1, 1))(of(0, 1))).toBe(0);
    expect(
      overallDesirability([
        { from: 0, to: 1, weight: 0 },
        { from: 0, to: 1 },
      ])(of(0, 1)),
    ).toBe(1);
    for (const leaderShare of [0, 1]) expect(() => topTwoExpectedImprovement({ leaderShare })).not.toThrow();
  });
});

describe('no candidates', () => {
  const none = matrix(0, 1);
  it.each([
    logEI,
    noisyExpectedImprovement(),
    maxValueEntropy(),
    knowledgeGradient(),
    learn(),
    targetImprovement({ low: 0, high: 1 }),
  ])('$name has no scores', (acquisition) => {
    expect(acquisition.score(model, none, context())).toEqual(of());
  });

  it.each([expectedHypervolumeImprovement(), sampledHypervolumeImprovement(), parEgo()])(
    '$name has no scores',
    (acquisition) => {
      expect(acquisition.score([model, model], none, several)).toEqual(of());
    },
  );
});

describe('nothing uncertain', () => {
  it.each([
    ['above the best', 2, 2, Math.log(2), 1, 0],
    ['at the best', 0, 0, -Infinity, 0, -Infinity],
    ['beneath the best', -1, 0, -Infinity, 0, -Infinity],
  ])('%s', (_, mean, improvement, logImprovement, probability, logProbability) => {
    expect(ei(mean, 0, 0)).toBe(improvement);
    expect(logEi(mean, 0, 0)).toBeCloseTo(logImprovement, 15);
    expect(pi(mean, 0, 0)).toBe(probability);
    expect(logPi(mean, 0, 0)).toBe(logProbability);
  });

  it('lies in a window, on its ends or outside', () => {
    const window = { low: 0, high: 1 };
    expect([-0.1, 0, 0.5, 1, 1.1].map((mean) => logWindow(mean, 0, window))).toEqual([
      -Infinity,
      0,
      0,
      0,
      -Infinity,
    ]);
    expect(logTargetEi(-0.5, 0, window, 2)).toBeCloseTo(Math.log(1.5), 15);
    expect(logTargetEi(1.5, 0, window, 2)).toBeCloseTo(Math.log(1.5), 15);
    expect(logTargetEi(0.5, 0, window, 2)).toBeCloseTo(Math.log(2), 15);
    expect(logTargetEi(4, 0, window, 2)).toBe(-Infinity);
  });
});

describe('what several are made of', () => {
  it('is told by the name, and all of them are logarithms', () => {
    const sure = () => of(1, 1, 1);
    const limit = [{ model, low: 0, high: 1 }];
    const made = [
      perCost(logEI, sure),
      whereFeasible(logEI, sure),
      whereFeasible(logEI, sure, false),
      withOutcomeConstraints(logEI, limit),
      withOutcomeConstraints(logEI, limit, false),
    ];
    expect(made.map(({ name }) => name)).toEqual([
      'log expected improvement per cost',
      'log expected improvement where feasible',
      'probability where feasible',
      'log expected improvement under constraints',
      'probability under constraints',
    ]);
    expect(made.map(({ scale }) => scale)).toEqual(Array(5).fill('log'));
  });

  it('is drawn by shares of any sum, by a stream that says which', () => {
    const rng = Philox.fromSeed(4);
    const drawn = Array.from({ length: 2000 }, () => drawMember(of(3, 7), rng));
    expect(drawn.filter((k) => k === 1).length / 2000).toBeCloseTo(0.7, 1);
    const shares = of(1, 1);
    const members = [thompsonSampling(), upperConfidenceBound(1)];
    for (let seed = 0; seed < 20; seed++) {
      const stream = () => Philox.fromSeed(seed);
      const member = members[drawMember(shares, stream().split('portfolio'))]!;
      expect(portfolio(members, shares).score(model, X, context({ rng: stream() }))).toEqual(
        member.score(model, X, context({ rng: stream().split('member') })),
      );
    }
  });
});
