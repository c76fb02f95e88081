/**
 * k-nearest-neighbour regression. vᵢ how much neighbour i counts (its row's weight, over its distance if so asked for), m = Σvy/Σv the mean,
 * S = Σv(y − m)²/Σv, κ = (Σv)²/Σv² how many neighbours that is worth, ē² the mean squared error of rows left out. The variance is
 * (κ·S + ē²)/(κ + 1): the neighbours' spread, as if one more of them lay as far off as predictions do; a measurement varies by 1/κ more.
 */
import { matrix, requireCount, requireLength, type Matrix, type Philox } from '@ionloop/linalg';
import type {
  Diagnostics,
  LeftOut,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
  TrainingData,
} from '../contract.js';
import { ownData, plainCapabilities, requireInputs, standardisation } from '../data.js';
import { onRowsThatCount } from '../ignoredRows.js';
import { matrixFrom, matrixToJson, numberFrom, numbersFrom, numbersToJson, requireKind } from '../json.js';
import { leftOutFrom, leftOutOf, leftOutToJson } from '../leftOut.js';
import { metricsOf } from '../metrics.js';
import { requireOneOf } from '../options.js';
import { noScaling, scaled, scalingFrom, scalingOf, scalingToJson, type Scaling } from '../scaling.js';
import { nearest, type Neighbours } from './nearest.js';

export const neighbourWeights = ['uniform', 'distance'] as const;
export type NeighbourWeights = (typeof neighbourWeights)[number];

export interface NearestNeighboursOptions {
  /** How many neighbours, or all rows where there are fewer; 5 where it is left out. */
  readonly k?: number;
  /** Whether neighbours count the same or by one over their distance; `distance` where it is left out. */
  readonly weights?: NeighbourWeights;
  /** Whether numbers are brought to variance 1; they are where it is left out. */
  readonly standardise?: boolean;
}

const kind = 'nearest-neighbours';
const version = 1;
const capabilities = { ...plainCapabilities, weights: true, categorical: true };
const { min, sqrt } = Math;

/** Takes inputs of any scale. */
export function nearestNeighbours(options: NearestNeighboursOptions = {}): SurrogateFactory {
  const { k = 5, weights = 'distance', standardise = true } = options;
  requireCount('options.k', k, 1);
  requireOneOf('options.weights', weights, neighbourWeights);
  return {
    kind,
    capabilities,
    fit: (data) =>
      onRowsThatCount(ownData(data, capabilities), (counting) => {
        const memory = memorise(counting, standardise);
        const { squaredError, leftOut } = leaveOneOut(memory, k, weights);
        return {
          leftOut,
          noiseVariance: 0,
          model: (all) => new NearestNeighbours(memory, k, weights, squaredError, all),
        };
      }),
    fromJSON,
  };
}

interface Memory {
  readonly scaling: Scaling;
  readonly isCategory: Uint8Array;
  /** Scaled (n,d). */
  readonly rows: Matrix;
  readonly y: Float64Array;
  /** (n), above 0 */
  readonly weights: Float64Array;
}

function memorise({ X, y, weights, categorical = [] }: TrainingData, standardise: boolean): Memory {
  const isCategory = new Uint8Array(X.cols);
  const { centre, rate } = standardise ? scalingOf(X, weights) : noScaling(X.cols);
  for (const j of categorical) {
    isCategory[j] = 1;
    centre[j] = 0;
    rate[j] = 1;
  }
  const scaling = { centre, rate };
  const counts = weights ?? new Float64Array(y.length).fill(1);
  return { scaling, isCategory, rows: scaled(X, scaling), y, weights: counts };
}

interface Belief {
  readonly mean: number;
  /** S */
  readonly spread: number;
  /** κ */
  readonly worth: number;
}

/** What the neighbours of point p say. */
function belief({ y, weights }: Memory, found: Neighbours, p: number, rule: NeighbourWeights): Belief {
  const { k } = found;
  const exact = found.squaredDistances[p * k] === 0;
  let total = 0;
  let squares = 0;
  let sum = 0;
  const values: number[] = [];
  const counts: number[] = [];
  for (let at = p * k; at < (p + 1) * k; at++) {
    const distance = found.squaredDistances[at]!;
    // A row at the very point counts infinitely more than one that is not.
    if (rule === 'distance' && exact && distance > 0) continue;
    const i = found.rows[at]!;
    const count = weights[i]! * (rule === 'distance' && !exact ? 1 / sqrt(distance) : 1);
    total += count;
    squares += count * count;
    sum += count * y[i]!;
    values.push(y[i]!);
    counts.push(count);
  }
  const mean = sum / total;
  const spread = values.reduce((all, value, at) => all + counts[at]! * (value - mean) * (value - mean), 0);
  return { mean, spread: spread / total, worth: (total * total) / squares };
}

