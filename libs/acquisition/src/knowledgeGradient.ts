/**
 * Knowledge gradient on a pool: how much one more measurement is expected to raise the largest mean. A measurement at x moves the means as
 * aⱼ + bⱼZ with a the means, b = C(·, x)/√(C(x, x) + σ_n²) and Z standard normal. E maxⱼ(aⱼ + bⱼZ) − maxⱼ aⱼ follows from the upper
 * envelope of these lines, Σ (bᵢ₊₁ − bᵢ)·h(−|cᵢ|) over its corners cᵢ (Frazier, Powell and Dayanik 2009), h as in `improvement.ts`.
 */
import { log, selectRows, topK, type Matrix } from '@ionloop/linalg';
import { meansOf, type Prediction } from '@ionloop/surrogates';
import type { LogAcquisition } from './contract.js';
import { crossCovariance, noiseOf, type CovarianceOptions } from './belief/covariance.js';
import { logEiH } from './improvement.js';
import { logSumExp } from './logSpace.js';

const { abs, max, sqrt } = Math;

export interface KnowledgeOptions extends CovarianceOptions {
  /**
   * (r,d), where the largest mean is looked for. Where it is left out the candidates; of more than 256 those with the largest mean + 2·sd and, for each
   * candidate, itself: what is left out can only have made the gradient a little larger.
   */
  readonly pool?: Matrix;
  /** σ_n², the variance of the measurement's error; what the model tells where it is left out. */
  readonly noise?: number;
}

const mostPromising = 256;

/** ln of the knowledge gradient of each candidate; exact for a Gaussian process and a pool of up to 256 rows. O(m·r·ln r). */
export function knowledgeGradient(options: KnowledgeOptions = {}): LogAcquisition {
  return {
    name: 'knowledge gradient',
    scale: 'log',
    score: (model, candidates, { rng }) => {
      if (candidates.rows === 0) return new Float64Array(0);
      const { noise = noiseOf(model) } = options;
      const believed = model.predict(candidates);
      const [pool, member] = options.pool ? [options.pool] : promising(candidates, believed);
      const a = meansOf(model, pool);
      const { covariance, variances } = crossCovariance(model, candidates, pool, rng, options);
      const b = new Float64Array(pool.rows);
      const { data } = covariance;
      return variances[0].map((variance, i) => {
        const total = sqrt(max(variance, 0) + noise);
        if (total === 0) return -Infinity;
        for (let j = 0, at = i * pool.rows; j < b.length; j++, at++) b[j] = data[at]! / total;
        if (member === undefined || member[i] === 1) return logGainOfLines(a, b);
        return logGainOfLines(withOne(a, believed.mean[i]!), withOne(b, variance / total));
      });
    },
  };
}

/** The candidates worth looking at for the largest mean, and which they are: 1 for those that belong. */
function promising(candidates: Matrix, { mean, variance }: Prediction): [Matrix, Uint8Array] {
  const upper = mean.map((value, i) => value + 2 * sqrt(max(variance[i]!, 0)));
  const member = new Uint8Array(candidates.rows).fill(candidates.rows <= mostPromising ? 1 : 0);
  if (candidates.rows <= mostPromising) return [candidates, member];
  const chosen = Array.from(topK(upper, mostPromising).indices).sort((i, j) => i - j);
  for (const i of chosen) member[i] = 1;
  return [selectRows(candidates, chosen), member];
}

function withOne(values: Float64Array, more: number): Float64Array {
  const result = new Float64Array(values.length + 1);
  result.set(values);
  result[values.length] = more;
  return result;
}

/** ln(E maxⱼ(aⱼ + bⱼZ) − maxⱼ aⱼ) for lines a, b (r); −∞ where one line is the highest everywhere. A relative error of some 1e-12. */
export function logGainOfLines(a: Float64Array, b: Float64Array): number {
  const envelope = upperEnvelope(a, b);
  const terms: number[] = [];
  for (let k = 0; k + 1 < envelope.length; k++) {
    const [i, j] = [envelope[k]!, envelope[k + 1]!];
    const turn = b[j]! - b[i]!;
    terms.push(log(turn) + logEiH(-abs((a[i]! - a[j]!) / turn)));
  }
  return logSumExp(terms);
}

/** The lines of the upper envelope, by rising slope. */
function upperEnvelope(a: Float64Array, b: Float64Array): number[] {
  const envelope: number[] = [];
  for (const j of possibleLines(a, b)) {
    const last = envelope.at(-1);
    if (last !== undefined && b[last] === b[j]) envelope.pop();
    while (envelope.length > 1 && hides(a, b, envelope.at(-2)!, envelope.at(-1)!, j)) envelope.pop();
    envelope.push(j);
  }
  return envelope;
}

/** Whether line j overtakes line i before line k (of a slope in between) does. */
function hides(a: Float64Array, b: Float64Array, i: number, k: number, j: number): boolean {
  return (a[i]! - a[j]!) * (b[k]! - b[i]!) <= (a[i]! - a[k]!) * (b[j]! - b[i]!);
}

/**
 * Lines by slope, of equal slopes the lower first, without those that cannot reach the envelope: (b, a) beneath the chords from the lowest slope
 * to the highest intercept to the highest slope. Most fall away here, before sorting.
 */
function possibleLines(a: Float64Array, b: Float64Array): number[] {
  let [left, top, right] = [0, 0, 0];
  for (let j = 1; j < a.length; j++) {
    if (b[j]! < b[left]! || (b[j] === b[left] && a[j]! > a[left]!)) left = j;
    if (a[j]! > a[top]!) top = j;
    if (b[j]! > b[right]! || (b[j] === b[right] && a[j]! > a[right]!)) right = j;
  }
  const lines: number[] = [];
  const [aLeft, bLeft, aTop, bTop] = [a[left]!, b[left]!, a[top]!, b[top]!];
  const [toTop, upTop] = [bTop - bLeft, aLeft - aTop];
  const [toRight, upRight] = [b[right]! - bTop, aTop - a[right]!];
  for (let j = 0; j < a.length; j++) {
    const [own, slope] = [a[j]!, b[j]!];
    // As `hides` has it, of the chord on this side of the top.
    const beneath =
      slope < bTop
        ? upTop * (slope - bLeft) <= (aLeft - own) * toTop
        : upRight * (slope - bTop) <= (aTop - own) * toRight;
    if (j === left || j === top || j === right || !beneath) lines.push(j);
  }
  return lines.sort((i, j) => b[i]! - b[j]! || a[i]! - a[j]! || i - j);
}
