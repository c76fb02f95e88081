import { expect, it } from '@jest/globals';
import { describeData } from '../support/shared.js';
import { expectPicture, small } from './studies.js';

const minutes = 300_000;

describeData('studies that replay real data', () => {
  it(
    'Nakayama: a pool of oxides is searched by formula and lattice',
    () => {
      const { result, picture } = small(4);
      const { oxides, strategies } = result as {
        oxides: number;
        strategies: Record<string, { top5FoundPercent: number }>;
      };
      expect(oxides).toBeGreaterThan(250);
      expect(Object.keys(strategies)).toEqual(['auto', 'forest-ucb', 'random']);
      expect(strategies['auto']!.top5FoundPercent).toBeGreaterThan(0);
      expectPicture(picture, 'share of the best twentieth / %', 'best of the pool');
    },
    minutes,
  );

  it(
    'Dave: a portfolio asks by all of its acquisitions and beats random search',
    () => {
      const { result, picture } = small(5);
      const { finalMedian, askedPercent } = result as {
        finalMedian: Record<string, number>;
        askedPercent: Record<string, number>;
      };
      expect(finalMedian['portfolio']).toBeGreaterThan(finalMedian['random']!);
      expect(Object.keys(askedPercent)).toHaveLength(4);
      const sum = Object.values(askedPercent).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(100, 0);
      expectPicture(picture, 'σ at 30 °C / mS cm⁻¹', 'share of the portfolio / %');
    },
    minutes,
  );

  it(
    'Choi: measurements that teach end with a better model than measurements of the best',
    () => {
      const { result, picture } = small(7);
      const { finalErrorJ } = result as { finalErrorJ: Record<string, number> };
      expect(finalErrorJ['learn']).toBeLessThan(finalErrorJ['auto']!);
      expect(finalErrorJ['learn']).toBeLessThan(11);
      expectPicture(picture, 'root mean squared error / J');
    },
    minutes,
  );

  it('Zhang: good conductors gather in clusters that were told no conductivity', () => {
    const { result, picture } = small(9);
    const { inTwoBestClusters, perCluster } = result as {
      inTwoBestClusters: { wardPercent: number; byChancePercent: number };
      perCluster: { size: number }[];
    };
    expect(inTwoBestClusters.wardPercent).toBeGreaterThan(inTwoBestClusters.byChancePercent + 20);
    expect(perCluster.reduce((sum, { size }) => sum + size, 0)).toBe(478);
    expectPicture(picture, 'second principal component', 'σ at room temperature / S cm⁻¹');
  }, 120_000);
});

it(
  'Doan: most molecules asked for lie in the window',
  () => {
    const { result, picture } = small(6);
    const { timesRandom, insideMedian } = result as {
      timesRandom: number;
      insideMedian: Record<string, number>;
    };
    expect(timesRandom).toBeGreaterThan(2);
    expect(insideMedian['target-window']).toBeGreaterThan(insideMedian['random']!);
    expectPicture(picture, 'oxidation potential / V');
  },
  minutes,
);
