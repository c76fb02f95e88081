import { describe, expect, test } from '@jest/globals';
import { readDiagnostics } from '../src/api/diagnostics.js';
import { learningOf } from '../src/pages/campaign/model/learning.js';
import { trustOf } from '../src/pages/campaign/trust.js';
import { calibrationOf, runningMedian, surprises } from '../src/plots/calibration.js';
import { centralShare, expectedGain } from '../src/plots/normal.js';

/** The quantiles of a normal at (i + ½)/n, by bisection of the function under test's own inverse relation. */
function normalScores(n: number): readonly number[] {
  return Array.from({ length: n }, (_, i) => {
    const share = (i + 0.5) / n;
    const depth = Math.abs(2 * share - 1);
    let [low, high] = [0, 10];
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      if (centralShare(middle) < depth) low = middle;
      else high = middle;
    }
    return share < 0.5 ? -low : low;
  });
}
const predictions = (n: number, sd: number) =>
  normalScores(n).map((z, i) => ({ mean: i / n, sd, actual: i / n + z }));

describe('shares of a normal', () => {
  test.each([
    [0, 0],
    [0.6744897501960817, 0.5],
    [1.2815515655446004, 0.8],
    [1.959963984540054, 0.95],
    [-1.959963984540054, 0.95],
    [6, 1],
  ])('within %d standard deviations lies %d', (z, share) => {
    expect(centralShare(z)).toBeCloseTo(share, 6);
  });
});

describe('the gain that one result is expected to bring', () => {
  test('is sd/√(2π) where as much is predicted as was reached', () => {
    expect(expectedGain(3, 0.5, 3, 'maximise')).toBeCloseTo(0.5 / Math.sqrt(2 * Math.PI), 7);
  });

  test('is the lead where it is certain, and nothing where it is behind', () => {
    expect(expectedGain(4, 0, 3, 'maximise')).toBe(1);
    expect(expectedGain(4, 1e-6, 3, 'maximise')).toBeCloseTo(1, 6);
    expect(expectedGain(2, 0, 3, 'maximise')).toBe(0);
    expect(expectedGain(-50, 1, 3, 'maximise')).toBe(0);
  });

  test('goes the other way where less is better, and grows with what is not known', () => {
    expect(expectedGain(2, 0.3, 2.5, 'minimise')).toBeCloseTo(expectedGain(3, 0.3, 2.5, 'maximise'), 12);
    expect(expectedGain(2, 0.6, 3, 'maximise')).toBeGreaterThan(expectedGain(2, 0.3, 3, 'maximise'));
  });
});

describe('a calibration curve', () => {
  test('of intervals that keep their promise is the diagonal', () => {
    const { points, verdict, count } = calibrationOf(predictions(400, 1));
    expect(count).toBe(400);
    expect(verdict).toBe('right');
    for (const { promised, held } of points) expect(Math.abs(held - promised)).toBeLessThan(0.01);
  });

  test('lies below it for a model that is too sure, above it for one that is too careful', () => {
    expect(calibrationOf(predictions(200, 0.4)).verdict).toBe('too sure');
    expect(calibrationOf(predictions(200, 3)).verdict).toBe('too careful');
  });

  test('allows for chance where results are few', () => {
    const few = calibrationOf(predictions(6, 0.8));
    expect(few.verdict).toBe('right');
    const half = few.points.find(({ promised }) => promised === 0.5);
    expect(half?.low).toBeCloseTo(0.5 - 1.96 * Math.sqrt(0.25 / 6), 12);
    expect(few.points.every(({ low, high }) => low >= 0 && high <= 1)).toBe(true);
  });

  test('leaves out what promises to be exact', () => {
    expect(calibrationOf([{ mean: 1, sd: 0, actual: 2 }]).count).toBe(0);
  });
});

describe('residuals over time', () => {
  const result = (experimentNumber: number, value: number, mean: number | null) => ({
    experimentNumber,
    value,
    predictedMean: mean,
    predictedSd: mean === null ? null : 0.5,
    at: '2030-01-01T00:00:00Z',
  });

  test('are counted in standard deviations on the models’ scale, above zero where more came than was predicted', () => {
    const found = surprises([result(7, 1e-5, null), result(8, 1e-3, -4), result(9, 1e-5, -4)], Math.log10);
    expect(found.map(({ n, experiment, z }) => [n, experiment, Number(z.toFixed(9))])).toEqual([
      [2, 8, 2],
      [3, 9, -2],
    ]);
  });

  test('a running median is not moved by one outlier, and follows a shift', () => {
    expect(runningMedian([0, 0, 9, 0, 0], 3)).toEqual([0, 0, 0, 0, 0]);
    expect(runningMedian([0, 0, 0, 1, 1, 1], 3)).toEqual([0, 0, 0, 1, 1, 1]);
    expect(runningMedian([], 3)).toEqual([]);
  });
});

describe('whether to trust a model', () => {
  const diagnosed = (n: number, sd: number, r2: number) =>
    trustOf({ ...readDiagnostics(null), leftOut: predictions(n, sd), r2 });

  test('yes, where it explains much and keeps its promises', () => {
    const trust = diagnosed(60, 1, 0.8);
    expect(trust?.answer).toBe('yes');
    expect(trust?.reasons.map(({ speaks }) => speaks)).toEqual(['for', 'for', 'for']);
    expect(trust?.reasons[0]?.text).toContain('80 %');
  });

  test('with care, where one thing speaks against it, and it says which', () => {
    expect(diagnosed(60, 0.3, 0.8)).toMatchObject({
      answer: 'with care',
      sentence: expect.stringContaining('tells good from poor, but its intervals are too narrow'),
    });
    expect(diagnosed(60, 1, 0.2)?.sentence).toContain(
      'does not yet tell good from poor well, but its intervals are honest',
    );
    expect(diagnosed(8, 1, 0.8)?.reasons.filter(({ speaks }) => speaks === 'against')).toHaveLength(1);
  });

  test('no, where it knows less than the mean does; nothing is said of fewer than five results', () => {
    expect(diagnosed(60, 1, -0.1)?.answer).toBe('no');
    expect(diagnosed(4, 1, 0.9)).toBeNull();
  });
});

test('what was learned is told by the latest model of each number of results', () => {
  const fitted = (trainingSize: number, rmse: number | null, createdAt: string) => ({
    trainingSize,
    diagnostics: { metrics: { rmse, coverage95: 0.9 } },
    createdAt,
  });
  expect(
    learningOf([
      fitted(9, 0.4, '2030-01-03'),
      fitted(5, 0.6, '2030-01-01'),
      fitted(9, 0.5, '2030-01-02'),
      fitted(7, null, '2030-01-02'),
    ]),
  ).toEqual([
    { results: 5, rmse: 0.6, coverage95: 0.9 },
    { results: 9, rmse: 0.4, coverage95: 0.9 },
  ]);
});
