import { ei } from '@ionloop/acquisition';
import type { Grounds, Proposal } from '@ionloop/domain';
import { exp, type Matrix, normCdf } from '@ionloop/linalg';
import type { Scored } from '../choice/rank.js';
import type { Round } from '../choice/round.js';
import { worthOf } from '../designs/worth.js';
import { bestMean } from '../models/best-mean.js';
import { nearestRow } from '../search/distance.js';
import type { Criterion } from '../strategies/strategy.js';
import { reasonFor } from './reasons.js';

export interface Circumstances {
  /** How many points without a result were taken as predicted. */
  readonly believed: number;
  readonly runnerUp?: Scored | undefined;
  readonly repeat?: boolean;
  readonly shape?: 'line' | 'plate';
}

export function explained(
  round: Round,
  criterion: Criterion,
  chosen: Scored,
  circumstances: Circumstances,
): Proposal {
  const { known, space, request } = round;
  const { point, score, logFeasible } = chosen;
  const { believed, repeat = false, shape } = circumstances;
  const X = space.encode([point]);
  const grounds = groundsOf(round, chosen, X, circumstances);
  const [first] = grounds.predictions as [Grounds['predictions'][number]];
  const prediction = { mean: first.mean, sd: first.sd };
  const [{ data, sign }] = known.responses;
  return {
    point,
    origin: 'model',
    prediction,
    acquisition: {
      name: round.anyWithin ? criterion.name : 'chance to keep the limits',
      value: Math.max(score, -Number.MAX_VALUE),
    },
    reason: reasonFor(request.objectives, {
      phrase: phraseFor(round, criterion, repeat, shape),
      predictions: grounds.predictions,
      best: sign * bestMeasured(round),
      nearest: data.X.rows === 0 ? null : (grounds.nearest?.distance ?? null),
      feasible: exp(logFeasible),
      withinLimits: grounds.withinLimits,
      cost: grounds.cost,
      believed,
      elsewhere: grounds.elsewhere ?? [],
    }),
    grounds,
  };
}

function phraseFor(
  { anyWithin }: Round,
  { phrase }: Criterion,
  repeat: boolean,
  shape: Circumstances['shape'],
): string {
  if (repeat) return 'a repeat: its result would teach more than that of any new point';
  if (shape !== undefined) return `part of a ${shape} around the first proposal`;
  return anyWithin ? phrase : 'nothing so far keeps all limits, and here it is likeliest to';
}

/** Before clipping, with the sign of the models. */
function bestMeasured({ known: { responses, met }, request, constraints }: Round): number {
  const [{ rows, sign, window, data }] = responses;
  const own = request.observations.filter(({ source = 0 }) => source === 0);
  const values = rows.map((at) => sign * own[at]!.values[0]!);
  const worth = window === null ? Float64Array.from(values) : worthOf({ ...responses[0], data });
  const kept = values.map((_, i) => i).filter((i) => constraints.length === 0 || met[rows[i]!] === true);
  const places = kept.length === 0 ? values.map((_, i) => i) : kept;
  return values[places.reduce((a, b) => (worth[b]! > worth[a]! ? b : a))]!;
}

function groundsOf(
  round: Round,
  { point, logFeasible }: Scored,
  X: Matrix,
  { runnerUp, repeat = false }: Circumstances,
): Grounds {
  const { known, objectives, request, logWithin, costAt, model } = round;
  const predictions = objectives.map(({ model: own, response: { sign } }, k) => {
    const { mean, variance } = own.predict(X);
    return {
      property: request.objectives[k]!.property,
      mean: sign * mean[0]! + 0,
      sd: Math.sqrt(variance[0]!),
    };
  });
  const [{ points, data, window, sign }] = known.responses;
  const refused = [...new Set(objectives.flatMap((objective) => objective.refused))];
  const learned = objectives.flatMap((objective, k) =>
    objective.learned === null ? [] : [{ property: request.objectives[k]!.property, ...objective.learned }],
  );
  const nearest = nearestRow(X, 0, data.X, round.space.distance);
  const simple = objectives.length === 1 && window === null;
  const best = simple ? bestMean(model, data.X) : 0;
  return {
    predictions,
    improvement: simple ? improvementOf(sign * predictions[0]!.mean - best, predictions[0]!.sd) : null,
    feasible: exp(logFeasible),
    withinLimits: logWithin === null ? null : exp(logWithin(X)[0]!),
    nearest: nearest === null ? null : { distance: nearest.distance, point: points[nearest.row]! },
    runnerUp:
      runnerUp === undefined
        ? null
        : { point: runnerUp.point, score: Math.max(runnerUp.score, -Number.MAX_VALUE) },
    cost: costAt?.(point) ?? null,
    repeat,
    ...(learned.length === 0 ? {} : { elsewhere: learned }),
    ...(refused.length === 0 ? {} : { elsewhereRefused: refused }),
  };
}

/** E max(gain + sd·Z, 0) = gain·Φ(u) + sd·φ(u), u = gain/sd. */
function improvementOf(gain: number, sd: number): Grounds['improvement'] {
  if (!(sd > 0)) return { exploiting: Math.max(gain, 0), exploring: 0 };
  const exploiting = gain * normCdf(gain / sd);
  return { exploiting, exploring: ei(gain, sd, 0) - exploiting };
}
