/**
 * The operations that are worth a machine's full speed. They exist twice, in WebAssembly with two doubles a lane (assembly/) and in
 * TypeScript (portable/), and both do the same additions and multiplications in the same order: which one runs changes no bit.
 *
 * Matrices inside are row-major, square of size n, padded to a multiple of 4. A *strip* holds four lines of a matrix side by side:
 * element k of its lines lies at [4k … 4k+3]. A *packed* triangle L is strips of four rows, strip i up to column 4i+3, from 8i(i+1) on.
 */
export type CorePath = 'simd' | 'portable';

/** Doubles in a core's memory. `values` is a view of them that lasts until the next allocation: do not keep it. */
export interface Block {
  readonly length: number;
  readonly values: Float64Array;
}

/** Zeros, unless what lies there may stay because all of it will be written. */
export type Allocate = (length: number, content?: 'zeros' | 'unset') => Block;

export const partKinds = [
  'rbf',
  'matern12',
  'matern32',
  'matern52',
  'rationalQuadratic',
  'hamming',
  'linear',
  'coregion',
] as const;
export type PartKind = (typeof partKinds)[number];

/** One part of a kernel over rows x (scaled by 1/ℓ, stored by columns; of a coregion one column, of source numbers). */
export interface PartTerms {
  readonly kind: PartKind;
  readonly columns: number;
  /** (columns) 1/ℓ, which only the Hamming part looks at; of a coregion B (sources,sources). */
  readonly weights: Block;
  readonly amplitude: number;
  /** α of the rational quadratic; 1 for others. */
  readonly alpha: number;
  /** How many sources a coregion has; 0 for others. */
  readonly sources: number;
}

export interface Core {
  readonly path: CorePath;
  /** Runs `work` with memory that is taken back when it ends. Scopes nest. */
  scope<T>(work: (allocate: Allocate) => T): T;
  /** The same memory from its element `offset` on, a multiple of 2. */
  from(block: Block, offset: number): Block;

  /**
   * L with A = L·Lᵀ, packed, and 1/L[r,r] (n), from A's lower triangle; 0, or one more than the index of the first pivot that is not
   * positive.
   */
  cholesky(A: Block, n: number, packed: Block, inverses: Block): number;
  /** The lower triangle of A, packed, and 1/A[r,r] (n). */
  packTriangle(A: Block, n: number, packed: Block, inverses: Block): void;
  /** z := L⁻¹·z */
  solveForward(packed: Block, inverses: Block, n: number, z: Block): void;
  /** z := L⁻ᵀ·z */
  solveBackward(packed: Block, inverses: Block, n: number, z: Block): void;
  /** V := L⁻¹·V for `count` strips of columns; `squares` (4·count) receives each column's sum of squares. */
  solveStrips(packed: Block, inverses: Block, n: number, V: Block, count: number, squares: Block): void;
  /** L⁻¹ by strips of columns, strip c from row 4c down. */
  invertTriangle(packed: Block, inverses: Block, n: number, inverse: Block): void;
  /** The lower triangle of C = −L⁻ᵀ·L⁻¹. */
  minusGramOfInverse(inverse: Block, n: number, C: Block): void;
  /**
   * C −= A·B for strips of rows of A and of columns of B, each `depth` long, and rows of C `stride` apart. With `lower` only tiles that touch the
   * lower triangle.
   */
  subtractStrips(
    A: Block,
    rowStrips: number,
    B: Block,
    columnStrips: number,
    depth: number,
    C: Block,
    stride: number,
    lower: boolean,
  ): void;

  /** V, its slope E and, for the rational quadratic, ∂V/∂ln α, within x (by columns, n long, `real` of them real). */
  covarianceWithin(
    part: PartTerms,
    x: Block,
    n: number,
    real: number,
    values: Block,
    slopes: Block | null,
    shapeSlopes: Block | null,
  ): void;
  /** Adds `diagonal` (n) to K and makes the identity of what is not real. */
  finishCovariance(K: Block, n: number, real: number, diagonal: Block): void;
  /** V, E and ∂V/∂ln α between x and `count` strips of the columns of z (by columns, `length` long). */
  covarianceStrips(
    part: PartTerms,
    x: Block,
    n: number,
    real: number,
    z: Block,
    length: number,
    V: Block,
    slopes: Block | null,
    shapeSlopes: Block | null,
    count: number,
  ): void;
  /** out (4·count) = Vᵀ·weights, by increasing row. */
  weighStrips(V: Block, n: number, count: number, weights: Block, out: Block): void;
  /** W := ααᵀ + W on the lower triangle, the diagonal halved, 0 right of it in its pair. */
  likelihoodWeights(alpha: Block, W: Block, n: number, real: number): void;
  /**
   * out (columns) = Σ_{j≤i} W[i,j]·E[i,j]·δ(i,j) for each column of x. Of a coregion out (sources,sources): Σ W·E over the pairs of each two
   * sources, the one of row i first.
   */
  contract(part: PartTerms, x: Block, n: number, real: number, W: Block, E: Block, out: Block): void;
  /** The same over all pairs of x and `count` strips of the columns of z, for W and E as strips. */
  contractStrips(
    part: PartTerms,
    x: Block,
    n: number,
    real: number,
    z: Block,
    length: number,
    W: Block,
    E: Block,
    count: number,
    out: Block,
  ): void;
  /** Σ_{j≤i} A[i,j]·B[i,j]; A must be 0 right of the diagonal in its pair. */
  dotLower(A: Block, B: Block, n: number, real: number): number;
  /** Σ a[i]·b[i] over `count` doubles, an even number. */
  dotEach(a: Block, b: Block, count: number): number;
  /** target := a∘b over `count` doubles, an even number. */
  multiplyEach(a: Block, b: Block, target: Block, count: number): void;
  /** target += a over `count` doubles, an even number. */
  addEach(a: Block, target: Block, count: number): void;
  /** y := eˣ, for −708 ≤ x ≤ 709, over `count` doubles, a multiple of 4. */
  expEach(x: Block, y: Block, count: number): void;
  /** y := ln x, for normal x > 0, over `count` doubles, an even number. */
  logEach(x: Block, y: Block, count: number): void;
}

/** n rounded up to a multiple of 4. */
export function padded(n: number): number {
  return (n + 3) & ~3;
}

/** Doubles of a packed triangle of n (a multiple of 4) rows. */
export function packedLength(n: number): number {
  const strips = n / 4;
  return 8 * strips * (strips + 1);
}

/** What a part makes of two rows. */
export type Measure = 'squares' | 'mismatch' | 'products' | 'table';

export function measureOf(kind: PartKind): Measure {
  switch (kind) {
    case 'hamming':
      return 'mismatch';
    case 'linear':
      return 'products';
    case 'coregion':
      return 'table';
    default:
      return 'squares';
  }
}
