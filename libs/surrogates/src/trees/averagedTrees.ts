/**
 * The mean of trees that were grown apart: forest, extra trees, a single tree. A tree says N(value of the leaf, variance within it); between and within
 * make the spread, which left-out errors calibrate. A draw is one tree and one normal number in each of its leaves, stretched alike.
 */
import { gemm, matrix, requireCount, type Matrix, type Philox } from '@ionloop/linalg';
import type {
  Diagnostics,
  LeftOut,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
  TrainingData,
} from '../contract.js';
import { requireInputs } from '../data.js';
import { fieldsFrom, numberFrom, numbersFrom, numbersToJson, requireKind } from '../json.js';
import { metricsOf } from '../metrics.js';
import type { Calibration } from './calibration.js';
import { momentsOver, visitLeaves } from './predict.js';
import { quantilesFromLeaves, type HasQuantiles } from './rowsInLeaves.js';
import { treeContributions, type Contributions, type HasContributions } from './treeShap.js';
import { codeCategories, leafAt, treeCount, treesFrom, treesToJson, type Trees } from './trees.js';

const { max, sqrt } = Math;

export interface Grown {
  readonly kind: string;
  readonly dimension: number;
  readonly trees: Trees;
  /** (d), of sum 1 */
  readonly importances: readonly number[];
  readonly calibration: Calibration;
  readonly leftOut: LeftOut;
  /** (n) */
  readonly weights: Float64Array;
  /** (T·n): the leaf of every row in every tree, counted from its root. */
  readonly leafOfRow: Int32Array;
  /** (T·n): how often each tree drew each row. With it, the variance is that of the forest's mean, by the infinitesimal jackknife. */
  readonly drawn?: Int32Array;
}

const version = 2;
const rowsPerBlock = 256;

/** A surrogate of trees, which also gives quantiles and says what each input adds. */
export interface TreeSurrogate extends Surrogate, HasQuantiles, HasContributions {}

export interface TreeFactory extends SurrogateFactory {
  fit(data: TrainingData, rng: Philox): TreeSurrogate;
}

export class AveragedTrees implements TreeSurrogate {
  readonly sampleIsJoint = true;

  constructor(private readonly grown: Grown) {}

  get kind(): string {
    return this.grown.kind;
  }

  get dimension(): number {
    return this.grown.dimension;
  }

  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension, true);
    const { trees, calibration, drawn } = this.grown;
    const { mean, squares, within } = momentsOver(trees, X);
    const variance =
      drawn === undefined
        ? mean.map(
            (_, i) => calibration.scale * ((squares[i]! + within[i]!) / treeCount(trees) + calibration.floor),
          )
        : mapBlocks(X, (block) => jackknife(trees, drawn, block).variance);
    return { mean, variance };
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension, true);
    requireCount('count', count);
    const { drawn } = this.grown;
    return drawn === undefined ? this.drawTrees(X, count, rng) : this.drawJackknife(X, count, rng, drawn);
  }

  private drawTrees(X: Matrix, count: number, rng: Philox): Matrix {
    const { trees, calibration } = this.grown;
    const { start, feature, value, variance } = trees;
    const coded = codeCategories(trees, X);
    const { mean } = momentsOver(trees, X);
    const stretch = sqrt(calibration.scale);
    const draws = matrix(count, X.rows);
    for (let k = 0; k < count; k++) {
      const t = rng.integer(treeCount(trees));
      const levels = new Float64Array(start[t + 1]! - start[t]!);
      for (let at = 0; at < levels.length; at++) {
        const node = start[t]! + at;
        if (feature[node]! < 0)
          levels[at] = value[node]! + sqrt(variance[node]! + calibration.floor) * rng.normal();
      }
      for (let i = 0; i < X.rows; i++) {
        const level = levels[leafAt(trees, t, coded.data, i * X.cols) - start[t]!]!;
        draws.data[k * X.rows + i] = mean[i]! + stretch * (level - mean[i]!);
      }
    }
    return draws;
  }

  /** Every training row's influence times a normal number of its own: a joint normal draw. */
  private drawJackknife(X: Matrix, count: number, rng: Philox, drawn: Int32Array): Matrix {
    const { trees, leftOut } = this.grown;
    const { mean } = momentsOver(trees, X);
    const n = leftOut.actual.length;
    const noise = matrix(
      count,
      n,
      Float64Array.from({ length: count * n }, () => rng.normal()),
    );
    const { influence, variance } = jackknife(trees, drawn, X);
    const draws = gemm(noise, influence, { transposeB: true });
    for (let i = 0; i < X.rows; i++) {
      let squares = 0;
      for (let r = 0; r < n; r++) squares += influence.data[i * n + r]! * influence.data[i * n + r]!;
      const shrink = squares > 0 ? sqrt(variance[i]! / squares) : 0;
      for (let k = 0; k < count; k++) {
        const at = k * X.rows + i;
        draws.data[at] = mean[i]! + shrink * draws.data[at]!;
      }
    }
    return draws;
  }

  quantiles(X: Matrix, levels: readonly number[]): Matrix {
    requireInputs(X, this.dimension, true);
    const { trees, leafOfRow, leftOut, weights } = this.grown;
    return quantilesFromLeaves(trees, leafOfRow, Float64Array.from(leftOut.actual), weights, X, levels);
  }

  explain(X: Matrix): Contributions {
    requireInputs(X, this.dimension, true);
    return treeContributions(this.grown.trees, X, 1 / treeCount(this.grown.trees));
  }

  diagnostics(): Diagnostics {
    const { kind, leftOut, importances } = this.grown;
    return { kind, n: leftOut.actual.length, importances, leftOut, metrics: metricsOf(leftOut) };
  }

  toJSON(): SurrogateJson {
    const { kind, dimension, trees, importances, calibration, leftOut, weights, leafOfRow, drawn } =
      this.grown;
    return {
      kind,
      version,
      dimension,
      trees: treesToJson(trees),
      importances,
      calibration: { scale: calibration.scale, floor: calibration.floor },
      leftOut: { mean: leftOut.mean, variance: leftOut.variance, actual: leftOut.actual },
      weights: numbersToJson(weights),
      leafOfRow: numbersToJson(leafOfRow),
      drawn: drawn === undefined ? null : numbersToJson(drawn),
    };
  }
}

