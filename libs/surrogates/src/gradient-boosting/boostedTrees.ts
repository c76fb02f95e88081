/** A fitted booster and what is believed of its error. */
import { matrix, normQuantile, requireCount, type Matrix, type Philox } from '@ionloop/linalg';
import type { Diagnostics, LeftOut, Prediction, SurrogateJson } from '../contract.js';
import { requireInputs } from '../data.js';
import { fieldsFrom, numberFrom, numbersFrom, requireKind } from '../json.js';
import { metricsOf } from '../metrics.js';
import type { TreeSurrogate } from '../trees/averagedTrees.js';
import type { Calibration } from '../trees/calibration.js';
import { requireLevels } from '../trees/rowsInLeaves.js';
import type { Contributions } from '../trees/treeShap.js';
import { codeCategories, leafAt, treeCount } from '../trees/trees.js';
import { boosterContributions, boosterMean, type Booster } from './booster.js';
import {
  boosterFrom,
  boosterToJson,
  membersAt,
  quantileMeans,
  spreadAt,
  spreadFrom,
  spreadToJson,
  varianceOver,
  type Spread,
} from './spread.js';

const { max, min, sqrt } = Math;

export const kind = 'gradient-boosting';
const version = 1;

export interface FittedBoosting {
  readonly dimension: number;
  readonly main: Booster;
  readonly spread: Spread;
  readonly calibration: Calibration;
  /** (d), of sum 1 */
  readonly importances: readonly number[];
  readonly leftOut: LeftOut;
}

export class BoostedTrees implements TreeSurrogate {
  readonly kind = kind;
  readonly sampleIsJoint = true;

  constructor(private readonly fitted: FittedBoosting) {}

  get dimension(): number {
    return this.fitted.dimension;
  }

  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension, true);
    const { main, spread, calibration } = this.fitted;
    const variance = spreadAt(spread, main, X).map(
      (value) => calibration.scale * (value + calibration.floor),
    );
    return { mean: boosterMean(main, X), variance };
  }

  /**
   * A draw leans as one member of the ensemble does; what the members do not explain is a function of steps, a normal number for each leaf of one
   * tree. Without members all of it is.
   */
  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension, true);
    requireCount('count', count);
    const { main, spread, calibration } = this.fitted;
    const { mean, variance } = this.predict(X);
    const members = membersAt(spread, main, X);
    const leaning = members === undefined ? undefined : leaningOf(members, calibration.scale);
    const rest = variance.map((value, i) => sqrt(max(0, value - (leaning?.variance[i] ?? 0))));
    const coded = codeCategories(main.trees, X);
    const draws = matrix(count, X.rows);
    for (let k = 0; k < count; k++) {
      const member = leaning === undefined ? 0 : rng.integer(leaning.off.rows);
      const step = this.drawSteps(coded, rng);
      for (let i = 0; i < X.rows; i++)
        draws.data[k * X.rows + i] =
          mean[i]! + (leaning?.off.data[member * X.rows + i] ?? 0) + rest[i]! * step[i]!;
    }
    return draws;
  }

  /** For rows whose categories have been coded. */
  private drawSteps({ data, rows, cols }: Matrix, rng: Philox): Float64Array {
    const { trees } = this.fitted.main;
    const count = treeCount(trees);
    const steps = new Float64Array(rows);
    if (count === 0) return steps.fill(rng.normal());
    const t = rng.integer(count);
    const root = trees.start[t]!;
    const levels = new Float64Array(trees.start[t + 1]! - root);
    for (let node = 0; node < levels.length; node++) levels[node] = rng.normal();
    for (let i = 0; i < rows; i++) steps[i] = levels[leafAt(trees, t, data, i * cols) - root]!;
    return steps;
  }

  quantiles(X: Matrix, levels: readonly number[]): Matrix {
    requireInputs(X, this.dimension, true);
    requireLevels(levels);
    const { spread } = this.fitted;
    if (spread.kind === 'quantile') return quantileMeans(spread, X, levels);
    const { mean, variance } = this.predict(X);
    const z = levels.map((level) => normQuantile(min(0.999, max(0.001, level))));
    return matrix(
      X.rows,
      levels.length,
      Float64Array.from({ length: X.rows * levels.length }, (_, k) => {
        const i = Math.floor(k / levels.length);
        return mean[i]! + z[k % levels.length]! * sqrt(variance[i]!);
      }),
    );
  }

  explain(X: Matrix): Contributions {
    requireInputs(X, this.dimension, true);
    return boosterContributions(this.fitted.main, X);
  }

  diagnostics(): Diagnostics {
    const { leftOut, importances } = this.fitted;
    return { kind, n: leftOut.actual.length, importances, leftOut, metrics: metricsOf(leftOut) };
  }

  toJSON(): SurrogateJson {
    const { dimension, main, spread, calibration, importances, leftOut } = this.fitted;
    return {
      kind,
      version,
      dimension,
      main: boosterToJson(main),
      spread: spreadToJson(spread),
      calibration: { scale: calibration.scale, floor: calibration.floor },
      importances,
      leftOut: { mean: leftOut.mean, variance: leftOut.variance, actual: leftOut.actual },
    };
  }
}

export function boostedTreesFrom(json: SurrogateJson): BoostedTrees {
  requireKind(json, kind, version);
  const calibration = fieldsFrom('json.calibration', json['calibration']);
  const leftOut = fieldsFrom('json.leftOut', json['leftOut']);
  const list = (field: string) => Array.from(numbersFrom(`json.leftOut.${field}`, leftOut[field]));
  return new BoostedTrees({
    dimension: numberFrom('json.dimension', json['dimension']),
    main: boosterFrom('json.main', json['main']),
    spread: spreadFrom('json.spread', json['spread']),
    calibration: {
      scale: numberFrom('json.calibration.scale', calibration['scale']),
      floor: numberFrom('json.calibration.floor', calibration['floor']),
    },
    importances: Array.from(numbersFrom('json.importances', json['importances'])),
    leftOut: { mean: list('mean'), variance: list('variance'), actual: list('actual') },
  });
}

/** Each member's distance from the mean of all (K, m), stretched so that its variance is `scale` times the unbiased one. */
function leaningOf(
  members: Matrix,
  scale: number,
): { readonly off: Matrix; readonly variance: Float64Array } {
  const { rows, cols, data } = members;
  const stretch = sqrt((scale * rows) / max(1, rows - 1));
  const off = matrix(rows, cols);
  for (let i = 0; i < cols; i++) {
    let sum = 0;
    for (let k = 0; k < rows; k++) sum += data[k * cols + i]!;
    for (let k = 0; k < rows; k++) off.data[k * cols + i] = stretch * (data[k * cols + i]! - sum / rows);
  }
  return { off, variance: varianceOver(members).map((value) => scale * value) };
}
