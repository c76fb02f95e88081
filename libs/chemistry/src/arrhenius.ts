import { exp, log } from '@ionloop/linalg';
import { PropertyError, requirePositive } from './errors.js';

/** Boltzmann's constant in eV/K (exact since 2019, to the digits shown). */
export const boltzmannEvPerK = 8.617333262e-5;

export interface ArrheniusFit {
  readonly activationEnergyEv: number;
  /** Null with two temperatures: a line through two points leaves nothing to judge it by. */
  readonly activationEnergyStandardErrorEv: number | null;
  /** ln A with σT in S·K/cm. */
  readonly lnPrefactor: number;
  readonly rSquared: number;
  readonly at: (temperatureK: number) => {
    readonly conductivity: number;
    readonly lnStandardError: number | null;
  };
}

/** Least squares of ln(σT) on 1/T: σT = A·exp(−Eₐ/kT). */
export function fitArrhenius(
  temperaturesK: readonly number[],
  conductivities: readonly number[],
): ArrheniusFit {
  const n = temperaturesK.length;
  if (n !== conductivities.length) {
    throw new RangeError(`${n} temperatures do not go with ${conductivities.length} conductivities`);
  }
  temperaturesK.forEach((t, i) => requirePositive(`temperature ${i + 1}`, t, 'K'));
  conductivities.forEach((s, i) => requirePositive(`conductivity ${i + 1}`, s, 'S/cm'));
  if (new Set(temperaturesK).size < 2) {
    throw new PropertyError('TOO_FEW', `an Arrhenius line needs at least two different temperatures`);
  }
  const points = temperaturesK.map((t, i) => ({ x: 1 / t, y: log((conductivities[i] ?? NaN) * t) }));
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (const { x, y } of points) {
    sxx += (x - meanX) * (x - meanX);
    sxy += (x - meanX) * (y - meanY);
    syy += (y - meanY) * (y - meanY);
  }
  const slope = sxy / sxx;
  const intercept = meanY - slope * meanX;
  const residual = points.reduce((sum, { x, y }) => {
    const difference = y - meanY - slope * (x - meanX);
    return sum + difference * difference;
  }, 0);
  const variance = n > 2 ? residual / (n - 2) : null;
  return {
    activationEnergyEv: -slope * boltzmannEvPerK,
    activationEnergyStandardErrorEv: variance === null ? null : Math.sqrt(variance / sxx) * boltzmannEvPerK,
    lnPrefactor: intercept,
    rSquared: syy === 0 ? 1 : 1 - residual / syy,
    at(temperatureK) {
      requirePositive('the temperature', temperatureK, 'K');
      const distance = 1 / temperatureK - meanX;
      return {
        conductivity: exp(meanY + slope * distance) / temperatureK,
        lnStandardError:
          variance === null ? null : Math.sqrt(variance * (1 / n + (distance * distance) / sxx)),
      };
    },
  };
}
