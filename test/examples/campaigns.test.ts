import { expect, it } from '@jest/globals';
import { describeData } from '../support/shared.js';
import { expectPicture, small } from './studies.js';

const minutes = 300_000;

it(
  'Hatakeyama: earlier salts bring a new one to nearly its best in few experiments',
  () => {
    const { result, picture } = small(12);
    const { bestAfterSix, optimum } = result as { bestAfterSix: Record<string, number>; optimum: number };
    expect(bestAfterSix['transfer']).toBeGreaterThan(0.7 * optimum);
    expect(bestAfterSix['transfer']).toBeGreaterThan(bestAfterSix['alone']!);
    expect(bestAfterSix['transfer']).toBeGreaterThan(bestAfterSix['random']!);
    expectPicture(picture, 'experiments with the new salt', 'σ at 60 °C / S cm⁻¹');
  },
  minutes,
);

it(
  'Wang, Takagishi, Liow: a simulator answers as a program what it answers as a function, and is searched',
  () => {
    const { result, picture } = small(14);
    const { programAnswersTheSame, finalMedian } = result as {
      programAnswersTheSame: boolean;
      finalMedian: Record<string, number>;
    };
    expect(programAnswersTheSame).toBe(true);
    expect(finalMedian['gp-swarm']).toBeGreaterThan(finalMedian['random']!);
    expectPicture(picture, 'sintering temperature / °C', 'pellets simulated');
  },
  minutes,
);

it(
  'Attia: early outcomes of 48 cells at a time recommend a long-lived protocol',
  () => {
    const { result, picture } = small(15);
    const { protocols, shareOfBestLife } = result as {
      protocols: number;
      shareOfBestLife: Record<string, { day: number; share: number }[]>;
    };
    expect(protocols).toBe(224);
    expect(shareOfBestLife['early']!.map(({ day }) => day)).toEqual([4, 8, 12, 16]);
    expect(shareOfBestLife['early']!.at(-1)!.share).toBeGreaterThan(0.93);
    expectPicture(picture, 'days', 'cycles foretold');
  },
  minutes,
);

it(
  'Chen: calculations as further sources halve the error of few experiments',
  () => {
    const { result, picture } = small(17);
    const { maeEv, correlationWithExperiment } = result as {
      maeEv: Record<string, number[]>;
      correlationWithExperiment: number[];
    };
    maeEv['both']!.forEach((error, k) => expect(error).toBeLessThan(0.7 * maeEv['alone']![k]!));
    for (const correlation of correlationWithExperiment) expect(correlation).toBeGreaterThan(0.7);
    expectPicture(picture, 'mean error / eV', 'predicted gap / eV');
  },
  minutes,
);

it(
  'Lv: a rehearsed campaign says beforehand what then happens, most of the time',
  () => {
    const { result, picture } = small(18);
    const { insideBandPercent, chanceOfTarget } = result as {
      insideBandPercent: number;
      chanceOfTarget: number[];
    };
    expect(insideBandPercent).toBeGreaterThanOrEqual(50);
    for (const chance of chanceOfTarget) {
      expect(chance).toBeGreaterThanOrEqual(0);
      expect(chance).toBeLessThanOrEqual(1);
    }
    expectPicture(picture, 'best conductivity at 300 °C / S cm⁻¹');
  },
  minutes,
);

it(
  'Ng, Ling: failures that are told save samples, and the record is proved and exported whole',
  () => {
    const { result, picture } = small(19);
    const { failedShareAfterInitial, record } = result as {
      failedShareAfterInitial: Record<string, number>;
      record: {
        experiments: Record<string, number>;
        quantities: number;
        ok: boolean;
        plans: number;
        identical: number;
      };
    };
    expect(failedShareAfterInitial['told']).toBeLessThan(failedShareAfterInitial['untold']!);
    expect(record.ok).toBe(true);
    expect(record.identical).toBe(record.plans);
    expect(record.experiments['failed_sample']).toBeGreaterThan(0);
    expect(record.quantities).toBe(record.experiments['accepted']);
    expectPicture(picture, 'failed so far', 'σ at 300 °C / S cm⁻¹');
  },
  minutes,
);

describeData('studies on real data', () => {
  it(
    'Cubuk: a student keeps what its teacher likes best',
    () => {
      const { result, picture } = small(13);
      const { student, keptOfTeachersBest, stages } = result as {
        student: { rankAgreement: number };
        keptOfTeachersBest: Record<string, number>;
        stages: { left: number }[];
      };
      expect(student.rankAgreement).toBeGreaterThan(0.7);
      expect(keptOfTeachersBest['20']).toBeGreaterThan(0.6);
      expect(stages[0]!.left).toBe(4 ** 7);
      expectPicture(picture, 'compositions left');
    },
    minutes,
  );

  it(
    'Matsubara: whole libraries find better catalysts than one composition at a time',
    () => {
      const { result, picture } = small(16);
      const { medianAfterAll } = result as { medianAfterAll: Record<string, number> };
      expect(medianAfterAll['plate']).toBeLessThan(medianAfterAll['single']!);
      expect(medianAfterAll['plate']).toBeLessThan(0.42);
      expectPicture(picture, 'overpotential at 3 mA/cm² / mV');
    },
    minutes,
  );
});
