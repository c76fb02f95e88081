/** A conditioned process that takes more rows one by one, each in O(n²) instead of O(n³/3). */
import { packedLength, padded, type Block, type Core } from '../core/core.js';
import { currentCore } from '../core/select.js';
import { requireCount, requireFinite, requireLength } from '../dense/checks.js';
import { jitterLadder } from '../dense/jitter.js';
import { dot } from '../dense/dot.js';
import { matrix, type Matrix } from '../dense/matrix.js';
import { InvalidArgumentError, NotPositiveDefiniteError } from '../errors.js';
import { exp } from '../special/exp.js';
import type { Conditioned } from './conditioned.js';
import {
  crossInto,
  inverseLengthscale,
  scaleColumns,
  scaledParts,
  selfCovariance,
  type ScaledPart,
} from './covariance.js';
import { requireSources } from './coregion.js';
import { solveFor } from './factor.js';
import { layoutOf, type KernelLayout } from './kernel.js';

export interface GrowingGaussian {
  /** How many rows it has. */
  readonly rows: number;
  /** Takes the row x (d) with response y and its own noise; what had to be added to its pivot is the answer. */
  append(x: Float64Array, y: number, noise?: number): number;
  /** What it is now, as one that stays. */
  conditioned(): Conditioned;
}

/** The factor lives in the core's memory while `use` runs; at most `more` rows can be appended there. */
export function withGrowingGaussian<T>(
  conditioned: Conditioned,
  more: number,
  use: (growing: GrowingGaussian) => T,
): T {
  requireCount('more', more);
  const core = currentCore();
  return core.scope((allocate) => {
    const rows = conditioned.X.rows + more;
    const n = padded(rows);
    const grown = matrix(rows, conditioned.X.cols);
    grown.data.set(conditioned.X.data);
    const layout = layoutOf(conditioned.kernel);
    const blocks = {
      packed: allocate(packedLength(n)),
      inverses: allocate(n),
      alpha: allocate(n),
      logs: allocate(n),
      column: allocate(4 * n),
      row: allocate(n),
    };
    blocks.packed.values.set(conditioned.packed);
    blocks.inverses.values.set(conditioned.inverses);
    const parts = scaledParts(layout, conditioned.theta, grown, n, allocate);
    const rooms = parts.map((term) => term.map(({ terms }) => allocate(4 * terms.columns)));
    return use(new Growing(core, conditioned, layout, blocks, parts, rooms, grown, n));
  });
}

interface Blocks {
  readonly packed: Block;
  readonly inverses: Block;
  readonly alpha: Block;
  readonly logs: Block;
  /** A strip of one column of covariances. */
  readonly column: Block;
  readonly row: Block;
}

class Growing implements GrowingGaussian {
  rows: number;
  private readonly y: Float64Array;
  private readonly noise: Float64Array;
  private jitter: number;

  constructor(
    private readonly core: Core,
    private readonly begin: Conditioned,
    private readonly layout: KernelLayout,
    private readonly blocks: Blocks,
    private readonly parts: readonly (readonly ScaledPart[])[],
    private readonly rooms: readonly (readonly Block[])[],
    private readonly X: Matrix,
    private readonly capacity: number,
  ) {
    this.rows = begin.X.rows;
    this.jitter = begin.jitter;
    this.y = new Float64Array(X.rows);
    this.y.set(begin.y);
    this.noise = new Float64Array(X.rows);
    if (begin.noise) this.noise.set(begin.noise);
  }

