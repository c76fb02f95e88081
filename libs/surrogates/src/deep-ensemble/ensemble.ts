/** Nets that have learnt, and what they say together: means μₘ and variances Vₘ of members m = 1 … M. */
import { matrix, type Matrix } from '@ionloop/linalg';
import type { Backend } from './backend.js';
import { ownVariance } from './likelihood.js';
import { forward, type Architecture } from './network.js';

const { max, min } = Math;
const rowsAtOnce = 4096;

/** Of every net (G) at every row (m), in units in which the responses have variance 1. */
export interface Outputs {
  /** (G,m) */
  readonly mean: Matrix;
  /** (G,m), without the known error of a row */
  readonly variance: Matrix;
}

/** Always on the portable backend, so that a model that is written down says the same everywhere. Z (m,d) is scaled. */
export function outputsOf(
  portable: Backend,
  architecture: Architecture,
  nets: readonly Float32Array[],
  Z: Matrix,
): Outputs {
  const mean = matrix(nets.length, Z.rows);
  const variance = matrix(nets.length, Z.rows);
  for (let from = 0; from < Z.rows; from += rowsAtOnce) {
    const rows = min(rowsAtOnce, Z.rows - from);
    const part = Float32Array.from(Z.data.subarray(from * Z.cols, (from + rows) * Z.cols));
    portable.run((tf) => {
      const X = tf.tensor3d(part, [1, rows, Z.cols]);
      nets.forEach((net, g) => {
        const o = tf.tidy(() => forward(tf, architecture, tf.tensor2d(net, [1, net.length]), X).sums.at(-1)!);
        const values = o.dataSync();
        tf.dispose(o);
        for (let i = 0; i < rows; i++) {
          mean.data[g * Z.rows + from + i] = values[2 * i]!;
          variance.data[g * Z.rows + from + i] = ownVariance(values[2 * i + 1]!);
        }
      });
    });
  }
  return { mean, variance };
}

/** What some nets say of row i together. */
export interface Opinion {
  /** Σ μₘ / M */
  readonly mean: number;
  /** Σ (μₘ − mean)² / (M − 1): what they disagree about; 0 of one net. */
  readonly between: number;
  /** Σ Vₘ / M: what they all expect a measurement to scatter. */
  readonly within: number;
}

export function opinionAt({ mean, variance }: Outputs, i: number, nets: readonly number[]): Opinion {
  const m = mean.cols;
  let sum = 0;
  let within = 0;
  for (const g of nets) {
    sum += mean.data[g * m + i]!;
    within += variance.data[g * m + i]!;
  }
  const middle = sum / nets.length;
  let between = 0;
  for (const g of nets) between += (mean.data[g * m + i]! - middle) * (mean.data[g * m + i]! - middle);
  return { mean: middle, between: between / max(1, nets.length - 1), within: within / nets.length };
}

/**
 * For each input, half the mean square by which the ensemble's mean changes when that input is exchanged for another row's: the input's total effect
 * (Jansen 1999). `orders` holds a permutation of the rows of Z (n,d) for each input. The effects (d) are divided by their sum.
 */
export function importancesOf(
  meansAt: (Z: Matrix) => Float64Array,
  Z: Matrix,
  orders: readonly (readonly number[])[],
): number[] {
  const before = meansAt(Z);
  const effects = orders.map((order, j) => {
    const exchanged = matrix(Z.rows, Z.cols, Z.data.slice());
    for (let i = 0; i < Z.rows; i++) exchanged.data[i * Z.cols + j] = Z.data[order[i]! * Z.cols + j]!;
    return meansAt(exchanged).reduce((sum, after, i) => sum + (after - before[i]!) * (after - before[i]!), 0);
  });
  const total = effects.reduce((sum, effect) => sum + effect, 0);
  return effects.map((effect) => (total > 0 ? effect / total : 1 / Z.cols));
}
