/**
 * 120 synthetic rows in the shape of the paper's table: activation energy (eV), temperature (°C), lattice a, b, c (Å), cell volume (Å³) → σ = (A/T)·exp(−Eₐ/kT) in S/cm.
 * Poor conductors are measured hotter and have larger cells, as in compilations of the literature; that is where the published correlations come from.
 * Three rows have slipped by two or three decimals, as rows of compilations do.
 */
import { boltzmannEvPerK } from '@ionloop/chemistry';
import { exp, Philox } from '@ionloop/linalg';

export const inputs = ['Ea / eV', 'T / °C', 'a / Å', 'b / Å', 'c / Å', 'V / Å³'];

const slips = { 17: 1e-3, 58: 1e3, 91: 1e-2 };

export function rows(count = 120, seed = 'mishra') {
  const rng = Philox.fromSeed(seed);
  return Array.from({ length: count }, (_, i) => {
    const ev = 0.18 + 0.5 * rng.beta(1.7, 2.4);
    const celsius = 25 + 300 * rng.beta(1.1, 2.6) * (0.35 + 1.6 * (ev - 0.18));
    const large = rng.normal() + 1.2 * (ev - 0.38);
    const a = 8.6 * exp(0.16 * large + 0.13 * rng.normal());
    const b = 8.9 * exp(0.3 * large + 0.16 * rng.normal());
    const c = 11.5 * exp(0.14 * rng.normal());
    const skew = 0.94 + 0.06 * rng.uniform();
    const kelvin = celsius + 273.15;
    const sigma =
      ((3.2e4 * exp(0.7 * rng.normal() - 0.55 * large)) / kelvin) * exp(-ev / (boltzmannEvPerK * kelvin));
    const slip = slips[i] ?? 1;
    return { values: [ev, celsius, a, b, c, a * b * c * skew], sigma: sigma * slip, slipped: slip !== 1 };
  });
}
