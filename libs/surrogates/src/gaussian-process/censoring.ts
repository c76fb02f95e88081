/**
 * Rows of which is only known that the response lies below u: a measurement h = f + ε would have given less. The likelihood [h < u] is replaced by a normal
 * one of h, N(ỹ, ṽ), such that the process has the mean and variance it would have with that of one row at a time (expectation propagation, Minka
 * 2001): pseudo-observations with a noise of their own. With μ, s² what the other rows say of h, α = (u − μ)/s, r = φ(α)/Φ(α), β = r·(α + r):
 *   ỹ = μ − s/(α + r),   ṽ = s²·(1 − β)/β
 * and the evidence is ln Z = ln N(ỹ; c, K + noise + ṽ) + Σ (ln Φ(α) − ln N(ỹ; μ, s² + ṽ)). At the fixed point its slope in θ is that of the first part with the
 * pseudo-observations held, so they and θ are found in turn.
 */
import {
  conditionGaussian,
  exp,
  leaveOneOut,
  log,
  logNormCdf,
  type Conditioned,
  type GaussianData,
  type GaussianMarginals,
  type Kernel,
} from '@ionloop/linalg';

const { abs, max, min, sqrt } = Math;

/** What stands for the censored rows, in standard units. */
export interface Sites {
  /** Which rows. */
  readonly rows: readonly number[];
  /** u of each. */
  readonly bounds: Float64Array;
  readonly response: Float64Array;
  readonly variance: Float64Array;
}

const logRootTwoPi = 0.9189385332046727;
const logTwoPi = 2 * logRootTwoPi;
/** As good as no observation, in units of the variance of the response. */
const mostVariance = 1e6;
const damping = 0.7;
const mostSweeps = 100;
const tolerance = 1e-6;

/** Sites that say nothing yet. */
export function emptySites(rows: readonly number[], y: Float64Array): Sites {
  const bounds = Float64Array.from(rows, (row) => y[row]!);
  return { rows, bounds, response: bounds, variance: bounds.map(() => mostVariance) };
}

/** The data with pseudo-observations in place of the bounds. */
export function withSites(data: GaussianData, sites: Sites | null): GaussianData {
  if (sites === null) return data;
  const y = data.y.slice();
  const noise = data.noise?.slice() ?? new Float64Array(y.length);
  sites.rows.forEach((row, k) => {
    y[row] = sites.response[k]!;
    noise[row]! += sites.variance[k]!;
  });
  return { X: data.X, y, noise };
}

/** The sites at their fixed point for this θ, from the given ones on. `data` are the rows without sites. */
export function propagate(kernel: Kernel, theta: Float64Array, data: GaussianData, start: Sites): Sites {
  let sites = start;
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    const others = leaveOneOut(conditionGaussian(kernel, theta, withSites(data, sites)));
    const next = moved(sites, others);
    const change = largestChange(sites, next);
    sites = next;
    if (change < tolerance) break;
  }
  return sites;
}

/** Every site towards what the others make of it, as precision and precision times response. */
function moved(sites: Sites, { mean, variance }: GaussianMarginals): Sites {
  const response = sites.response.slice();
  const own = sites.variance.slice();
  sites.rows.forEach((row, k) => {
    const target = siteFor(sites.bounds[k]!, mean[row]!, variance[row]! - own[k]!);
    const precision = (1 - damping) / own[k]! + damping / target.variance;
    const scaled = ((1 - damping) * response[k]!) / own[k]! + (damping * target.response) / target.variance;
    own[k] = min(1 / precision, mostVariance);
    response[k] = scaled / precision;
  });
  return { ...sites, response, variance: own };
}

/** The site of a row that the others predict as N(mean, variance) and of which is known that it is below the bound. */
export function siteFor(
  bound: number,
  mean: number,
  variance: number,
): { readonly response: number; readonly variance: number } {
  const s = sqrt(max(variance, 1e-12));
  const alpha = (bound - mean) / s;
  const ratio = exp(-0.5 * alpha * alpha - logRootTwoPi - logNormCdf(alpha));
  const beta = min(max(ratio * (alpha + ratio), 1e-12), 1 - 1e-9);
  return {
    response: mean - s / max(alpha + ratio, 1e-12),
    variance: min((s * s * (1 - beta)) / beta, mostVariance),
  };
}

function largestChange(from: Sites, to: Sites): number {
  let most = 0;
  from.rows.forEach((_, k) => {
    most = max(most, abs(to.response[k]! / to.variance[k]! - from.response[k]! / from.variance[k]!));
    most = max(most, abs(1 / to.variance[k]! - 1 / from.variance[k]!));
  });
  return most;
}

/** The sites with those of more rows, each as the process so far predicts it: `predicted` (with the noise of a measurement) is of all those rows. */
export function sitesOfMore(
  rows: readonly number[],
  bounds: Float64Array,
  predicted: GaussianMarginals,
): Sites {
  const found = rows.map((_, k) => siteFor(bounds[k]!, predicted.mean[k]!, predicted.variance[k]!));
  return {
    rows,
    bounds,
    response: Float64Array.from(found, ({ response }) => response),
    variance: Float64Array.from(found, ({ variance }) => variance),
  };
}

export function joinedSites(a: Sites | null, b: Sites | null): Sites | null {
  if (a === null || b === null) return a ?? b;
  const join = (field: 'bounds' | 'response' | 'variance') => Float64Array.of(...a[field], ...b[field]);
  return {
    rows: [...a.rows, ...b.rows],
    bounds: join('bounds'),
    response: join('response'),
    variance: join('variance'),
  };
}

/** ln Z; that of a process without sites as it is. */
export function logEvidence(conditioned: Conditioned, sites: Sites | null): number {
  if (sites === null) return conditioned.logMarginalLikelihood;
  const others = leaveOneOut(conditioned);
  return sites.rows.reduce((sum, row, k) => {
    const whole = others.variance[row]!;
    const mean = others.mean[row]!;
    const s = sqrt(max(whole - sites.variance[k]!, 1e-12));
    const off = sites.response[k]! - mean;
    const normal = -0.5 * (logTwoPi + log(whole) + (off * off) / whole);
    return sum + logNormCdf((sites.bounds[k]! - mean) / s) - normal;
  }, conditioned.logMarginalLikelihood);
}
