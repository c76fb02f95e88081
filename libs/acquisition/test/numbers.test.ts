import { describe, expect, it } from '@jest/globals';
import { latinHypercube, matrix, normCdf, normPdf, Philox } from '@ionloop/linalg';
import { gaussianProcess, type GrowingSurrogate } from '@ionloop/surrogates';
import {
  adaptiveShares,
  betaOfConfidence,
  betaOfRound,
  coolDown,
  crossCovariance,
  drawMember,
  explorationGuard,
  gumbelMaxima,
  hazard,
  hedgeShares,
  improvementOver,
  knowledgeGradient,
  learn,
  logEi,
  logEiSlopes,
  logEntropyDrop,
  logExpectedImprovement,
  logGainOfLines,
  logPi,
  logPiSlopes,
  logTargetEi,
  logWindow,
  matchValue,
  noisyExpectedImprovement,
  perCost,
  portfolio,
  quantileOfMaximum,
  smoothPlus,
  spreadGiven,
  targetProbability,
  thompsonSampling,
  topTwoExpectedImprovement,
  upperConfidenceBound,
  whereFeasible,
  withOutcomeConstraints,
} from '../src/index.js';
import independent from './independent-values.json' with { type: 'json' };
import { believed, jointlyBelieved, someCovariance } from './support.js';

/** Relative, or absolute where the numbers are below 1. */
function error(actual: number, expected: number): number {
  return actual === expected ? 0 : Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
}

const numbered = (m: number) =>
  matrix(
    m,
    1,
    Float64Array.from({ length: m }, (_, i) => i),
  );
const context = (seed = 1) => ({ best: 0, observed: matrix(1, 1), rng: Philox.fromSeed(seed) });

describe('against independent numbers', () => {
  it.each(independent.windows)('ln P($low ≤ N($mean, $sd²) ≤ $high)', ({ mean, sd, low, high, log }) => {
    expect(error(logWindow(mean, sd, { low, high }), log)).toBeLessThan(5e-12);
  });

  it.each(independent.targets)(
    'ln E max($nearest − D(N($mean, $sd²)), 0) to $low … $high',
    ({ mean, sd, low, high, nearest, log }) => {
      expect(error(logTargetEi(mean, sd, { low, high }, nearest), log)).toBeLessThan(1e-11);
      expect(logTargetEi(-mean, sd, { low: -high, high: -low }, nearest)).toBeCloseTo(log, 9);
    },
  );

  it.each(independent.entropyDrops)('ln g($gamma)', ({ gamma, log }) => {
    expect(error(logEntropyDrop(gamma), log)).toBeLessThan(1e-11);
  });

  it.each(independent.gainsOfLines)('ln E max of lines $a', ({ a, b, log }) => {
    expect(error(logGainOfLines(Float64Array.from(a), Float64Array.from(b)), log)).toBeLessThan(1e-11);
  });
});

describe('slopes', () => {
  it.each([
    [logEi, logEiSlopes],
    [logPi, logPiSlopes],
  ])('are those of finite differences', (value, slopes) => {
    for (const [mean, sd] of [
      [0.5, 1],
      [-3, 0.7],
      [4, 2],
      [-60, 1],
      [-1500, 2],
    ] as const) {
      const { value: own, inMean, inSd } = slopes(mean, sd, 0.2);
      expect(error(own, value(mean, sd, 0.2))).toBeLessThan(1e-14);
      const h = 1e-5;
      const byMean = (value(mean + h, sd, 0.2) - value(mean - h, sd, 0.2)) / (2 * h);
      const bySd = (value(mean, sd + h, 0.2) - value(mean, sd - h, 0.2)) / (2 * h);
      expect(error(inMean, byMean)).toBeLessThan(1e-6);
      expect(error(inSd, bySd)).toBeLessThan(1e-6);
    }
    expect(() => slopes(0, 0, 0)).toThrow('sd must be above 0');
  });

  it('the hazard is φ/Φ, and −u where both have underflowed', () => {
    for (const u of [-6, -1, 0, 2]) expect(error(hazard(u), normPdf(u) / normCdf(u))).toBeLessThan(1e-14);
    expect(hazard(-1e6)).toBeCloseTo(1e6 + 1e-6, 8);
  });
});

