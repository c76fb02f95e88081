/**
 * Polymer electrolytes of one polymer and several salts: each salt has a level, a best concentration and a best filler of its own, and shares the rest.
 * log10 of σ at 60 °C in S/cm.
 */
import { cos, log, Philox } from '@ionloop/linalg';

const salts = {
  LiTFSI: { level: -3.6, salt: 0.09, filler: 5, sensitivity: 1 },
  LiPF6: { level: -4.1, salt: 0.08, filler: 6, sensitivity: 1.1 },
  LiClO4: { level: -4.5, salt: 0.11, filler: 4.5, sensitivity: 0.9 },
};
const square = (x) => x * x;

export const logSigma = (name) => (point) => {
  const own = salts[name];
  return (
    own.level -
    own.sensitivity *
      (0.9 * square(log(point.salt / own.salt)) +
        1.5 * square((point.plasticiser - 27) / 25) +
        0.9 * square((point.crosslinker - 3) / 8) +
        0.7 * square((point.filler - own.filler) / 6) -
        0.5 * ((point.plasticiser - 27) / 25) * ((point.crosslinker - 3) / 8))
  );
};

/** An earlier campaign that has nothing to do with it: another property of another film. */
export const unrelated = (point) =>
  -4 + cos(9 * log(point.salt)) + 0.8 * cos(point.plasticiser / 5 + point.filler);

export const noise = 0.06;

/** What an earlier campaign left: results all over its space. */
export function earlier(space, truth, count, source, seed) {
  const rng = Philox.fromSeed(seed);
  return space
    .sample(count, rng.split('points'))
    .map((point) => ({ point, values: [truth(point) + noise * rng.normal()], source }));
}
