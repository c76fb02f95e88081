import { hypervolumeGain, logConstraintsMet, nonDominatedBoxes } from '@ionloop/acquisition';
import type { PlanRequest } from '@ionloop/domain';
import { exp, matrix, type Matrix, Philox, selectRows, topK } from '@ionloop/linalg';
import { gaussianProcess, readSurrogate, type Surrogate } from '@ionloop/surrogates';
import { knowledgeOf, type Knowledge, type Response } from '../knowledge/knowledge.js';
import { meritOf } from '../knowledge/merit.js';
import { fitFor } from '../models/fit.js';
import { learningElsewhere } from '../models/transfer.js';
import { checkedStrategy } from '../request/check.js';
import { spaceOf } from '../request/space.js';
import { candidatesOf } from '../search/candidates.js';
import { strategyTable } from '../strategies/table.js';
import type { StopAdvice, StopOptions } from './stop-advice.js';

const { max, min, sqrt } = Math;

const draws = 128;
const mostCandidates = 300;
const fewest = 3;
const unlikely = 0.05;
const longPlateau = 10;
const below = -0.1;

interface Judged {
  readonly response: Response;
  readonly model: Surrogate;
  /** How good a value of the model is: 0 for the worst result, 1 for the best. */
  readonly merit: (value: number) => number;
}

/**
 * The same for several objectives, windows and limits. What is reached is the volume that results which keep all limits
 * beat, in the box between the worst and the best of each objective; a gain is what one more would add to it, by
 * draws of everything that is believed of what is left.
 */
export function stopAdviceOnSeveral(request: PlanRequest, { worth = 0.01, budget }: StopOptions): StopAdvice {
  const strategy = checkedStrategy(strategyTable, request);
  const space = spaceOf(request.space);
  const known = knowledgeOf(space, request, false);
  const rows = keptRows(known);
  const budgetLeft = budget === undefined ? null : max(0, budget - request.experimentsSoFar);
  const merits = known.responses.map(meritAbove);
  const reached = outcomesAt(known, merits, rows);
  const plateau = plateauOf(reached, worth);
  const answer = (
    verdict: StopAdvice['verdict'],
    reason: string,
    hopes: Pick<StopAdvice, 'expectedRegret' | 'regretBound' | 'anythingBetter'> = {
      expectedRegret: null,
      regretBound: null,
      anythingBetter: null,
    },
  ): StopAdvice => ({ verdict, reason, ...hopes, worth, plateau, budgetLeft });
  if (budgetLeft === 0) return answer('stop', `Stop: all ${budget} experiments of the budget are spent.`);
  const open = request.strategy.initial - request.experimentsSoFar;
  if (open > 0) {
    return answer(
      'go on',
      `Go on: ${open} of the initial design ${open === 1 ? 'is' : 'are'} still to come.`,
    );
  }
  const measured = [...known.responses, ...known.constraints].filter(({ data }) => data.y.length > 0);
  if (known.responses.some(({ data }) => data.y.length < fewest)) {
    return answer(
      'go on',
      `Go on: ${min(...measured.map(({ data }) => data.y.length))} results are too few to say anything.`,
    );
  }
  const rng = Philox.fromSeed(request.seed).split('stop');
  const best = known.responses[0].points;
  const left = candidatesOf(space, known.taken, best, [], rng.split('candidates'));
  if (left.points.length === 0) return answer('stop', 'Stop: every point of the space has been tried.');
  const own = strategy.surrogate ?? gaussianProcess({ read: readSurrogate });
  const modelOf = (response: Response, label: string): Surrogate => {
    const mode = request.strategy.transfer ?? 'auto';
    const stream = rng.split(label);
    const factory =
      response.elsewhere === null
        ? own
        : learningElsewhere(own, response.elsewhere, mode, stream.split('elsewhere'));
    return fitFor(request.strategy.name, factory, response.data, stream);
  };
  const objectives = known.responses.map((response, k): Judged => ({
    response,
    model: modelOf(response, `model-${k}`),
    merit: merits[k]!,
  }));
  const limits = known.constraints
    .filter(({ data }) => data.y.length > 0)
    .map((response, k) => ({ model: modelOf(response, `limit-${k}`), ...response.window }));
  const X = shortlist(objectives, limits, left.X);
  const within = limits.length === 0 ? null : logConstraintsMet(limits, X);
  if (rows.length === 0) {
    const chance = within === null ? 1 : exp(within.reduce((a, b) => max(a, b), -Infinity));
    const hopeless = chance < unlikely;
    return answer(
      hopeless ? 'stop' : 'go on',
      `${hopeless ? 'Stop' : 'Go on'}: no result keeps all limits yet, and the best chance of what is left to do so is ${percent(chance)}.`,
    );
  }
  const gains = gainsOf(objectives, limits, X, reached, rng.split('draws'));
  const expectedRegret = gains.reduce((sum, gain) => sum + gain, 0) / draws;
  const anythingBetter = gains.filter((gain) => gain > worth).length / draws;
  const stop = anythingBetter < unlikely || (plateau >= longPlateau && expectedRegret <= worth);
  const reason = [
    `${stop ? 'Stop' : 'Go on'}: the chance that anything left adds more than ${percent(worth)} to what all objectives together have reached is ${percent(anythingBetter)}`,
    `by all that is left ${percent(expectedRegret)} may be gained on average`,
    plateau === 0
      ? 'the last result was such a gain'
      : `${plateau === 1 ? 'the last result' : `the last ${plateau} results`} brought no such gain`,
    ...(budgetLeft === null ? [] : [`${budgetLeft} experiments are left`]),
  ].join('; ');
  return answer(stop ? 'stop' : 'go on', `${reason}.`, {
    expectedRegret,
    regretBound: gains.reduce((a, b) => max(a, b), 0),
    anythingBetter,
  });
}

