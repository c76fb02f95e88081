import { describe, expect, it } from '@jest/globals';
import { latinHypercube, normCdf, Philox } from '@ionloop/linalg';
import {
  calibrationGate,
  gaussianProcess,
  nearestNeighbours,
  recalibrated,
  ridge,
  type LeftOut,
  type SurrogateJson,
} from '../../src/index.js';
import {
  learnIsotonic,
  learnScale,
  learnStretch,
  momentsOf,
  stretched,
  unstretched,
} from '../../src/calibration/stretch.js';
import { surrogateContract } from '../../src/testing/index.js';

surrogateContract('a process with a scaled spread', recalibrated(gaussianProcess(), 'scale'));
surrogateContract('neighbours with recalibrated quantiles', recalibrated(nearestNeighbours(), 'isotonic'));
surrogateContract(
  'a linear model recalibrated by folds',
  recalibrated(ridge(), 'isotonic', { leftOut: 'folds' }),
);

/** Predictions N(m, 1) of values m + error. */
function leftOutOf(n: number, error: (rng: Philox) => number, seed = 1): LeftOut {
  const rng = Philox.fromSeed(seed);
  const mean = Array.from({ length: n }, () => 3 * rng.normal());
  return { mean, variance: mean.map(() => 1), actual: mean.map((value) => value + error(rng)) };
}

describe('a scale', () => {
  it('is what the errors are wider than was said', () => {
    for (const factor of [0.3, 1, 4]) {
      const found = learnScale(leftOutOf(2000, (rng) => factor * rng.normal()));
      expect(stretched(found, 1) / factor).toBeGreaterThan(0.95);
      expect(stretched(found, 1) / factor).toBeLessThan(1.05);
    }
  });

  it('does not run after one outlier, nor far after a few rows', () => {
    const many = leftOutOf(200, (rng) => rng.normal());
    const spoilt = { ...many, actual: many.actual.map((value, i) => (i === 0 ? value + 100 : value)) };
    expect(stretched(learnScale(spoilt), 1)).toBeLessThan(1.6);
    const few = leftOutOf(3, (rng) => 10 * rng.normal());
    expect(stretched(learnScale(few), 1)).toBeLessThan(4);
    expect(stretched(learnScale({ mean: [1], variance: [0], actual: [1] }), 1)).toBe(1);
  });
});

describe('a scale for coverage', () => {
  it('is right for normal errors, and between what 80 and 95 % ask for where tails are heavy', () => {
    const normal = learnStretch(
      'coverage',
      leftOutOf(4000, (rng) => 2 * rng.normal()),
    );
    expect(Math.abs(stretched(normal, 1) / 2 - 1)).toBeLessThan(0.05);
    const heavy = leftOutOf(4000, (rng) => rng.normal() / Math.sqrt(rng.uniform()));
    const factor = stretched(learnStretch('coverage', heavy), 1);
    const sizes = heavy.actual.map((value, i) => Math.abs(value - heavy.mean[i]!)).sort((a, b) => a - b);
    expect(factor).toBeGreaterThan(sizes[3200]! / 1.2816);
    expect(factor).toBeLessThan(sizes[3800]! / 1.96);
  });

  it('stays where there is nothing to learn from', () => {
    expect(stretched(learnStretch('coverage', { mean: [1], variance: [0], actual: [1] }), 1)).toBe(1);
  });
});

describe('an isotonic map', () => {
  const skewed = (rng: Philox) => 2 * (-Math.log(1 - rng.uniform()) - 1);
  const learned = learnIsotonic(leftOutOf(1500, skewed));

  it('rises, and goes back where it came from', () => {
    for (let t = -4; t < 4; t += 0.1) {
      expect(stretched(learned, t + 0.1)).toBeGreaterThan(stretched(learned, t));
      const back = unstretched(learned, stretched(learned, t));
      expect(back.t).toBeCloseTo(t, 9);
      expect(back.slope).toBeGreaterThan(0);
    }
  });

  it('maps predicted to observed probabilities of rows that it has not seen', () => {
    const { mean, actual } = leftOutOf(4000, skewed, 2);
    for (const share of [0.1, 0.25, 0.5, 0.75, 0.9]) {
      const below = actual.filter(
        (value, i) => normCdf(unstretched(learned, value - mean[i]!).t) <= share,
      ).length;
      expect(Math.abs(below / 4000 - share)).toBeLessThan(0.03);
    }
  });

  it('has the moments that draws have', () => {
    const rng = Philox.fromSeed(5);
    const draws = Array.from({ length: 40_000 }, () => stretched(learned, rng.normal()));
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
    expect(momentsOf(learned).mean).toBeCloseTo(mean, 1);
    expect(momentsOf(learned).variance / variance).toBeCloseTo(1, 1);
    expect(momentsOf({ at: Float64Array.of(-1, 1), to: Float64Array.of(-3, 3) })).toEqual({
      mean: 0,
      variance: 9,
    });
  });

  it('is a scale where there are few rows', () => {
    expect(learnIsotonic(leftOutOf(20, skewed)).at).toHaveLength(2);
  });
});

