/** The inducing rows in a core's memory, and other rows a block at a time beside them. Notation in bound.ts. */
import { packedLength, padded, type Allocate, type Block, type Core } from '../../core/core.js';
import type { Matrix } from '../../dense/matrix.js';
import { NotPositiveDefiniteError } from '../../errors.js';
import { covarianceInto, scaleColumns, scaledParts, selfCovariance, type ScaledPart } from '../covariance.js';
import type { KernelLayout } from '../kernel.js';

/** Added to the diagonal of k(Z, Z), in units of its mean. */
export const nuggetShare = 1e-8;
/** Rows that are in the core's memory together. */
export const blockRows = 256;

/** L and the inducing rows, in a core's memory. */
export interface Inducing {
  readonly m: number;
  readonly real: number;
  readonly parts: readonly (readonly ScaledPart[])[];
  readonly packed: Block;
  readonly inverses: Block;
}

export function factorInducing(
  core: Core,
  allocate: Allocate,
  layout: KernelLayout,
  theta: Float64Array,
  Z: Matrix,
): Inducing {
  const [m, real] = [padded(Z.rows), Z.rows];
  const parts = scaledParts(layout, theta, Z, m, allocate);
  const [packed, inverses] = [allocate(packedLength(m)), allocate(m)];
  core.scope((within) => {
    const [K, diagonal] = [within(m * m), within(m)];
    covarianceInto(core, parts, m, real, K);
    const own = selfCovariance(layout, theta, Z, 0, real);
    const nugget = (nuggetShare * own.reduce((sum, value) => sum + value, 0)) / real;
    diagonal.values.fill(nugget, 0, real);
    core.finishCovariance(K, m, real, diagonal);
    if (core.cholesky(K, m, packed, inverses) > 0)
      throw new NotPositiveDefiniteError('the covariance of the inducing rows', nugget);
  });
  return { m, real, parts, packed, inverses };
}

/** A block of other rows, by columns for each part. */
export class Rows {
  readonly z: readonly (readonly Block[])[];

  constructor(
    private readonly layout: KernelLayout,
    private readonly theta: Float64Array,
    parts: Inducing['parts'],
    allocate: Allocate,
  ) {
    this.z = parts.map((term) => term.map(({ terms }) => allocate(terms.columns * blockRows)));
  }

  load(X: Matrix, from: number, count: number): void {
    this.layout.terms.forEach(({ parts }, t) =>
      parts.forEach((part, p) => {
        const values = this.z[t]![p]!.values;
        values.fill(0);
        scaleColumns(part, this.theta, X, from, count, blockRows, values);
      }),
    );
  }
}

/** `use` for each block of rows: where it begins, and how many rows and strips it has. */
export function forBlocks(X: Matrix, use: (from: number, count: number, strips: number) => void): void {
  for (let from = 0; from < X.rows; from += blockRows) {
    const count = Math.min(blockRows, X.rows - from);
    use(from, count, padded(count) / 4);
  }
}
