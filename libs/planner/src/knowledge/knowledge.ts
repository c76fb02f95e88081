import { toModelScale } from '@ionloop/chemistry';
import type { Observation, OutcomeLimit, PlanObjective, PlanRequest, Point } from '@ionloop/domain';
import type { Interval } from '@ionloop/acquisition';
import { matrix, type Matrix } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import type { TrainingData } from '@ionloop/surrogates';
import { withoutLowTail } from './low-tail.js';

/** What models of a plan are fitted to: they may look at the space, for the kinds of its columns and what else it holds. */
export interface PlannedData extends TrainingData {
  readonly space: Space;
}

/** One measured property, as models want it: larger is better. */
export interface Response {
  /** −1 where the campaign minimises: models maximise. */
  readonly sign: 1 | -1;
  /** Where it should lie, on the models' scale; null where more, or less, is always better. */
  readonly window: Interval | null;
  /** Where it has been measured in this campaign, in the order of `data`. */
  readonly points: readonly Point[];
  /** Which of this campaign's observations these are. */
  readonly rows: readonly number[];
  readonly data: PlannedData;
  /** What other sources say of it; none where nothing does. */
  readonly elsewhere: PlannedData | null;
}

/** What a request tells. */
export interface Knowledge {
  readonly responses: readonly [Response, ...Response[]];
  readonly constraints: readonly (Response & { readonly window: Interval })[];
  /** Every point with a result in this campaign. */
  readonly X: Matrix;
  readonly failed: Matrix;
  readonly pending: readonly Point[];
  /** Keys of the points that are not to be proposed again. */
  readonly taken: ReadonlySet<string>;
  /** Of each observation of this campaign whether it met all constraints; null where that was not measured. */
  readonly met: readonly (boolean | null)[];
}

export function knowledgeOf(space: Space, request: PlanRequest, clipsLowTail: boolean): Knowledge {
  const { observations, failures, pending, avoid = [], objectives, constraints = [] } = request;
  const own = observations.filter(isOwn);
  const [first, ...rest] = objectives.map((objective, k) => {
    const response = responseOf(space, observations, (at) => valueAt(at, k), objective);
    const { data } = response;
    const clipped = clipsLowTail && response.window === null && data.y.length > 0;
    return clipped ? { ...response, data: { ...data, y: withoutLowTail(data.y) } } : response;
  });
  const limits = constraints.map((limit, k) => ({
    ...responseOf(space, observations, (at) => ({ value: at.limited?.[k] ?? null }), {
      ...limit,
      goal: 'window',
    }),
    window: intervalOf(limit),
  }));
  const points = own.map(({ point }) => point);
  return {
    responses: [first!, ...rest],
    constraints: limits,
    X: space.encode(points),
    failed: space.encode(failures),
    pending,
    taken: new Set([...points, ...failures, ...pending, ...avoid].map(space.key)),
    met: own.map(({ limited }) => metBy(limits, limited)),
  };
}

interface Measured {
  readonly value: number | null;
  readonly variance?: number | null;
}

export const isOwn = ({ source = 0 }: Observation): boolean => source === 0;

const valueAt = ({ values, variances }: Observation, k: number): Measured => ({
  value: values[k] ?? null,
  variance: variances?.[k] ?? null,
});

function responseOf(
  space: Space,
  observations: readonly Observation[],
  measuredAt: (observation: Observation) => Measured,
  objective: Pick<PlanObjective, 'transform'> &
    ({ readonly goal: 'maximise' | 'minimise' } | ({ readonly goal: 'window' } & Limits)),
): Response {
  const sign = objective.goal === 'minimise' ? -1 : 1;
  const rows = observations.filter((observation) => measuredAt(observation).value !== null);
  const dataOf = (some: readonly Observation[]): PlannedData => {
    const measured = some.map(measuredAt);
    return {
      space,
      ...(space.categorical.length > 0 ? { categorical: space.categorical } : {}),
      X: space.encode(some.map(({ point }) => point)),
      y: Float64Array.from(measured, ({ value }) => sign * value!),
      ...(measured.some(({ variance }) => typeof variance === 'number')
        ? { noise: Float64Array.from(measured, ({ variance }) => variance ?? 0) }
        : {}),
    };
  };
  const own = rows.filter(isOwn);
  const others = rows.filter((row) => !isOwn(row));
  return {
    sign,
    window: objective.goal === 'window' ? intervalOf(objective) : null,
    points: own.map(({ point }) => point),
    rows: observations.filter(isOwn).flatMap((row, i) => (measuredAt(row).value === null ? [] : [i])),
    data: dataOf(own),
    elsewhere:
      others.length === 0
        ? null
        : { ...dataOf(others), source: Int32Array.from(others, ({ source = 0 }) => source) },
  };
}

type Limits = Pick<OutcomeLimit, 'low' | 'high' | 'transform'>;

/** On the models' scale. */
export function intervalOf({ low, high, transform }: Limits): Interval {
  return {
    low: low === null ? -Infinity : toModelScale(low, transform),
    high: high === null ? Infinity : toModelScale(high, transform),
  };
}

function metBy(limits: readonly { readonly window: Interval }[], limited: Observation['limited']) {
  const each = limits.map(({ window: { low, high } }, k) => {
    const value = limited?.[k] ?? null;
    return value === null ? null : value >= low && value <= high;
  });
  if (each.some((met) => met === false)) return false;
  return each.some((met) => met === null) ? null : true;
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
