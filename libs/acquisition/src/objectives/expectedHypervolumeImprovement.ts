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
      const edges = models.map((_, k) => edgesOf(boxes, k));
      const believed = models.map((model) => spreads(model, candidates));
      return Float64Array.from({ length: candidates.rows }, (_, i) =>
        logSumOverBoxes(
          boxes.count,
          edges,
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
  const edges = mean.map((_, k) => edgesOf(boxes, k));
  return logSumOverBoxes(boxes.count, edges, mean, sd);
}

/** In one objective the different intervals between bounds of the boxes: each is worked out once for all the boxes that share it. */
interface Edges {
  readonly bounds: Float64Array;
  /** Where the ends of each interval stand among the bounds. */
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  /** (b), which interval is that of each box. */
  readonly ofBox: Int32Array;
}

function edgesOf({ p, count, lower, upper }: Boxes, k: number): Edges {
  const bounds = new Map<number, number>();
  const intervals = new Map<string, number>();
  const ends: [number[], number[]] = [[], []];
  const placeOf = (bound: number) => {
    const place = bounds.get(bound) ?? bounds.size;
    bounds.set(bound, place);
    return place;
  };
  const ofBox = Int32Array.from({ length: count }, (_, b) => {
    const [from, to] = [placeOf(lower[b * p + k]!), placeOf(upper[b * p + k]!)];
    const known = intervals.get(`${from} ${to}`);
    if (known !== undefined) return known;
    ends[0].push(from);
    ends[1].push(to);
    intervals.set(`${from} ${to}`, intervals.size);
    return intervals.size - 1;
  });
  const [from, to] = ends;
  return {
    bounds: Float64Array.from(bounds.keys()),
    lower: Int32Array.from(from),
    upper: Int32Array.from(to),
    ofBox,
  };
}

function logSumOverBoxes(
  count: number,
  edges: readonly Edges[],
  mean: readonly number[],
  sd: readonly number[],
): number {
  const terms = new Float64Array(count);
  edges.forEach(({ bounds, lower, upper, ofBox }, k) => {
    const psi = bounds.map((bound) => (bound === Infinity ? -Infinity : logEi(mean[k]!, sd[k]!, bound)));
    const gained = Float64Array.from(lower, (from, i) => logDiffExp(psi[from]!, psi[upper[i]!]!));
    for (let b = 0; b < count; b++) terms[b] = terms[b]! + gained[ofBox[b]!]!;
  });
  return logSumExp(terms);
}

export function requireModels(models: readonly Surrogate[], outcomes: Matrix): void {
  requireCols('context.outcomes', outcomes, models.length);
}
