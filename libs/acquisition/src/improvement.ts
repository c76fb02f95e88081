/**
 * Improvement over the best response, of a normal belief N(mean, sd²). u = (mean − best)/sd, φ and Φ the standard normal density
 * and distribution, h(u) = φ(u) + u·Φ(u), EI = sd·h(u).
 */
import {
  erfcx,
  exp,
  InvalidArgumentError,
  log,
  log1mexp,
  logNormCdf,
  normCdf,
  normPdf,
} from '@ionloop/linalg';

const { max } = Math;

const halfLogTwoPi = 0.9189385332046728;
const halfLogHalfPi = 0.22579135264472744;
const rootHalf = 0.7071067811865476;
const rootTwoOverPi = 0.7978845608028654;

/**
 * ln h(u) for any u, with a relative error below 1e-12 (of ln h, or absolute where |ln h| < 1), by the three branches of Ament et al.
 * (2023): direct above −1; ln φ(u) + ln(1 − eʷ) with w = ln(erfcx(−u/√2)·|u|) + ½ ln(π/2) down to −10⁶; below, where eʷ is 1 − u⁻² to all
 * digits, ln φ(u) − 2 ln|u|.
 */
export function logEiH(u: number): number {
  if (u > -1) return log(normPdf(u) + u * normCdf(u));
  const logPhi = -0.5 * u * u - halfLogTwoPi;
  if (u <= -1e6) return logPhi - 2 * log(-u);
  const w = log(erfcx(-u * rootHalf) * -u) + halfLogHalfPi;
  return logPhi + (u < -100 ? farTail(u) : log1mexp(w));
}

/** ln(1 − |u|·Mills(u)) for u < −100, where subtracting would cancel: ln(u⁻²·(1 − 3u⁻² + 15u⁻⁴ − 105u⁻⁶ + …)). */
function farTail(u: number): number {
  const z = 1 / (u * u);
  return log(z * (1 - z * (3 - z * (15 - z * (105 - z * 945)))));
}

/** ln of the expected improvement; where sd is 0, ln max(mean − best, 0). */
export function logEi(mean: number, sd: number, best: number): number {
  if (sd <= 0) return mean > best ? log(mean - best) : -Infinity;
  return logEiH((mean - best) / sd) + log(sd);
}

/** E max(f − best, 0); underflows to 0 where `logEi` does not. */
export function ei(mean: number, sd: number, best: number): number {
  if (sd <= 0) return max(mean - best, 0);
  const u = (mean - best) / sd;
  return u > -1 ? sd * (normPdf(u) + u * normCdf(u)) : exp(logEi(mean, sd, best));
}

/** P(f > best); where sd is 0, 1 or 0. */
export function pi(mean: number, sd: number, best: number): number {
  if (sd <= 0) return mean > best ? 1 : 0;
  return normCdf((mean - best) / sd);
}

/** ln P(f > best), which orders candidates where `pi` has underflowed. */
export function logPi(mean: number, sd: number, best: number): number {
  if (sd <= 0) return mean > best ? 0 : -Infinity;
  return logNormCdf((mean - best) / sd);
}

/** mean + beta·sd. */
export function ucb(mean: number, sd: number, beta: number): number {
  return mean + beta * sd;
}

/** A score and its slopes in the mean and in the standard deviation. */
export interface Slopes {
  readonly value: number;
  readonly inMean: number;
  readonly inSd: number;
}

/** `logEi` for sd > 0, with slopes Φ(u)/EI and φ(u)/EI: finite as long as u² is, with a relative error of some 1e-12 of |ln h(u)|. */
export function logEiSlopes(mean: number, sd: number, best: number): Slopes {
  requireSd(sd);
  const u = (mean - best) / sd;
  const logH = logEiH(u);
  return {
    value: logH + log(sd),
    inMean: exp(logNormCdf(u) - logH) / sd,
    inSd: exp(-0.5 * u * u - halfLogTwoPi - logH) / sd,
  };
}

/** `logPi` for sd > 0, with slopes φ(u)/(Φ(u)·sd) and −u times as much. */
export function logPiSlopes(mean: number, sd: number, best: number): Slopes {
  requireSd(sd);
  const u = (mean - best) / sd;
  const value = logNormCdf(u);
  const inMean = hazard(u) / sd;
  return { value, inMean, inSd: -u * inMean };
}

/** φ(u)/Φ(u), any u, within 1e-14: it does not cancel where both underflow. */
export function hazard(u: number): number {
  return u < 0 ? rootTwoOverPi / erfcx(-u * rootHalf) : normPdf(u) / normCdf(u);
}

function requireSd(sd: number): void {
  if (!(sd > 0)) throw new InvalidArgumentError('sd', `must be above 0, not ${sd}`);
}
