/**
 * Synthetic composite polymer electrolytes in the shape of the papers': PEO with LiPF6, ethylene carbonate and carbon nanotubes, each film measured at ten temperatures.
 * log10 σ follows Vogel, Fulcher and Tammann; salt brings carriers until they pair, carbonate lowers the glass, a few nanotubes help and more percolate badly.
 */
import { Philox } from '@ionloop/linalg';

export const inputs = ['LiPF₆ / wt%', 'EC / wt%', 'CNT / wt%', '1000 K / T'];
export const celsius = [25, 32, 39, 46, 54, 62, 71, 80, 90, 100];

/** log10 of S/cm. */
export function logSigma({ salt, carbonate, tubes }, celsiusAt) {
  const kelvin = celsiusAt + 273.15;
  const glass = 205 + 1.1 * salt - 1.5 * carbonate;
  const carriers = -0.9 - 0.012 * (salt - 14) ** 2;
  const network = 0.16 * tubes - 0.022 * tubes * tubes - 0.0025 * tubes * carbonate;
  // Below the melting of PEO, crystals block; carbonate keeps it amorphous.
  const crystals = 0.9 / (1 + 10 ** ((celsiusAt - 55) / 9)) / (1 + 0.15 * carbonate);
  return carriers + network - crystals - 380 / (kelvin - glass);
}

export const noise = 0.05;

/** Films spread over the compositions, each with what was measured of it. */
export function films(count = 48) {
  const rng = Philox.fromSeed('films');
  return Array.from({ length: count }, (_, i) => {
    const own = rng.split(`film ${i}`);
    const film = { salt: 4 + 18 * own.uniform(), carbonate: 20 * own.uniform(), tubes: 7 * own.uniform() };
    // A film is made once: its own error is in all of its temperatures.
    const made = 0.08 * own.normal();
    const rows = celsius.map((at) => ({
      celsius: at,
      logSigma: logSigma(film, at) + made + noise * own.normal(),
    }));
    return { film, rows };
  });
}

export const features = ({ salt, carbonate, tubes }, celsiusAt) => [
  salt,
  carbonate,
  tubes,
  1000 / (celsiusAt + 273.15),
];