  append(x: Float64Array, y: number, noise = 0): number {
    requireLength('x', x, this.X.cols);
    requireFinite('x', x);
    requireSources('x', this.begin.kernel, matrix(1, x.length, x));
    if (!Number.isFinite(y)) throw new InvalidArgumentError('y', `must be finite, not ${y}`);
    if (!(noise >= 0) || !Number.isFinite(noise))
      throw new InvalidArgumentError('noise', `must be at least 0, not ${noise}`);
    if (this.rows === this.X.rows)
      throw new InvalidArgumentError('more', `was ${this.X.rows - this.begin.X.rows}, and all are appended`);
    const at = this.rows;
    this.X.data.set(x, at * this.X.cols);
    const jitter = this.writeRow(this.solvedColumn(), noise);
    this.scaleRow(at);
    this.y[at] = y;
    this.noise[at] = noise;
    this.rows += 1;
    this.jitter = Math.max(this.jitter, jitter);
    return jitter;
  }

  conditioned(): Conditioned {
    const { X, rows, begin, core, blocks } = this;
    const n = padded(rows);
    const y = this.y.slice(0, rows);
    const factor = { ...blocks, n, real: rows, K: blocks.row, diagonal: blocks.row };
    const logMarginalLikelihood = solveFor(core, factor, y, begin.theta[this.layout.parameters + 1]!);
    const noise = this.noise.slice(0, rows);
    return {
      kernel: begin.kernel,
      theta: begin.theta,
      X: matrix(rows, X.cols, X.data.slice(0, rows * X.cols)),
      y,
      ...((begin.noise ?? noise.some((value) => value > 0)) && { noise }),
      packed: blocks.packed.values.slice(0, packedLength(n)),
      inverses: blocks.inverses.values.slice(0, n),
      alpha: blocks.alpha.values.slice(0, n),
      jitter: this.jitter,
      logMarginalLikelihood,
    };
  }

  /** L⁻¹k(X, x) for the row that stands after the last one. */
  private solvedColumn(): Float64Array {
    const { core, parts, rooms, rows, blocks, X, begin } = this;
    parts.forEach((term, t) =>
      term.forEach(({ layout }, p) => scaleColumns(layout, begin.theta, X, rows, 1, 4, rooms[t]![p]!.values)),
    );
    const n = padded(rows);
    crossInto(core, parts, this.capacity, rows, (t, p) => rooms[t]![p]!, 4, blocks.column, 1);
    const [column, row] = [blocks.column.values, blocks.row.values];
    for (let i = 0; i < n; i++) row[i] = column[4 * i]!;
    core.solveForward(blocks.packed, blocks.inverses, n, blocks.row);
    return blocks.row.values;
  }

  private writeRow(solved: Float64Array, noise: number): number {
    const { rows, layout, begin, X, blocks } = this;
    const [prior] = selfCovariance(layout, begin.theta, X, rows, 1);
    const diagonal = prior! + exp(begin.theta[layout.parameters]!) + noise;
    const explained = dot(solved, 0, solved, 0, rows);
    const rung = jitterLadder.find((share) => diagonal * (1 + share) - explained > 0);
    if (rung === undefined)
      throw new NotPositiveDefiniteError('the covariance with the appended row', 1e-4 * diagonal);
    const pivot = Math.sqrt(diagonal * (1 + rung) - explained);
    const [packed, inverses] = [blocks.packed.values, blocks.inverses.values];
    const strip = 2 * (rows >> 2) * ((rows >> 2) + 1) * 4;
    const lane = rows & 3;
    // A strip begins as the identity beneath what there is.
    if (lane === 0)
      for (let r = 0; r < 4; r++) {
        packed[strip + 4 * (rows + r) + r] = 1;
        inverses[rows + r] = 1;
      }
    for (let k = 0; k < rows; k++) packed[strip + 4 * k + lane] = solved[k]!;
    packed[strip + 4 * rows + lane] = pivot;
    inverses[rows] = 1 / pivot;
    return rung * diagonal;
  }

  /** The new row among the others. */
  private scaleRow(at: number): void {
    const { parts, begin, X, capacity } = this;
    for (const term of parts)
      for (const { layout, x } of term) {
        const values = x.values;
        layout.part.columns.forEach((column, q) => {
          const inverse = inverseLengthscale(layout, begin.theta, q);
          values[q * capacity + at] = X.data[at * X.cols + column]! * inverse;
        });
      }
  }
}
