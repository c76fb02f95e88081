/**
 * Synthetic band gaps of compounds described by four numbers. An experiment tells the gap; a cheap functional tells two thirds of it, shifted, with an error of its own that varies over the
 * compounds; a middling one lies between. They are of the size that the literature has: gaps 0 … 9 eV, cheap ones too small by a third.
 */
import { cos, exp, latinHypercube } from '@ionloop/linalg';

export const inputs = ['electronegativity difference', 'mean radius', 'valence electrons', 'ionicity'];

export function truth([difference, radius, electrons, ionicity]) {
  return (
    1.2 +
    5.5 * difference * difference +
    2.2 * ionicity * (1 - radius) -
    1.4 * electrons +
    0.8 * cos(5 * radius) * difference +
    0.6 * exp(-8 * (electrons - 0.5) ** 2)
  );
}

const bias = ([difference, radius, electrons]) =>
  0.45 * cos(4 * electrons + 2 * radius) * (1 - 0.5 * difference);

export const sources = [
  { name: 'experiment', noise: 0.15, of: truth },
  { name: 'cheap functional', noise: 0.02, of: (x) => 0.66 * truth(x) - 0.35 + bias(x) },
  { name: 'better functional', noise: 0.02, of: (x) => 0.94 * truth(x) + 0.1 + 0.3 * bias(x) },
];

/** Compounds spread over all that there are, as rows. */
export function compounds(count, rng) {
  const { data } = latinHypercube(inputs.length, count, rng);
  return Array.from({ length: count }, (_, i) =>
    Array.from(data.subarray(i * inputs.length, (i + 1) * inputs.length)),
  );
}
