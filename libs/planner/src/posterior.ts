import type { PosteriorAnswer, PosteriorRequest } from '@ionloop/domain';
import { openSpace } from '@ionloop/space';
import { isListed } from './search/candidates.js';
import { fromFittedModel } from './models/fitted-model.js';

/**
 * What a kept model believes over the whole space, on the models' scale in the property's own direction. A space that
 * cannot be drawn but can be listed comes point by point; any other has no map, and the answer is empty.
 */
export function posterior({ space: spec, model: fitted, resolution }: PosteriorRequest): PosteriorAnswer {
  const space = openSpace(spec);
  const { model, sign } = fromFittedModel(fitted);
  const points = space.grid(resolution) ?? (isListed(space) ? space.enumerate() : []);
  if (points.length === 0) return { points, mean: [], sd: [] };
  const { mean, variance } = model.predict(space.encode(points));
  return {
    points,
    mean: Array.from(mean, (value) => sign * value + 0),
    sd: Array.from(variance, (value) => Math.sqrt(value)),
  };
}
