import { InvalidArgumentError } from '../errors.js';
import { requireFinite } from '../dense/checks.js';
import { log } from '../special/log.js';

const { min, sqrt } = Math;

/**
 * How many independent draws would give the mean of a chain with the same error: n over one and twice the sum of the autocorrelations, as
 * far as their pairs stay positive and falling (Geyer 1992). At most n·log₁₀ n; n of a chain that does not move. At least 4 values.
 */
export function effectiveSampleSize(chain: Float64Array): number {
  requireChain('chain', chain);
  const n = chain.length;
  const centred = minusMean(chain);
  const variance = covariance(centred, 0);
  if (variance === 0) return n;
  let sum = 0;
  let last = Infinity;
  for (let lag = 0; lag + 1 < n; lag += 2) {
    const pair = (covariance(centred, lag) + covariance(centred, lag + 1)) / variance;
    if (pair <= 0) break;
    last = min(last, pair);
    sum += last;
  }
  // An alternating chain is better than independent draws; how much better, n draws cannot tell beyond this.
  const most = (n * log(n)) / 2.302585092994046;
  return 2 * sum - 1 > 0 ? min(n / (2 * sum - 1), most) : most;
}

/**
 * How much wider the chains lie together than each half of a chain by itself: near 1 once they have mixed, beyond 1.01 to be doubted
 * (split R̂, Gelman and others 2013). NaN where none of them moves. Chains of the same length, at least 4.
 */
export function rHat(chains: readonly Float64Array[]): number {
  if (chains.length === 0) throw new InvalidArgumentError('chains', 'must hold at least one chain');
  const length = chains[0]!.length;
  for (const chain of chains) {
    requireChain('chains', chain);
    if (chain.length !== length) throw new InvalidArgumentError('chains', 'must all be of one length');
  }
  const half = (length - (length % 2)) / 2;
  const halves = chains.flatMap((chain) => [chain.subarray(0, half), chain.subarray(length - half)]);
  const within = mean(halves.map(sampleVariance));
  const between = sampleVariance(Float64Array.from(halves, mean));
  return sqrt((half - 1) / half + between / within);
}

function requireChain(name: string, chain: Float64Array): void {
  if (chain.length < 4)
    throw new InvalidArgumentError(name, `must hold at least 4 values, not ${chain.length}`);
  requireFinite(name, chain);
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

function minusMean(values: Float64Array): Float64Array {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

function sampleVariance(values: Float64Array): number {
  return (covariance(minusMean(values), 0) * values.length) / (values.length - 1);
}

/** Of a chain with its own later values, around 0, over n. */
function covariance(centred: Float64Array, lag: number): number {
  let sum = 0;
  for (let i = lag; i < centred.length; i++) sum += centred[i]! * centred[i - lag]!;
  return sum / centred.length;
}
