import { invalidInput, type Point, type PlanRequest } from '@ionloop/domain';
import { type Matrix, matrix } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import type { TrainingData } from '@ionloop/surrogates';
import { withoutLowTail } from './low-tail.js';

/** What models of a plan are fitted to: they may look at the space, for the kinds of its columns and what else it holds. */
export interface PlannedData extends TrainingData {
  readonly space: Space;
}

/** What a request tells, as models want it: larger is better. */
export interface Knowledge {
  /** −1 where the campaign minimises: models maximise. */
  readonly sign: 1 | -1;
  readonly data: PlannedData;
  readonly failed: Matrix;
  readonly pending: readonly Point[];
  /** Keys of the points that are not to be proposed again. */
  readonly taken: ReadonlySet<string>;
}

export function knowledgeOf(space: Space, request: PlanRequest, clipsLowTail: boolean): Knowledge {
  const { observations, failures, pending, objective } = request;
  observations.forEach(({ value, variance = 0 }, i) => {
    if (!Number.isFinite(value)) {
      throw invalidInput(
        `observations[${i}].value`,
        `observation ${i} is ${value}; it must be a finite number`,
      );
    }
    if (!(Number.isFinite(variance) && variance >= 0)) {
      throw invalidInput(
        `observations[${i}].variance`,
        `the variance of observation ${i} is ${variance}; it must be finite and not negative`,
      );
    }
  });
  const sign = objective.goal === 'maximise' ? 1 : -1;
  const y = Float64Array.from(observations, ({ value }) => sign * value);
  const points = observations.map(({ point }) => point);
  const data: PlannedData = {
    space,
    X: space.encode(points),
    y: clipsLowTail ? withoutLowTail(y) : y,
    ...(observations.some(({ variance }) => variance !== undefined)
      ? { noise: Float64Array.from(observations, ({ variance = 0 }) => variance) }
      : {}),
    ...(space.categorical.length > 0 ? { categorical: space.categorical } : {}),
  };
  return {
    sign,
    data,
    failed: space.encode(failures),
    pending,
    taken: new Set([...points, ...failures, ...pending].map(space.key)),
  };
}

/** The data with points added whose results are only believed. */
export function withBeliefs(data: PlannedData, X: Matrix, y: ArrayLike<number>): PlannedData {
  const both = matrix(data.X.rows + X.rows, data.X.cols || X.cols);
  both.data.set(data.X.data);
  both.data.set(X.data, data.X.data.length);
  const extended = { ...data, X: both, y: Float64Array.from([...data.y, ...Array.from(y)]) };
  return data.noise === undefined
    ? extended
    : { ...extended, noise: Float64Array.from([...data.noise, ...new Float64Array(X.rows)]) };
}