/** Of this campaign's observations those in which everything is measured that is wanted, and all limits are kept. */
const keptRows = ({ responses, constraints, met }: Knowledge): readonly number[] =>
  responses[0].rows.filter(
    (at) =>
      responses.every(({ rows }) => rows.includes(at)) &&
      (constraints.every(({ data }) => data.y.length === 0) || met[at] === true),
  );

function meritAbove({ data: { y }, window }: Response): Judged['merit'] {
  const worth = (value: number): number => meritOf(value, window);
  const all = Array.from(y, worth);
  const low = all.reduce((a, b) => min(a, b), Infinity);
  const high = window === null ? all.reduce((a, b) => max(a, b), -Infinity) : 0;
  return (value) => (high > low ? (worth(value) - low) / (high - low) : worth(value) - high + 1);
}

/** One row each, in the order in which they were made. */
const outcomesAt = (
  { responses }: Knowledge,
  merits: readonly Judged['merit'][],
  rows: readonly number[],
): readonly (readonly number[])[] =>
  rows.map((at) => responses.map(({ rows: own, data }, k) => merits[k]!(data.y[own.indexOf(at)]!)));

function asMatrix(rows: readonly (readonly number[])[], p: number): Matrix {
  const Y = matrix(rows.length, p);
  rows.forEach((row, i) => Y.data.set(row, i * p));
  return Y;
}

function plateauOf(reached: readonly (readonly number[])[], worth: number): number {
  const p = reached[0]?.length ?? 1;
  const reference = new Float64Array(p).fill(below);
  let since = 0;
  reached.forEach((row, i) => {
    const boxes = nonDominatedBoxes(asMatrix(reached.slice(0, i), p), reference);
    since = hypervolumeGain(boxes, row) > worth ? 0 : since + 1;
  });
  return since;
}

/** The most promising by each objective, as far as they may keep the limits. */
function shortlist(
  objectives: readonly Judged[],
  limits: Parameters<typeof logConstraintsMet>[0],
  X: Matrix,
): Matrix {
  if (X.rows <= mostCandidates) return X;
  const within = limits.length === 0 ? null : logConstraintsMet(limits, X);
  const chosen = new Set<number>();
  for (const { model, merit } of objectives) {
    const { mean, variance } = model.predict(X);
    const upper = mean.map((value, i) => {
      const sd = sqrt(variance[i]!);
      return max(merit(value - 2 * sd), merit(value), merit(value + 2 * sd)) + min(0, within?.[i] ?? 0);
    });
    for (const i of topK(upper, Math.ceil(mostCandidates / objectives.length)).indices) chosen.add(i);
  }
  return selectRows(
    X,
    [...chosen].sort((a, b) => a - b),
  );
}

/** Of each draw, the most that one of the candidates adds to what is reached. */
function gainsOf(
  objectives: readonly Judged[],
  limits: Parameters<typeof logConstraintsMet>[0],
  left: Matrix,
  reached: readonly (readonly number[])[],
  rng: Philox,
): readonly number[] {
  const p = objectives.length;
  const boxes = nonDominatedBoxes(asMatrix(reached, p), new Float64Array(p).fill(below));
  const drawn = objectives.map(({ model }, k) => model.sample(left, draws, rng.split(`objective-${k}`)).data);
  const beside = limits.map(({ model }, k) => model.sample(left, draws, rng.split(`limit-${k}`)).data);
  return Array.from({ length: draws }, (_, s) => {
    let most = 0;
    for (let i = 0; i < left.rows; i++) {
      const at = s * left.rows + i;
      const keeps = limits.every(({ low, high }, k) => beside[k]![at]! >= low && beside[k]![at]! <= high);
      if (!keeps) continue;
      const merits = objectives.map(({ merit }, k) => merit(drawn[k]![at]!));
      most = max(most, hypervolumeGain(boxes, merits));
    }
    return most;
  });
}

const percent = (share: number): string =>
  `${share > 0 && share < 0.1 ? (100 * share).toFixed(1) : (100 * share).toFixed(0)} %`;
