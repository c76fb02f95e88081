/**
 * 72 synthetic LISICONs γ-Li8−cA_aB_bO4 in the shape of the paper's table. For each: cell volume, diffusivity at 1600 K as a simulation gives it, the temperature at which
 * order melts, and σ at 373 K, which takes the barrier below that temperature and costs an experiment.
 */
import { boltzmannEvPerK } from '@ionloop/chemistry';
import { exp, log, Philox } from '@ionloop/linalg';

const A = [
  { name: 'Zn', radius: 0.6, charge: 2 },
  { name: 'Mg', radius: 0.57, charge: 2 },
  { name: 'Cd', radius: 0.78, charge: 2 },
  { name: 'Al', radius: 0.39, charge: 3 },
  { name: 'Ga', radius: 0.47, charge: 3 },
];
const B = [
  { name: 'Si', radius: 0.26, charge: 4, soft: 0.1 },
  { name: 'Ge', radius: 0.39, charge: 4, soft: 1 },
  { name: 'Ti', radius: 0.42, charge: 4, soft: 0.35 },
  { name: 'P', radius: 0.17, charge: 5, soft: 0.15 },
  { name: 'V', radius: 0.355, charge: 5, soft: 0.55 },
  { name: 'As', radius: 0.335, charge: 5, soft: 0.6 },
];

export const features = ['V / Å³', 'log₁₀ D(1600 K) / cm² s⁻¹', 'T(order) / K'];

export function oxides() {
  const pure = B.map((b) => ({ a: A[0], b, x: 0 }));
  const doped = A.flatMap((a) => B.flatMap((b) => [0.25, 0.5].map((x) => ({ a, b, x }))));
  const more = B.map((b) => ({ a: A[1], b, x: 0.75 }));
  return [...pure, ...doped, ...more].map(({ a, b, x }) => {
    const name = [`Li${digits(8 - b.charge - a.charge * x)}`, x > 0 && `${a.name}${x}`, `${b.name}O4`]
      .filter(Boolean)
      .join('');
    const rng = Philox.fromSeed(`lisicon ${a.name} ${b.name} ${x}`);
    const volume = 70 + 34 * b.radius + 12 * x * a.radius + 0.5 * rng.normal();
    const hotBarrier = 0.52 - 0.16 * b.soft - (0.05 * (volume - 78)) / 8 + 0.06 * x + 0.012 * rng.normal();
    const order = 560 + 380 * (1 - b.soft) * (1 - x) + 25 * rng.normal();
    const logD = -3.1 - hotBarrier / (boltzmannEvPerK * 1600) / ln10 + 0.03 * rng.normal();
    // Below the melting of order the barrier is higher.
    const coldBarrier = hotBarrier + 0.14 * exp(-b.soft);
    const kT = (kelvin) => boltzmannEvPerK * kelvin;
    const lnSigma =
      log(900) -
      hotBarrier / kT(order) -
      coldBarrier * (1 / kT(373) - 1 / kT(order)) -
      log(373) +
      0.25 * rng.normal();
    return {
      name,
      values: [volume, logD, order],
      logSigma: lnSigma / ln10,
      measured: lnSigma / ln10 + 0.1 * rng.normal(),
      /** log10 of σ in S/cm above the melting of order, as simulated. */
      hot: (kelvin) => (log(900) - hotBarrier / kT(kelvin) - log(kelvin)) / ln10,
    };
  });
}

const ln10 = 2.302585092994046;
const digits = (value) => String(Number(value.toFixed(2)));
