import { type Objective, toModel } from '../../../format/objective.js';
import type { MapPosterior } from '../../../plots/map-data.js';
import { expectedGain } from '../../../plots/normal.js';

/** With what one result at each place is expected to add, on the models' scale. */
export function withGain(posterior: MapPosterior, objective: Objective, best: number | null): MapPosterior {
  const { goal } = objective;
  if (best === null || goal === 'window') return posterior;
  const reached = toModel(objective, best);
  return {
    ...posterior,
    gain: posterior.mean.map((mean, i) => expectedGain(mean, posterior.sd[i] ?? 0, reached, goal)),
  };
}