describe('target windows', () => {
  it('agree with sampling', () => {
    const draws = Philox.fromSeed(5)
      .normals(100_000)
      .map((z) => 0.3 + 0.8 * z);
    const inside = draws.filter((f) => f >= 0.5 && f <= 0.7).length / draws.length;
    expect(Math.exp(logWindow(0.3, 0.8, { low: 0.5, high: 0.7 }))).toBeCloseTo(inside, 2);
    const gain = draws.reduce((sum, f) => sum + Math.max(0.6 - Math.max(0.5 - f, f - 0.7, 0), 0), 0);
    expect(Math.exp(logTargetEi(0.3, 0.8, { low: 0.5, high: 0.7 }, 0.6))).toBeCloseTo(gain / draws.length, 2);
  });

  it('narrow windows join wider ones', () => {
    for (const mean of [0, 0.4, 3, 20]) {
      const at = (width: number) => logWindow(mean, 1, { low: 0, high: width }) - Math.log(width);
      const edge = 1e-3 / Math.max(1, mean);
      expect(Math.abs(at(edge * (1 + 1e-9)) - at(edge * (1 - 1e-9)))).toBeLessThan(1e-10);
    }
    expect(logWindow(0, 1, { low: 0.2, high: 0.2 })).toBe(-Infinity);
  });

  it('are certain where nothing is uncertain, and become plain improvement with one end', () => {
    expect(logWindow(1, 0, { low: 0, high: 1 })).toBe(0);
    expect(logWindow(2, 0, { low: 0, high: 1 })).toBe(-Infinity);
    expect(logTargetEi(2, 0, { low: 0, high: 1 }, 3)).toBeCloseTo(Math.log(2), 15);
    for (const mean of [-3, 0, 2])
      expect(
        error(logTargetEi(mean, 0.4, { low: 50, high: Infinity }, 49), logEi(mean, 0.4, 1)),
      ).toBeLessThan(1e-10);
  });

  it('both rules meet where one takes over from the other', () => {
    for (const mean of [-9, -2, 0.1, 0.5])
      expect(
        error(
          logTargetEi(mean, 1, { low: 0, high: 1 }, 0.5 * (1 - 1e-13)),
          logTargetEi(mean, 1, { low: 0, high: 1 }, 0.5),
        ),
      ).toBeLessThan(1e-11);
  });

  it('refuses intervals that hold nothing or everything', () => {
    expect(() => targetProbability({ low: 1, high: 0 })).toThrow('interval must have low ≤ high');
    expect(() => targetProbability({ low: -Infinity, high: Infinity })).toThrow('interval must have');
    expect(() => matchValue(1, -1)).toThrow('tolerance must be at least 0');
  });
});

describe('max-value entropy', () => {
  const mean = Philox.fromSeed(2).normals(30);
  const sd = Philox.fromSeed(3)
    .normals(30)
    .map((z) => 0.1 + Math.abs(z));

  it('puts the quantiles of the maximum where the product of distributions has them', () => {
    for (const p of [0.25, 0.5, 0.75]) {
      const y = quantileOfMaximum(mean, sd, p);
      const product = mean.reduce((value, mu, i) => value * normCdf((y - mu) / sd[i]!), 1);
      expect(product).toBeCloseTo(p, 10);
    }
  });

  it('draws maxima with the spread that sampling finds', () => {
    const rng = Philox.fromSeed(4);
    const sampled = Array.from({ length: 4000 }, () =>
      mean.reduce((most, mu, i) => Math.max(most, mu + sd[i]! * rng.normal()), -Infinity),
    ).sort((a, b) => a - b);
    const drawn = [...gumbelMaxima(mean, sd, 4000, rng)].sort((a, b) => a - b);
    for (const at of [400, 1000, 2000, 3000, 3600]) expect(drawn[at]! - sampled[at]!).toBeLessThan(0.12);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(Math.max(...mean));
  });
});

