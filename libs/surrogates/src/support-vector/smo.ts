/**
 * The dual of ε-insensitive regression by sequential minimal optimisation. K (n,n) kernel matrix, y (n), Cᵢ (n) how much row i may pull,
 *
 *   minimise ½·βᵀKβ − yᵀβ + ε·Σ|βᵢ|  subject to  Σβᵢ = 0, |βᵢ| ≤ Cᵢ;  f(x) = Σ βᵢ·k(x, xᵢ) + b.
 *
 * With E = y − Kβ, raising βᵢ gains E − ε from 0 up, E + ε below 0; lowering costs E − ε above 0, E + ε from 0 down. Each step raises the
 * one with the most to gain and lowers the one that promises most to second order (Fan, Chen and Lin 2005), by the same amount, never
 * across 0 or a bound. It ends when the most to gain is within the tolerance of the least to lose.
 */
import { matrix, type Matrix } from '@ionloop/linalg';

const { abs, max, min } = Math;

export interface SvrDual {
  /** (n,n) */
  readonly K: Matrix;
  /** (n) */
  readonly y: Float64Array;
  readonly epsilon: number;
  /** (n), at least 0; a row of 0 takes no part. */
  readonly C: Float64Array;
  /** In units of y. */
  readonly tolerance: number;
}

export interface SvrSolution {
  /** (n) */
  readonly beta: Float64Array;
  /** b */
  readonly intercept: number;
  /** What is minimised. */
  readonly objective: number;
  readonly iterations: number;
  /** What is left between gain and loss; at most the tolerance but where the iterations ran out. */
  readonly gap: number;
}

const flattest = 1e-12;

export function solveDual({ K, y, epsilon, C, tolerance }: SvrDual): SvrSolution {
  const rows = Int32Array.from(y.keys()).filter((i) => C[i]! > 0);
  const own = new State(block(K, rows), pick(y, rows), pick(C, rows), epsilon);
  const most = 100_000 + 1000 * rows.length;
  let iterations = 0;
  while (own.gain - own.loss > tolerance && iterations < most && own.step()) iterations += 1;
  const beta = new Float64Array(y.length);
  rows.forEach((row, at) => (beta[row] = own.beta[at]!));
  return {
    beta,
    intercept: own.intercept(),
    objective: own.objective(),
    iterations,
    gap: max(own.gain - own.loss, 0),
  };
}

function pick(values: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (i) => values[i]!);
}

/** The rows and columns of K that take part, next to each other. */
function block(K: Matrix, rows: Int32Array): Matrix {
  const n = rows.length;
  if (n === K.rows) return K;
  const result = matrix(n, n);
  for (let a = 0; a < n; a++) {
    const from = rows[a]! * K.cols;
    for (let b = 0; b < n; b++) result.data[a * n + b] = K.data[from + rows[b]!]!;
  }
  return result;
}

class State {
  readonly beta: Float64Array;
  /** y − Kβ */
  readonly #E: Float64Array;
  readonly #diagonal: Float64Array;
  /** The row with the most to gain, and how much; the least that any row has to lose. */
  #raised = -1;
  gain = -Infinity;
  loss = Infinity;

  constructor(
    private readonly K: Matrix,
    private readonly y: Float64Array,
    private readonly C: Float64Array,
    private readonly epsilon: number,
  ) {
    const n = y.length;
    this.beta = new Float64Array(n);
    this.#E = Float64Array.from(y);
    this.#diagonal = Float64Array.from({ length: n }, (_, i) => K.data[i * n + i]!);
    this.#shift(0, 0, 0);
  }

  /** False where no pair of rows is left that would gain. */
  step(): boolean {
    const i = this.#raised;
    const { j, wanted } = this.#partner(i);
    if (j < 0) return false;
    const { beta, C } = this;
    const [bi, bj] = [beta[i]!, beta[j]!];
    const roomUp = bi < 0 ? -bi : C[i]! - bi;
    const roomDown = bj > 0 ? bj : C[j]! + bj;
    const t = min(wanted, roomUp, roomDown);
    // At the end of its room a coefficient is exactly 0 or at its bound.
    beta[i] = t === roomUp ? (bi < 0 ? 0 : C[i]!) : bi + t;
    beta[j] = t === roomDown ? (bj > 0 ? 0 : -C[j]!) : bj - t;
    this.#shift(i, j, t);
    return true;
  }

  /** The row to lower against i, and by how much in the absence of bounds. */
  #partner(i: number): { j: number; wanted: number } {
    const { beta, C, epsilon, gain } = this;
    const E = this.#E;
    const diagonal = this.#diagonal;
    const k = this.K.data;
    const n = E.length;
    const row = i * n;
    let j = -1;
    let promise = 0;
    let wanted = 0;
    for (let at = 0; at < n; at++) {
      const difference = gain - lossOf(beta[at]!, E[at]!, C[at]!, epsilon);
      if (!(difference > 0)) continue;
      const curvature = max(diagonal[i]! + diagonal[at]! - 2 * k[row + at]!, flattest);
      const decrease = (difference * difference) / curvature;
      if (decrease > promise) {
        promise = decrease;
        j = at;
        wanted = difference / curvature;
      }
    }
    return { j, wanted };
  }

  /** E after βᵢ has risen and βⱼ has fallen by t, and what there is to gain and to lose now. */
  #shift(i: number, j: number, t: number): void {
    const { beta, C, epsilon } = this;
    const E = this.#E;
    const k = this.K.data;
    const n = E.length;
    let gain = -Infinity;
    let loss = Infinity;
    for (let at = 0; at < n; at++) {
      const e = E[at]! - t * (k[i * n + at]! - k[j * n + at]!);
      E[at] = e;
      const up = gainOf(beta[at]!, e, C[at]!, epsilon);
      if (up > gain) {
        gain = up;
        this.#raised = at;
      }
      const down = lossOf(beta[at]!, e, C[at]!, epsilon);
      if (down < loss) loss = down;
    }
    this.gain = gain;
    this.loss = loss;
  }

  objective(): number {
    const { beta, y, epsilon } = this;
    return beta.reduce((sum, b, i) => sum + epsilon * abs(b) - 0.5 * b * (y[i]! + this.#E[i]!), 0);
  }

  /** b: on the edge of the tube at the rows that are free to move; between gain and loss where there are none. */
  intercept(): number {
    const { beta, C, epsilon, gain, loss } = this;
    let sum = 0;
    let count = 0;
    beta.forEach((b, i) => {
      if (b === 0 || abs(b) >= C[i]!) return;
      sum += this.#E[i]! + (b > 0 ? -epsilon : epsilon);
      count += 1;
    });
    return count > 0 ? sum / count : (gain + loss) / 2;
  }
}

/** What raising a coefficient gains; −∞ at its bound. */
function gainOf(beta: number, E: number, C: number, epsilon: number): number {
  return beta < 0 ? E + epsilon : beta < C ? E - epsilon : -Infinity;
}

/** What lowering it costs; ∞ at its bound. */
function lossOf(beta: number, E: number, C: number, epsilon: number): number {
  return beta > 0 ? E - epsilon : beta > -C ? E + epsilon : Infinity;
}