export function averagedTreesFrom(kind: string, json: SurrogateJson): AveragedTrees {
  requireKind(json, kind, version);
  const calibration = fieldsFrom('json.calibration', json['calibration']);
  const leftOut = fieldsFrom('json.leftOut', json['leftOut']);
  const list = (field: string) => Array.from(numbersFrom(`json.leftOut.${field}`, leftOut[field]));
  return new AveragedTrees({
    kind,
    dimension: numberFrom('json.dimension', json['dimension']),
    trees: treesFrom('json.trees', json['trees']),
    importances: Array.from(numbersFrom('json.importances', json['importances'])),
    calibration: {
      scale: numberFrom('json.calibration.scale', calibration['scale']),
      floor: numberFrom('json.calibration.floor', calibration['floor']),
    },
    leftOut: { mean: list('mean'), variance: list('variance'), actual: list('actual') },
    weights: numbersFrom('json.weights', json['weights']),
    leafOfRow: Int32Array.from(numbersFrom('json.leafOfRow', json['leafOfRow'])),
    ...(json['drawn'] !== null && { drawn: Int32Array.from(numbersFrom('json.drawn', json['drawn'])) }),
  });
}

function mapBlocks(X: Matrix, of: (block: Matrix) => Float64Array): Float64Array {
  const result = new Float64Array(X.rows);
  for (let first = 0; first < X.rows; first += rowsPerBlock) {
    const last = Math.min(X.rows, first + rowsPerBlock);
    result.set(of(matrix(last - first, X.cols, X.data.slice(first * X.cols, last * X.cols))), first);
  }
  return result;
}

/**
 * The infinitesimal jackknife (Wager, Hastie and Efron 2014): row r's influence at x is the covariance over trees of its number of draws with what the
 * tree says; the variance is the sum of their squares, less what so few trees add to it by chance.
 */
function jackknife(
  trees: Trees,
  drawn: Int32Array,
  X: Matrix,
): { readonly influence: Matrix; readonly variance: Float64Array } {
  const count = treeCount(trees);
  const n = drawn.length / count;
  const { mean, squares } = momentsOver(trees, X);
  const off = matrix(X.rows, count);
  visitLeaves(trees, X, 0, count, (tree, first, leaves, rows) => {
    for (let i = 0; i < rows; i++)
      off.data[(first + i) * count + tree] = trees.value[leaves[i]!]! - mean[first + i]!;
  });
  const draws = matrix(n, count);
  for (let tree = 0; tree < count; tree++)
    for (let r = 0; r < n; r++) draws.data[r * count + tree] = drawn[tree * n + r]! - 1;
  const influence = gemm(off, draws, { transposeB: true });
  influence.data.forEach((value, at) => (influence.data[at] = value / count));
  const variance = squares.map((between, i) => {
    let sum = 0;
    for (let r = 0; r < n; r++) sum += influence.data[i * n + r]! * influence.data[i * n + r]!;
    return max(0, sum - (n * between) / (count * count));
  });
  return { influence, variance };
}