describe('joint beliefs', () => {
  const m = 6;
  const mean = Philox.fromSeed(7).normals(m);
  const C = someCovariance(m, Philox.fromSeed(8));
  const model = jointlyBelieved(mean, C, 0.3);
  const X = numbered(m);

  it('reads covariances off a model that grows', () => {
    const { covariance, draws } = crossCovariance(model, X, X, Philox.fromSeed(1));
    expect(draws).toBe(0);
    covariance.data.forEach((value, k) => expect(value).toBeCloseTo(C.data[k]!, 12));
  });

  it('reads off a Gaussian process what its variances say once it has grown', () => {
    const inputs = latinHypercube(2, 15, Philox.fromSeed('inputs'));
    const responses = Philox.fromSeed('responses').normals(15);
    const gp = gaussianProcess().fit({ X: inputs, y: responses }, Philox.fromSeed(1)) as GrowingSurrogate;
    const Z = latinHypercube(2, 10, Philox.fromSeed('elsewhere'));
    const x = matrix(1, 2, Float64Array.of(0.4, 0.6));
    const { covariance, variances } = crossCovariance(gp, x, Z, Philox.fromSeed(1));
    const total = variances[0][0]! + gp.diagnostics().noiseVariance!;
    const after = gp.withRows({ X: x, y: Float64Array.of(3) }).predict(Z).variance;
    covariance.data.forEach((value, j) =>
      expect(Math.abs(variances[1][j]! - (value * value) / total - after[j]!)).toBeLessThan(1e-12),
    );
    // One row on the other side, many draws: the sign is right too.
    const drawn = gp.sample(
      matrix(11, 2, Float64Array.from([...x.data, ...Z.data])),
      5000,
      Philox.fromSeed(2),
    );
    const mean = gp.predict(matrix(11, 2, Float64Array.from([...x.data, ...Z.data]))).mean;
    covariance.data.forEach((value, j) => {
      let sum = 0;
      for (let s = 0; s < 5000; s++)
        sum += (drawn.data[11 * s]! - mean[0]!) * (drawn.data[11 * s + j + 1]! - mean[j + 1]!);
      expect(Math.abs(sum / 5000 - value)).toBeLessThan(0.1);
    });
  });

  it('estimates them from draws of others, within what so many draws tell', () => {
    const L = matrix(m, m);
    for (let i = 0; i < m; i++)
      for (let j = 0; j <= i; j++) {
        let sum = C.data[i * m + j]!;
        for (let k = 0; k < j; k++) sum -= L.data[i * m + k]! * L.data[j * m + k]!;
        L.data[i * m + j] = i === j ? Math.sqrt(sum) : sum / L.data[j * m + j]!;
      }
    const drawing = {
      ...believed(mean, mean),
      predict: (rows: typeof X) => model.predict(rows),
      diagnostics: () => model.diagnostics(),
      sample: (rows: typeof X, count: number, rng: Philox) =>
        matrix(
          count,
          rows.rows,
          Float64Array.from(
            Array.from({ length: count }, () => {
              const z = rng.normals(m);
              return Array.from(rows.data, (i) =>
                z.reduce((sum, value, k) => sum + (L.data[i * m + k] ?? 0) * value, mean[i]!),
              );
            }).flat(),
          ),
        ),
    };
    const { covariance } = crossCovariance(drawing, X, X, Philox.fromSeed(1), { draws: 4096 });
    covariance.data.forEach((value, k) => expect(Math.abs(value - C.data[k]!)).toBeLessThan(0.12));
    const given = spreadGiven(drawing, X, matrix(1, 1), Philox.fromSeed(2), { draws: 4096 });
    spreadGiven(model, X, matrix(1, 1), Philox.fromSeed(2)).forEach((sd, i) =>
      expect(given[i]).toBeCloseTo(sd, 1),
    );
  });

  it('knowledge gradient is the mean rise of the largest mean, by quadrature', () => {
    const scores = knowledgeGradient().score(model, X, context());
    for (let i = 0; i < m; i++) {
      const total = Math.sqrt(C.data[i * m + i]! + 0.3);
      const [steps, reach] = [20000, 8];
      let sum = 0;
      for (let k = 0; k < steps; k++) {
        const z = -reach + (2 * reach * (k + 0.5)) / steps;
        const largest = Math.max(...mean.map((a, j) => a + (z * C.data[i * m + j]!) / total));
        sum += (largest * normPdf(z) * 2 * reach) / steps;
      }
      expect(Math.exp(scores[i]!)).toBeCloseTo(sum - Math.max(...mean), 6);
    }
  });

  it('of a large pool the promising rows and the candidate itself are enough', () => {
    const big = 300;
    const level = Philox.fromSeed(11).normals(big);
    const alike = matrix(big, big);
    for (let i = 0; i < big; i++)
      for (let j = 0; j < big; j++) alike.data[i * big + j] = Math.exp(-((i - j) ** 2) / 18);
    const wide = jointlyBelieved(level, alike, 0.1);
    const some = matrix(3, 1, Float64Array.of(5, 100, level.indexOf(Math.max(...level))));
    const all = knowledgeGradient({ pool: numbered(big) }).score(wide, some, context());
    const few = knowledgeGradient().score(wide, numbered(big), context());
    some.data.forEach((row, i) => expect(few[row]).toBeCloseTo(all[i]!, 5));
  });

  it('learning is the drop of the mean variance', () => {
    const scores = learn().score(model, X, context());
    const total = (of: typeof model) => of.predict(X).variance.reduce((sum, value) => sum + value, 0);
    for (let i = 0; i < m; i++) {
      const after = model.withRows({ X: matrix(1, 1, Float64Array.of(i)), y: Float64Array.of(2) });
      expect(Math.exp(scores[i]!)).toBeCloseTo((total(model) - total(after)) / m, 12);
    }
  });

  it('improvement over a leader knows how they vary together', () => {
    const scores = improvementOver(model, X, 2, Philox.fromSeed(1));
    for (const i of [0, 1, 3, 4, 5]) {
      const variance = C.data[i * m + i]! + C.data[2 * m + 2]! - 2 * C.data[i * m + 2]!;
      expect(scores[i]).toBeCloseTo(logEi(mean[i]!, Math.sqrt(variance), mean[2]!), 10);
    }
    expect(scores[2]).toBe(-Infinity);
  });

  it('the exploration guard leaves what cannot be the best, and what is pending', () => {
    const wide = believed(Float64Array.of(0, 1, 5, 5), Float64Array.of(3, 0.1, 0.5, 0.8));
    const scores = explorationGuard(2).score(wide, numbered(4), {
      ...context(),
      pending: matrix(1, 1, Float64Array.of(3)),
    });
    expect(scores[1]).toBeLessThan(0);
    expect(scores[0]).toBeGreaterThan(scores[2]!);
    const scored = explorationGuard(2).score(model, X, { ...context(), pending: matrix(1, 1) });
    const given = spreadGiven(model, X, matrix(1, 1), Philox.fromSeed(1));
    expect([...scored].filter((score) => score > 0).every((score) => [...given].includes(score))).toBe(true);
  });
});

