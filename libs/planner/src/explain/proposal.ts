import type { Proposal } from '@ionloop/domain';
import { exp } from '@ionloop/linalg';
import type { Scored } from '../choice/rank.js';
import type { Round } from '../choice/round.js';
import { nearestDistance } from '../search/distance.js';
import type { Criterion } from '../strategies/strategy.js';
import { reasonFor } from './reasons.js';

export function explained(
  { known: { sign, data }, space, model, request }: Round,
  criterion: Criterion,
  { point, score, logFeasible }: Scored,
  believed: number,
): Proposal {
  const X = space.encode([point]);
  const { mean, variance } = model.predict(X);
  const prediction = { mean: sign * mean[0]! + 0, sd: Math.sqrt(variance[0]!) };
  const values = request.observations.map(({ value }) => sign * value);
  return {
    point,
    origin: 'model',
    prediction,
    acquisition: { name: criterion.name, value: Math.max(score, -Number.MAX_VALUE) },
    reason: reasonFor(request.objective, {
      phrase: criterion.phrase,
      prediction,
      best: sign * Math.max(...values),
      nearest: nearestDistance(X, 0, data.X, space.distance),
      feasible: exp(logFeasible),
      believed,
    }),
  };
}
