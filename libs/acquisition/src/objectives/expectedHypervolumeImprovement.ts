/**
 * Expected hypervolume improvement of independent normal outcomes N(μ_k, s_k²). Whatever lies beneath the outcome and is not dominated is gained, so
 * EHVI = ∫ Π_k P(f_k ≥ z_k) dz over the boxes: Σ_b Π_k (ψ_k(l_bk) − ψ_k(u_bk)) with ψ_k(z) = E max(f_k − z, 0), ψ(∞) = 0.
 */
import { requireCols, requireLength, type Matrix } from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';
import { logEi } from '../improvement.js';
import { logDiffExp, logSumExp } from '../logSpace.js';
import { spreads } from '../pointwise.js';
import { nonDominatedBoxes, type Boxes } from './boxes.js';
import type { OutcomesAcquisition } from './contract.js';
import { referencePoint } from './front.js';

/** ln EHVI, exact, for 1 to 4 objectives. Of a front of n: 2n + 1 boxes a candidate, with four objectives up to 2n². */
export function expectedHypervolumeImprovement(): OutcomesAcquisition {
  return {
    name: 'expected hypervolume improvement',
    scale: 'log',
    score: (models, candidates, { outcomes, reference = referencePoint(outcomes) }) => {
      requireModels(models, outcomes);
      const boxes = nonDominatedBoxes(outcomes, reference);
      const levels = levelsOf(boxes);
      const believed = models.map((model) => spreads(model, candidates));
      return Float64Array.from({ length: candidates.rows }, (_, i) =>
        logSumOverBoxes(
          boxes,
          levels,
          believed.map(({ mean }) => mean[i]!),
          believed.map(({ sd }) => sd[i]!),
        ),
      );
    },
  };
}

/** ln EHVI of one outcome with means (p) and standard deviations (p). A relative error of EHVI of some 1e-12·(1 + |ln EHVI|). */
export function logEhvi(boxes: Boxes, mean: readonly number[], sd: readonly number[]): number {
  requireLength('mean', mean, boxes.p);
  requireLength('sd', sd, boxes.p);
  return logSumOverBoxes(boxes, levelsOf(boxes), mean, sd);
}

/** The different bounds of the boxes in each objective, and where in them each bound stands: ψ is computed once a bound. */
interface Levels {
  readonly values: readonly Float64Array[];
  /** (b,p) */
  readonly lower: Int32Array;
  readonly upper: Int32Array;
}

function levelsOf({ p, lower, upper }: Boxes): Levels {
  const places = Array.from({ length: p }, () => new Map<number, number>());
  const placeOf = (bound: number, at: number) => {
    const known = places[at % p]!;
    const place = known.get(bound) ?? known.size;
    known.set(bound, place);
    return place;
  };
  const indices = { lower: Int32Array.from(lower, placeOf), upper: Int32Array.from(upper, placeOf) };
  return { ...indices, values: places.map((known) => Float64Array.from(known.keys())) };
}

function logSumOverBoxes(
  { p, count }: Boxes,
  { values, lower, upper }: Levels,
  mean: readonly number[],
  sd: readonly number[],
): number {
  const psi = values.map((bounds, k) =>
    bounds.map((bound) => (bound === Infinity ? -Infinity : logEi(mean[k]!, sd[k]!, bound))),
  );
  const terms = new Float64Array(count);
  for (let b = 0; b < count; b++) {
    let sum = 0;
    for (let k = 0; k < p && sum > -Infinity; k++)
      sum += logDiffExp(psi[k]![lower[b * p + k]!]!, psi[k]![upper[b * p + k]!]!);
    terms[b] = sum;
  }
  return logSumExp(terms);
}

export function requireModels(models: readonly Surrogate[], outcomes: Matrix): void {
  requireCols('context.outcomes', outcomes, models.length);
}