describe('the gate', () => {
  const honest = leftOutOf(400, (rng) => rng.normal());

  it('passes a model that is as sure as it may be', () => {
    expect(calibrationGate(honest)).toMatchObject({ passed: true, reasons: [] });
    expect(calibrationGate(honest).metrics.coverage80).toBeGreaterThan(0.75);
  });

  it('says what falls short: too sure, too doubtful, worse than a guess, out of order', () => {
    const sure = { ...honest, variance: honest.variance.map(() => 0.1) };
    expect(calibrationGate(sure).reasons[1]).toMatch(/^80 % intervals hold \d+ % of the values, too few$/);
    const doubtful = { ...honest, variance: honest.variance.map(() => 25) };
    expect(calibrationGate(doubtful).reasons[0]).toMatch(/too many$/);
    const wrong = {
      ...honest,
      mean: honest.mean.map((value) => -value),
      variance: honest.variance.map(() => 36),
    };
    expect(calibrationGate(wrong).reasons.join()).toMatch(/NLPD .* against .*CRPS .* against/);
    expect(calibrationGate(wrong, { spearman: 0.2 }).reasons.join()).toMatch(/orders the rows badly/);
  });

  it('asks less of few rows', () => {
    const few = leftOutOf(8, (rng) => 0.5 * rng.normal(), 3);
    expect(calibrationGate(few).passed).toBe(true);
  });
});

describe('a recalibrated model', () => {
  const rng = Philox.fromSeed('recalibrated');
  const X = latinHypercube(1, 500, rng.split('X'));
  const noise = rng.split('noise');
  // Errors of one side only.
  const y = Float64Array.from(X.data, (x) => 4 * x - Math.log(1 - noise.uniform()));
  const at = latinHypercube(1, 2000, rng.split('at'));
  const truth = Float64Array.from(at.data, (x) => 4 * x - Math.log(1 - noise.uniform()));

  it('covers what it says, of rows that nothing was learned from', () => {
    for (const [how, bar] of [
      ['scale', 0.13],
      ['isotonic', 0.06],
    ] as const) {
      const model = recalibrated(ridge(), how).fit({ X, y }, Philox.fromSeed(1));
      const { data } = model.quantiles(at, [0.1, 0.9]);
      const inside = truth.filter((value, i) => value > data[2 * i]! && value < data[2 * i + 1]!).length;
      expect(Math.abs(inside / 2000 - 0.8)).toBeLessThan(bar);
      // In its own left-out rows as well.
      expect(Math.abs(model.diagnostics().metrics.coverage80 - 0.8)).toBeLessThan(bar + 0.02);
    }
  });

  it('has a better density where errors are not normal', () => {
    const nlpd = (how: 'scale' | 'isotonic') =>
      recalibrated(ridge(), how).fit({ X, y }, Philox.fromSeed(1)).diagnostics().metrics.nlpd;
    expect(nlpd('isotonic')).toBeLessThan(nlpd('scale') - 0.05);
  });

  it('is the same after a round trip, quantiles and all', () => {
    const factory = recalibrated(ridge(), 'isotonic');
    const model = factory.fit({ X, y }, Philox.fromSeed(1));
    const back = factory.fromJSON(JSON.parse(JSON.stringify(model)) as SurrogateJson);
    expect(back.quantiles(at, [0, 0.3, 1])).toEqual(model.quantiles(at, [0, 0.3, 1]));
  });

  it('refuses a way that it does not know', () => {
    expect(() => recalibrated(ridge(), 'platt' as 'scale')).toThrow(
      'how must be one of scale, coverage, isotonic',
    );
  });
});