describe('noisy expected improvement', () => {
  it('agrees with sampling of candidate and incumbent together', () => {
    const model = believed(Float64Array.of(0, 0.5, 0.2), Float64Array.of(1, 0.3, 0.4));
    const observed = matrix(2, 1, Float64Array.of(1, 2));
    const [score] = noisyExpectedImprovement({ draws: 20_000 }).score(model, matrix(1, 1), {
      ...context(),
      observed,
    });
    const rng = Philox.fromSeed(9);
    let sum = 0;
    for (let s = 0; s < 50_000; s++) {
      const incumbent = Math.max(0.5 + 0.3 * rng.normal(), 0.2 + 0.4 * rng.normal());
      sum += Math.max(rng.normal() - incumbent, 0);
    }
    expect(Math.exp(score!)).toBeCloseTo(sum / 50_000, 2);
  });

  it('finds nothing to gain in an observed row again', () => {
    const model = believed(Float64Array.of(0, 0.5), Float64Array.of(1, 0.3));
    const scores = noisyExpectedImprovement().score(model, numbered(2), {
      ...context(),
      observed: matrix(1, 1, Float64Array.of(1)),
    });
    expect(scores[1]).toBeLessThan(-6);
    expect(() =>
      noisyExpectedImprovement().score(model, numbered(2), { best: 0, rng: Philox.fromSeed(1) }),
    ).toThrow('context.observed must hold at least one row');
  });

  it('smoothPlus is max(x, 0) but for τ, positive everywhere and rising', () => {
    for (const x of [-1e9, -3, -1e-4, 0, 1e-4, 2]) {
      expect(smoothPlus(x, 1e-3)).toBeGreaterThan(0);
      expect(smoothPlus(x, 1e-3) - Math.max(x, 0)).toBeLessThanOrEqual(1e-3);
      expect(smoothPlus(x + 1e-5, 1e-3)).toBeGreaterThanOrEqual(smoothPlus(x, 1e-3));
    }
    expect(error(smoothPlus(-1e9, 1e-3) * 1e15, 1)).toBeLessThan(1e-14);
  });
});

