/**
 * Weights of a mixture by stacking (Yao, Vehtari, Simpson, Gelman 2018): those w ≥ 0, Σw = 1 that make Σᵢ ln Σⱼ wⱼ·p(yᵢ | j) largest, where p(yᵢ | j) is what
 * member j said of row i without having seen it. The sum is concave in w; expectation maximisation climbs it, wⱼ ← mean over i of wⱼ·pᵢⱼ/Σₖ wₖ·pᵢₖ.
 */
import { exp, log } from '@ionloop/linalg';
import type { LeftOut } from '../contract.js';

const { abs, max, sqrt } = Math;
const logRootTwoPi = 0.9189385332046727;
const mostSteps = 2000;
/** A step that moves no weight further is the last. */
const still = 1e-9;
/** A member of less weight is not worth its fit. */
const least = 1e-3;

/** (n) ln p of each actual value under N(mean, variance). `size` is that of y: no density is sharper than 1e9 of it. */
export function logDensities({ mean, variance, actual }: LeftOut): Float64Array {
  const size = actual.reduce((most, value) => max(most, abs(value)), 0) || 1;
  return Float64Array.from(actual, (value, i) => {
    const sd = sqrt(max(variance[i]!, 1e-18 * size * size));
    const z = (value - mean[i]!) / sd;
    return -0.5 * z * z - log(sd) - logRootTwoPi;
  });
}

/** Of members whose log densities (n) these are; each row counts as `counts` (n) say. */
export function stackingWeights(densities: readonly Float64Array[], counts?: Float64Array): Float64Array {
  const members = densities.length;
  const n = densities[0]?.length ?? 0;
  const relative = relativeDensities(densities, n);
  let weights = new Float64Array(members).fill(1 / members);
  const total = counts?.reduce((sum, count) => sum + count, 0) ?? n;
  if (members === 1 || !(total > 0)) return weights;
  for (let step = 0; step < mostSteps; step++) {
    const next = new Float64Array(members);
    for (let i = 0; i < n; i++) {
      let mixed = 0;
      for (let j = 0; j < members; j++) mixed += weights[j]! * relative[j]![i]!;
      const share = (counts?.[i] ?? 1) / (total * mixed);
      for (let j = 0; j < members; j++) next[j] = next[j]! + share * weights[j]! * relative[j]![i]!;
    }
    const moved = next.reduce((most, weight, j) => max(most, abs(weight - weights[j]!)), 0);
    weights = next;
    if (moved < still) break;
  }
  return withoutTraces(weights);
}

/** Densities of each row in units of the largest among the members. */
function relativeDensities(densities: readonly Float64Array[], n: number): readonly Float64Array[] {
  const largest = new Float64Array(n).fill(-Infinity);
  for (const density of densities) for (let i = 0; i < n; i++) largest[i] = max(largest[i]!, density[i]!);
  return densities.map((density) => density.map((value, i) => max(exp(value - largest[i]!), 1e-300)));
}

function withoutTraces(weights: Float64Array): Float64Array {
  const kept = weights.map((weight) => (weight < least ? 0 : weight));
  const total = kept.reduce((sum, weight) => sum + weight, 0);
  return kept.map((weight) => weight / total);
}