function varianceOf({ spread, worth }: Belief, squaredError: number): number {
  return (worth * spread + squaredError) / (worth + 1);
}

function leaveOneOut(
  memory: Memory,
  most: number,
  rule: NeighbourWeights,
): { squaredError: number; leftOut: LeftOut } {
  const { rows, y, isCategory } = memory;
  const k = min(most, rows.rows - 1);
  if (k === 0) {
    const { centre, spread } = standardisation(y);
    return { squaredError: spread * spread, leftOut: leftOutOf([centre], [2 * spread * spread], y) };
  }
  const found = nearest(rows, rows, k, isCategory, true);
  const beliefs = Array.from(y, (_, i) => belief(memory, found, i, rule));
  const squaredError =
    beliefs.reduce((sum, { mean }, i) => sum + (mean - y[i]!) * (mean - y[i]!), 0) / y.length;
  return {
    squaredError,
    leftOut: leftOutOf(
      beliefs.map(({ mean }) => mean),
      beliefs.map((one) => varianceOf(one, squaredError) * (1 + 1 / one.worth)),
      y,
    ),
  };
}

class NearestNeighbours implements Surrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint = false;

  constructor(
    private readonly memory: Memory,
    private readonly k: number,
    private readonly rule: NeighbourWeights,
    private readonly squaredError: number,
    private readonly leftOut: LeftOut,
  ) {
    this.dimension = memory.rows.cols;
  }

  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension);
    const { memory, rule } = this;
    const points = scaled(X, memory.scaling);
    const found = nearest(points, memory.rows, min(this.k, memory.rows.rows), memory.isCategory);
    const mean = new Float64Array(X.rows);
    const variance = new Float64Array(X.rows);
    for (let p = 0; p < X.rows; p++) {
      const one = belief(memory, found, p, rule);
      mean[p] = one.mean;
      variance[p] = varianceOf(one, this.squaredError);
    }
    return { mean, variance };
  }

  /** Normal, each row on its own: neighbours say nothing of how two points vary together. */
  sample(X: Matrix, count: number, rng: Philox): Matrix {
    const { mean, variance } = this.predict(X);
    requireCount('count', count);
    const draws = matrix(count, X.rows);
    for (let c = 0; c < count; c++)
      for (let i = 0; i < X.rows; i++)
        draws.data[c * X.rows + i] = mean[i]! + sqrt(variance[i]!) * rng.normal();
    return draws;
  }

  diagnostics(): Diagnostics {
    const { leftOut } = this;
    return { kind, n: leftOut.actual.length, leftOut, metrics: metricsOf(leftOut) };
  }

  toJSON(): SurrogateJson {
    const { scaling, isCategory, rows, y, weights } = this.memory;
    return {
      kind,
      version,
      k: this.k,
      weighting: this.rule,
      scaling: scalingToJson(scaling),
      isCategory: numbersToJson(isCategory),
      rows: matrixToJson(rows),
      y: numbersToJson(y),
      weights: numbersToJson(weights),
      squaredError: this.squaredError,
      leftOut: leftOutToJson(this.leftOut),
    };
  }
}

function fromJSON(json: SurrogateJson): Surrogate {
  requireKind(json, kind, version);
  const numbers = (field: string) => numbersFrom(`json.${field}`, json[field]);
  const rows = matrixFrom('json.rows', json['rows']);
  const memory = {
    scaling: scalingFrom('json.scaling', json['scaling'], rows.cols),
    isCategory: Uint8Array.from(numbers('isCategory')),
    rows,
    y: numbers('y'),
    weights: numbers('weights'),
  };
  requireCount('json.rows.rows', rows.rows, 1);
  requireLength('json.isCategory', memory.isCategory, rows.cols);
  requireLength('json.y', memory.y, rows.rows);
  requireLength('json.weights', memory.weights, rows.rows);
  const k = numberFrom('json.k', json['k']);
  requireCount('json.k', k, 1);
  return new NearestNeighbours(
    memory,
    k,
    requireOneOf('json.weighting', json['weighting'], neighbourWeights),
    numberFrom('json.squaredError', json['squaredError']),
    leftOutFrom('json.leftOut', json['leftOut']),
  );
}
