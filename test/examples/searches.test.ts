import { expect, it } from '@jest/globals';
import { describeData } from '../support/shared.js';
import { expectPicture, small } from './studies.js';

const minutes = 300_000;

it(
  'Homma: a ternary search ends near the published ratio, which random search does not',
  () => {
    const { result, picture } = small(2);
    const { bestRatio, finalMedian, possible } = result as {
      bestRatio: number[];
      finalMedian: Record<string, number>;
      possible: number;
    };
    const published = [25, 14, 61];
    bestRatio.forEach((percent, k) => expect(Math.abs(percent - published[k]!)).toBeLessThanOrEqual(5));
    expect(finalMedian['auto']).toBeGreaterThan(0.8 * possible);
    expect(finalMedian['auto']).toBeGreaterThan(finalMedian['random']!);
    expectPicture(picture, 'Li₃PO₄ / %', 'best conductivity at 300 °C / S cm⁻¹');
  },
  minutes,
);

it(
  'Harada: the best of 49 is made sooner than at random, and compromises are found',
  () => {
    const { result, picture } = small(3);
    const { trialsOnAverage, hypervolumeAfter25 } = result as {
      trialsOnAverage: Record<string, number>;
      hypervolumeAfter25: Record<string, number>;
    };
    expect(trialsOnAverage['auto']).toBeLessThan(0.75 * trialsOnAverage['random']!);
    expect(hypervolumeAfter25['hypervolume']).toBeGreaterThan(0.9);
    expectPicture(picture, 'relative density / %', 'NSGA-II');
  },
  minutes,
);

it('Arrhenius: intervals hold what they should, and a bent line is flagged', () => {
  const { result, picture } = small(20);
  const figures = result as {
    intervalHoldsActivationEnergyPercent: number;
    bentLinesFlaggedPercent: number;
    straightLinesFlaggedPercent: number;
    meanErrorEv: number;
    fits: { trueEv: number; activationEnergyEv: number; flags: string[] }[];
  };
  expect(figures.intervalHoldsActivationEnergyPercent).toBeGreaterThan(90);
  expect(figures.bentLinesFlaggedPercent).toBe(100);
  expect(figures.straightLinesFlaggedPercent).toBeLessThan(10);
  expect(figures.meanErrorEv).toBeLessThan(0.005);
  for (const { trueEv, activationEnergyEv, flags } of figures.fits) {
    if (!flags.includes('CURVED')) expect(activationEnergyEv).toBeCloseTo(trueEv, 1);
  }
  expectPicture(picture, '1000 K / T', 'σT / S K cm⁻¹');
}, 60_000);

describeData('studies of real data', () => {
  it('Sendek: the classifier knows papers that it has not seen, and the funnel narrows', () => {
    const { result, picture } = small(8);
    const figures = result as { auc: number; enrichment: number; stages: { left: number }[] };
    expect(figures.auc).toBeGreaterThan(0.75);
    expect(figures.enrichment).toBeGreaterThan(1.3);
    figures.stages.reduce((before, { left }) => {
      expect(left).toBeLessThanOrEqual(before);
      return left;
    }, Infinity);
    expectPicture(picture, 'candidates left', 'slow ones called fast / %');
  }, 120_000);
});

it(
  'Mishra: every regressor beats saying the mean, and slipped rows are found',
  () => {
    const { result, picture } = small(1);
    const { rows, models } = result as {
      rows: { slipped: number; caught: number; removed: number };
      models: { model: string; onLog10: { mae: number; r2: number } }[];
    };
    expect(models).toHaveLength(9);
    for (const { onLog10 } of models) expect(onLog10.r2).toBeGreaterThan(0);
    expect(rows.caught).toBeGreaterThan(0);
    expect(rows.removed).toBeLessThan(8);
    expectPicture(picture, 'test MAE / decades of σ', 'measured σ / S cm⁻¹');
  },
  minutes,
);
