/**
 * Hypervolume improvement of joint draws: for noisy outcomes and for batches (Daulton, Balandat and Bakshy 2020, 2021). S draws, m candidates.
 */
import { InvalidArgumentError, log, matrix, type Matrix } from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';
import { argMax } from '../argMax.js';
import { chooseBatch, type Batch } from '../batch/contract.js';
import { drawsAt, smoothing } from '../belief/draws.js';
import { stacked } from '../belief/rows.js';
import { nonDominatedBoxes, type Boxes } from './boxes.js';
import type { OutcomesAcquisition, OutcomesContext } from './contract.js';
import { requireModels } from './expectedHypervolumeImprovement.js';
import { frontAbove, referencePoint } from './front.js';
import { hypervolumeGain } from './hypervolume.js';

const { floor } = Math;

export interface SampledOptions {
  /** Of joint draws; 64 where it is left out. */
  readonly draws?: number;
  /** Whether the outcomes so far are uncertain: each draw then has a front of its own, of what it says of the observed rows. */
  readonly noisy?: boolean;
}

/** ln of the mean improvement over the draws plus a thousandth of a spread in each objective: finite where no draw improves. */
export function sampledHypervolumeImprovement(options: SampledOptions = {}): OutcomesAcquisition {
  return {
    name: options.noisy ? 'noisy expected hypervolume improvement' : 'sampled hypervolume improvement',
    scale: 'log',
    score: (models, candidates, context) =>
      candidates.rows === 0 ? new Float64Array(0) : gains(drawOutcomes(models, candidates, context, options)),
  };
}

/** q candidates one by one, each the best beside those chosen before and what is pending: q-EHVI by greedy steps. */
export function hypervolumeBatch(
  models: readonly Surrogate[],
  candidates: Matrix,
  q: number,
  context: OutcomesContext,
  options: SampledOptions = {},
): Batch {
  let drawn: Drawn | undefined;
  return chooseBatch(candidates, q, context, (allowed, chosen) => {
    drawn ??= drawOutcomes(models, candidates, context, options);
    const last = chosen.at(-1);
    if (last !== undefined) take(drawn, last);
    const scores = gains(drawn);
    const index = argMax(scores, allowed);
    return { index, score: scores[index]! };
  });
}

interface Drawn {
  /** S times (m,p). */
  readonly outcomes: readonly Matrix[];
  readonly reference: Float64Array;
  /** A front and its boxes for each draw. */
  readonly fronts: Matrix[];
  readonly boxes: Boxes[];
  /** What counts as improvement where there is none. */
  readonly least: number;
}

function drawOutcomes(
  models: readonly Surrogate[],
  candidates: Matrix,
  { outcomes, observed, pending, rng, reference = referencePoint(outcomes) }: OutcomesContext,
  { draws = 64, noisy = false }: SampledOptions,
): Drawn {
  requireModels(models, outcomes);
  if (noisy && observed === undefined)
    throw new InvalidArgumentError('context.observed', 'must be given where outcomes are noisy');
  const known = stacked([...(noisy ? [observed!] : []), ...(pending ? [pending] : [])], candidates.cols);
  const each = models.map((model, k) =>
    drawsAt(model, candidates, known, draws, rng.split(`objective ${k}`)),
  );
  const of = (part: 'at' | 'beside', s: number): Matrix => {
    const rows = each[0]![part].cols;
    const Y = matrix(rows, models.length);
    for (let i = 0; i < Y.data.length; i++)
      Y.data[i] = each[i % models.length]![part].data[s * rows + floor(i / models.length)]!;
    return Y;
  };
  const fronts = Array.from({ length: draws }, (_, s) =>
    frontAbove(stacked([...(noisy ? [] : [outcomes]), of('beside', s)], models.length), reference),
  );
  return {
    outcomes: Array.from({ length: draws }, (_, s) => of('at', s)),
    reference,
    fronts,
    boxes: fronts.map((front) => nonDominatedBoxes(front, reference)),
    least: each.reduce((product, { at }) => product * smoothing(at), 1),
  };
}

/** (m) */
function gains({ outcomes, boxes, least }: Drawn): Float64Array {
  const sums = new Float64Array(outcomes[0]!.rows);
  outcomes.forEach((Y, s) => {
    for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + hypervolumeGain(boxes[s]!, Y.data, i * Y.cols);
  });
  return sums.map((sum) => log(sum / outcomes.length + least));
}

/** Candidate i joins the front of every draw. */
function take({ outcomes, fronts, boxes, reference }: Drawn, i: number): void {
  outcomes.forEach((Y, s) => {
    const added = matrix(1, Y.cols, Y.data.slice(i * Y.cols, (i + 1) * Y.cols));
    fronts[s] = frontAbove(stacked([fronts[s]!, added], Y.cols), reference);
    boxes[s] = nonDominatedBoxes(fronts[s], reference);
  });
}
