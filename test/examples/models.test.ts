import { expect, it } from '@jest/globals';
import { expectPicture, small } from './studies.js';

const minutes = 300_000;

it(
  'Fujimura: simulations at high temperature help, and bootstrap bars hold what they should',
  () => {
    const { result, picture } = small(10);
    const { models, fromVolumeAlone, temperatureAsContext } = result as {
      models: { name: string; maeDecades: number; coverage95: number }[];
      fromVolumeAlone: { maeDecades: number };
      temperatureAsContext: { maeDecades: number; coldAloneMaeDecades: number };
    };
    for (const { maeDecades, coverage95 } of models) {
      expect(maeDecades).toBeLessThan(0.5 * fromVolumeAlone.maeDecades);
      expect(coverage95).toBeGreaterThan(0.75);
    }
    expect(temperatureAsContext.maeDecades).toBeLessThan(0.7 * temperatureAsContext.coldAloneMaeDecades);
    expectPicture(picture, 'measured σ at 373 K / S cm⁻¹');
  },
  minutes,
);

it(
  'Ibrahim: an ensemble of networks predicts films that were never made, with honest bands',
  () => {
    const { result, picture } = small(11);
    const { models } = result as { models: { name: string; maeDecades: number; coverage95: number }[] };
    const [ensemble] = models;
    const linear = models.at(-1)!;
    expect(ensemble!.maeDecades).toBeLessThan(linear.maeDecades);
    expect(ensemble!.coverage95).toBeGreaterThan(0.8);
    expectPicture(picture, '1000 K / T', 'σ / S cm⁻¹');
  },
  minutes,
);
