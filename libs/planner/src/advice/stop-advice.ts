import type { PlanObjective, PlanRequest } from '@ionloop/domain';
import { exp, type Matrix, Philox, selectRows, topK } from '@ionloop/linalg';
import { meansOf, type Surrogate } from '@ionloop/surrogates';
import { readable } from '../explain/reasons.js';
import { candidatesOf } from '../search/candidates.js';
import { type BelievedRequest, isOneGoal, openBelieved } from './believed.js';
import { stopAdviceOnSeveral } from './stop-several.js';

export interface StopOptions {
  /** Gains up to this, on the models' scale, are not worth an experiment; a hundredth of the range of the results where it is left out. */
  readonly worth?: number;
  /** How many experiments there may be in all. */
  readonly budget?: number;
}

/** Numbers are on the models' scale; those of a model are null where there is none yet. */
export interface StopAdvice {
  readonly verdict: 'stop' | 'go on';
  /** Why, in a sentence with numbers. */
  readonly reason: string;
  /** E max(best of what is left − best so far, 0), by joint draws. */
  readonly expectedRegret: number | null;
  /** What nothing left exceeds the best so far by, but for two standard deviations. */
  readonly regretBound: number | null;
  /** The probability that something left is better than the best so far by more than `worth`. */
  readonly anythingBetter: number | null;
  readonly worth: number;
  /** How many of the last results in a row brought no gain of more than `worth`. */
  readonly plateau: number;
  readonly budgetLeft: number | null;
}

type Hopes = Pick<StopAdvice, 'expectedRegret' | 'regretBound' | 'anythingBetter'>;

const draws = 256;
const mostCandidates = 300;
const mostMeasured = 20;
const unlikely = 0.05;
const longPlateau = 10;
const noHopes: Hopes = { expectedRegret: null, regretBound: null, anythingBetter: null };

/** Whether another experiment is likely to be worth it. */
export function stopAdvice(request: PlanRequest, options: StopOptions = {}): StopAdvice {
  if (!isOneGoal(request)) return stopAdviceOnSeveral(request, options);
  const { worth, budget } = options;
  const believed = openBelieved(request);
  const { data } = believed.response;
  const budgetLeft = budget === undefined ? null : Math.max(0, budget - request.experimentsSoFar);
  const gain = worth ?? hundredthOfRange(data.y);
  const plateau = plateauOf(data.y, gain);
  const answer = (verdict: StopAdvice['verdict'], reason: string, hopes: Hopes = noHopes): StopAdvice => ({
    verdict,
    reason,
    ...hopes,
    worth: gain,
    plateau,
    budgetLeft,
  });
  if (budgetLeft === 0) return answer('stop', `Stop: all ${budget} experiments of the budget are spent.`);
  const { space, known, bestFirst, model } = believed;
  const rng = Philox.fromSeed(request.seed).split('stop');
  const expectations = model === null ? [] : [(X: Matrix) => meansOf(model, X)];
  const left = candidatesOf(space, known.taken, bestFirst, expectations, rng.split('candidates'));
  if (left.points.length === 0) {
    const waiting = request.pending.length;
    return answer(
      'stop',
      waiting === 0
        ? 'Stop: every point of the space has been tried.'
        : `Stop: every point of the space has been tried but for ${waiting} under way.`,
    );
  }
  const open = request.strategy.initial - request.experimentsSoFar;
  if (open > 0)
    return answer(
      'go on',
      `Go on: ${open} of the initial design ${open === 1 ? 'is' : 'are'} still to come.`,
    );
  if (model === null) return answer('go on', `Go on: ${data.y.length} results are too few to say anything.`);
  const hopes = hopesOf(model, believed, left.X, gain, rng.split('draws'));
  const idle = plateau >= longPlateau && hopes.expectedRegret <= gain;
  const stop = hopes.anythingBetter < unlikely || idle;
  const reason = [
    `${stop ? 'Stop' : 'Go on'}: the chance that anything left beats the best so far by more than ${amount(gain, request.objectives[0])} is ${percent(hopes.anythingBetter)}`,
    `by all that is left ${amount(hopes.expectedRegret, request.objectives[0])} may be gained on average`,
    plateau === 0
      ? 'the last result was such a gain'
      : `${plateau === 1 ? 'the last result' : `the last ${plateau} results`} brought no such gain`,
    ...(budgetLeft === null ? [] : [`${budgetLeft} experiments are left`]),
  ].join('; ');
  return answer(stop ? 'stop' : 'go on', `${reason}.`, hopes);
}

/** Draws of what is left (the most promising of it) beside what is measured; of a model whose draws are not joint they promise too much, never too little. */
function hopesOf(
  model: Surrogate,
  { response }: BelievedRequest,
  candidates: Parameters<Surrogate['predict']>[0],
  gain: number,
  rng: Philox,
): { readonly [name in keyof Hopes]: number } {
  const all = model.predict(candidates);
  const upper = all.mean.map((mean, i) => mean + 2 * Math.sqrt(all.variance[i]!));
  const left = selectRows(candidates, topK(upper, Math.min(mostCandidates, upper.length)).indices);
  const { X } = response.data;
  const known = meansOf(model, X);
  const measured = selectRows(X, topK(known, Math.min(mostMeasured, known.length)).indices);
  const both = {
    rows: left.rows + measured.rows,
    cols: X.cols,
    data: new Float64Array([...left.data, ...measured.data]),
  };
  const drawn = model.sample(both, draws, rng);
  let [regret, better] = [0, 0];
  for (let s = 0; s < draws; s++) {
    const [ofLeft, ofMeasured] = [
      largest(drawn.data, s * both.rows, left.rows),
      largest(drawn.data, s * both.rows + left.rows, measured.rows),
    ];
    regret += Math.max(0, ofLeft - ofMeasured);
    better += ofLeft > ofMeasured + gain ? 1 : 0;
  }
  return {
    expectedRegret: regret / draws,
    regretBound: Math.max(0, largest(upper, 0, upper.length) - largest(known, 0, known.length)),
    anythingBetter: better / draws,
  };
}

function largest(values: Float64Array, from: number, count: number): number {
  let most = -Infinity;
  for (let i = from; i < from + count; i++) most = Math.max(most, values[i]!);
  return most;
}

function hundredthOfRange(y: Float64Array): number {
  return y.length === 0
    ? 0
    : 0.01 *
        (largest(y, 0, y.length) +
          largest(
            y.map((value) => -value),
            0,
            y.length,
          ));
}

function plateauOf(y: Float64Array, worth: number): number {
  let [best, since] = [-Infinity, 0];
  for (const value of y) {
    since = best === -Infinity || value > best + worth ? 0 : since + 1;
    best = Math.max(best, value);
  }
  return since;
}

const ln10 = 2.302585092994046;

/** A gain as a reader knows it: of logarithms a share. */
const amount = (gain: number, { transform, unit }: PlanObjective): string =>
  transform === 'log10'
    ? `${readable(100 * (exp(ln10 * gain) - 1))} %`
    : `${readable(gain)}${unit === '' || unit === '1' ? '' : ` ${unit}`}`;

const percent = (share: number): string =>
  `${share > 0 && share < 0.1 ? (100 * share).toFixed(1) : (100 * share).toFixed(0)} %`;
