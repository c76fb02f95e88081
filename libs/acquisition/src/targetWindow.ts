/**
 * Towards an interval low … high instead of upwards. D(f) is the distance of f to the interval (0 inside), d° the least of the responses so far.
 */
import { InvalidArgumentError, log, log1mexp, log1p, logNormCdf } from '@ionloop/linalg';
import { spreads } from './pointwise.js';
import { requireSome } from './belief/rows.js';
import type { AcquisitionContext, LogAcquisition } from './contract.js';
import { logEiH } from './improvement.js';
import { logDiffExp, logSumExp } from './logSpace.js';
import { meansOf, type Surrogate } from '@ionloop/surrogates';

const { abs, max, min } = Math;

const halfLogTwoPi = 0.9189385332046728;

export interface Interval {
  /** −∞ where there is no lower end. */
  readonly low: number;
  readonly high: number;
}

/** ln P(low ≤ f ≤ high). */
export function targetProbability(interval: Interval): LogAcquisition {
  requireInterval('interval', interval);
  return {
    name: 'target window: probability',
    scale: 'log',
    score: (model, candidates) => {
      const { mean, sd } = spreads(model, candidates);
      return mean.map((value, i) => logWindow(value, sd[i]!, interval));
    },
  };
}

/** ln E max(d° − D(f), 0): nearer to the interval than anything so far. Once something lies inside (d° = 0), ln P(low ≤ f ≤ high). */
export function targetImprovement(interval: Interval): LogAcquisition {
  requireInterval('interval', interval);
  return {
    name: 'target window: expected improvement',
    scale: 'log',
    score: (model, candidates, context) => {
      const nearest = nearestDistance(model, interval, context);
      const { mean, sd } = spreads(model, candidates);
      return mean.map((value, i) =>
        nearest > 0 ? logTargetEi(value, sd[i]!, interval, nearest) : logWindow(value, sd[i]!, interval),
      );
    },
  };
}

/** Towards one value: `targetImprovement` of the interval value ± tolerance. */
export function matchValue(value: number, tolerance = 0): LogAcquisition {
  if (!(tolerance >= 0)) throw new InvalidArgumentError('tolerance', `must be at least 0, not ${tolerance}`);
  return { ...targetImprovement({ low: value - tolerance, high: value + tolerance }), name: 'match value' };
}

/**
 * ln P(low ≤ f ≤ high) for f ~ N(mean, sd²), any sd ≥ 0; a relative error of the probability of some 1e-12 + 1e-15·u², u the nearer end's distance
 * in sd. Of a window so narrow that Φ(b) − Φ(a) would cancel, by the density in its middle and that one's curvature.
 */
export function logWindow(mean: number, sd: number, { low, high }: Interval): number {
  if (sd <= 0) return mean >= low && mean <= high ? 0 : -Infinity;
  const width = (high - low) / sd;
  const middle = (0.5 * (low + high) - mean) / sd;
  if (width * max(1, abs(middle)) < 1e-3) {
    const curvature = ((middle * middle - 1) * width * width) / 24;
    return log(width) - 0.5 * middle * middle - halfLogTwoPi + log1p(curvature);
  }
  const [below, above] = [(low - mean) / sd, (high - mean) / sd];
  // The tail in which both ends lie: there their logarithms keep their digits.
  if (below > 0) return logBetween(-above, -below);
  if (above < 0) return logBetween(below, above);
  const outside = logSumExp([logNormCdf(below), logNormCdf(-above)]);
  return outside < -0.5 ? log1mexp(outside) : logBetween(below, above);
}

/** ln(Φ(b) − Φ(a)). */
function logBetween(a: number, b: number): number {
  return logDiffExp(logNormCdf(b), logNormCdf(a));
}

/**
 * ln E max(d° − D(f), 0) for d° > 0, any sd ≥ 0. max(d° − D(f), 0) is a trapezium: a sum of four hinges at low − d°, low, high and
 * high + d°, each worth sd·h of its distance; where those would cancel (d° below sd/2), Gauss' rule over P(low − t ≤ f ≤ high + t), t in 0 … d°. A
 * relative error of some 1e-11 of the expectation up to 30 sd off.
 */
export function logTargetEi(mean: number, sd: number, { low, high }: Interval, nearest: number): number {
  const distance = max(low - mean, mean - high, 0);
  if (sd <= 0) return log(max(nearest - distance, 0));
  // Mirrored so that the mean lies in the lower half: the upper hinges are then small.
  if (mean - low > high - mean) return logTargetEi(-mean, sd, { low: -high, high: -low }, nearest);
  if (nearest < 0.5 * sd) return logByRule(mean, sd, { low, high }, nearest);
  const gained = logRise((mean - low) / sd, nearest / sd);
  const lost = high === Infinity ? -Infinity : logRise((mean - high) / sd - nearest / sd, nearest / sd);
  return log(sd) + logDiffExp(gained, lost);
}

/** ln(h(u + width) − h(u)), with h(u) = u + h(−u) above 0. */
function logRise(u: number, width: number): number {
  if (u <= 0) return logDiffExp(logEiH(u + width), logEiH(u));
  if (u === Infinity) return log(width);
  const missing = logDiffExp(logEiH(-u), logEiH(-u - width));
  return log(width) + log1mexp(min(missing - log(width), -1e-300));
}

const nodes = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const weights = [0.362683783378362, 0.31370664587788727, 0.2223810344533745, 0.10122853629037626];

function logByRule(mean: number, sd: number, { low, high }: Interval, nearest: number): number {
  const terms = nodes.flatMap((node, i) =>
    [1 - node, 1 + node].map((place) => {
      const reach = 0.5 * nearest * place;
      return log(0.5 * weights[i]!) + logWindow(mean, sd, { low: low - reach, high: high + reach });
    }),
  );
  return log(nearest) + logSumExp(terms);
}

/** d°, of the responses where the context holds them, else of what the model believes of the observed rows. */
function nearestDistance(
  model: Surrogate,
  { low, high }: Interval,
  { responses, observed }: AcquisitionContext,
): number {
  if (responses === undefined) requireSome('context.observed', observed);
  const values = responses ?? meansOf(model, observed!);
  if (values.length === 0)
    throw new InvalidArgumentError('context.responses', 'must hold at least one number');
  return values.reduce((least, value) => min(least, max(low - value, value - high, 0)), Infinity);
}

function requireInterval(name: string, { low, high }: Interval): void {
  if (!(low <= high) || (abs(low) === abs(high) && abs(low) === Infinity))
    throw new InvalidArgumentError(name, `must have low ≤ high, one of them finite, not ${low} … ${high}`);
}