describe('optimism', () => {
  it('grows with the round and the dimension, and is the quantile of a confidence', () => {
    expect(betaOfRound(5, 3)).toBeCloseTo(Math.sqrt(0.2 * 3 * Math.log(10)), 14);
    expect(betaOfConfidence(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect(betaOfConfidence(0.5)).toBe(0);
    expect(() => betaOfConfidence(1)).toThrow('confidence must lie in');
    expect(() => betaOfRound(0, 2)).toThrow('round must be');
    const model = believed(Float64Array.of(1), Float64Array.of(2));
    const [score] = upperConfidenceBound('rounds').score(model, matrix(1, 1), context());
    expect(score).toBeCloseTo(1 + 2 * betaOfRound(2, 1), 14);
  });
});

describe('costs, feasibility and constraints', () => {
  const model = believed(Float64Array.of(0, 0.3), Float64Array.of(1, 0.5));
  const X = numbered(2);
  const logScores = logExpectedImprovement().score(model, X, context());

  it('divide, with an exponent that cools down', () => {
    const costs = () => Float64Array.of(1, 10);
    expect(perCost(logExpectedImprovement(), costs).score(model, X, context())[1]).toBeCloseTo(
      logScores[1]! - Math.log(10),
      13,
    );
    expect(perCost(logExpectedImprovement(), costs, 0).score(model, X, context())).toEqual(logScores);
    expect([coolDown(10, 0), coolDown(10, 4), coolDown(10, 12)]).toEqual([1, 0.6, 0]);
    expect(() =>
      perCost(logExpectedImprovement(), () => Float64Array.of(1, 0)).score(model, X, context()),
    ).toThrow('costs must be above 0 and finite; element 1 is 0');
    expect(() => perCost(logExpectedImprovement(), costs, 2)).toThrow('exponent must lie in');
  });

  it('multiply by what can be made, alone while nothing could be', () => {
    const feasibility = () => Float64Array.of(0, 0.5);
    expect(whereFeasible(logExpectedImprovement(), feasibility).score(model, X, context())).toEqual(
      Float64Array.of(-Infinity, logScores[1]! + Math.log(0.5)),
    );
    const first = whereFeasible(logExpectedImprovement(), feasibility, false);
    expect(first.score(model, X, { ...context(), best: NaN })[1]).toBeCloseTo(Math.log(0.5), 15);
    expect(() =>
      whereFeasible(logExpectedImprovement(), () => Float64Array.of(0, 1.5)).score(model, X, context()),
    ).toThrow('probabilities must lie in 0 … 1; element 1 is 1.5');
  });

  it('multiply by the probability of each constraint', () => {
    const limits = [
      { model, low: -1, high: 1 },
      { model, low: 0, high: Infinity },
    ];
    const scores = withOutcomeConstraints(logExpectedImprovement(), limits).score(model, X, context());
    const expected = logScores[0]! + Math.log(normCdf(1) - normCdf(-1)) + Math.log(0.5);
    expect(scores[0]).toBeCloseTo(expected, 12);
    expect(() => withOutcomeConstraints(logExpectedImprovement(), [{ model, low: 1, high: 0 }])).toThrow(
      'constraints[0] must have low ≤ high',
    );
  });
});

describe('portfolio', () => {
  it('shares by improvements over uses, with a floor', () => {
    const shares = adaptiveShares([
      { uses: 8, improvements: 2 },
      { uses: 0, improvements: 0 },
    ]);
    expect(shares[0]).toBeCloseTo(0.025 + (0.95 * 1) / 2, 14);
    expect(shares[0]! + shares[1]!).toBeCloseTo(1, 15);
    expect(() => adaptiveShares([{ uses: 1, improvements: 2 }])).toThrow('records[0] must have');
    expect(() => adaptiveShares([])).toThrow('records must hold at least one');
  });

  it('hedges in proportion to exponentials of gains, however large', () => {
    expect(hedgeShares([1000, 1000 + Math.log(3)])[1]).toBeCloseTo(0.75, 12);
    expect(() => hedgeShares([1, NaN])).toThrow('gains must be finite');
  });

  it('takes members as often as their shares say', () => {
    const rng = Philox.fromSeed(1);
    let second = 0;
    for (let i = 0; i < 4000; i++) second += drawMember(Float64Array.of(0.3, 0.7, 0), rng) === 1 ? 1 : 0;
    expect(second / 4000).toBeCloseTo(0.7, 1);
    const model = believed(Float64Array.of(0, 1), Float64Array.of(1, 1));
    const mixed = portfolio([upperConfidenceBound(1), thompsonSampling()], Float64Array.of(1, 0));
    expect(mixed.score(model, numbered(2), context())).toEqual(Float64Array.of(1, 2));
  });

  it('top-two takes the leader as often as it is told', () => {
    const model = believed(Float64Array.of(0, 1, 0.5), Float64Array.of(1, 1, 1));
    let challenged = 0;
    for (let seed = 0; seed < 200; seed++)
      if (topTwoExpectedImprovement().score(model, numbered(3), context(seed))[1] === -Infinity)
        challenged += 1;
    expect(challenged / 200).toBeCloseTo(0.5, 1);
    expect(() => topTwoExpectedImprovement({ leaderShare: 2 })).toThrow('options.leaderShare must lie');
  });
});
