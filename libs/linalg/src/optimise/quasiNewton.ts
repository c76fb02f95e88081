/**
 * What L-BFGS-B remembers of the Hessian (Byrd, Lu, Nocedal and Zhu 1995): with s the last steps and y the changes of the gradient
 * over them, B = θI − W·K⁻¹·Wᵀ, W = [Y, θS] (n, 2m), K = [−D, Lᵀ; L, θSᵀS], D and L the diagonal and what is below it of SᵀY.
 */
import { dot } from '../dense/dot.js';

const { abs, sqrt } = Math;

export class QuasiNewton {
  theta = 1;
  readonly #memory: number;
  #steps: Float64Array[] = [];
  #changes: Float64Array[] = [];
  /** K (2m, 2m), row after row. */
  #middle = new Float64Array(0);
  #factor: Factor | undefined;

  constructor(memory: number) {
    this.#memory = memory;
  }

  /** 2m: the columns of W. */
  get width(): number {
    return 2 * this.#steps.length;
  }

  forget(): void {
    this.theta = 1;
    this.#steps = [];
    this.#changes = [];
  }

  /** Takes in a step and the change of the gradient, unless the curvature along it is not positive. */
  remember(step: Float64Array, change: Float64Array): void {
    const curvature = inner(step, change);
    const square = inner(change, change);
    if (!(curvature > 2.2e-16 * sqrt(square * inner(step, step)))) return;
    this.#steps.push(step);
    this.#changes.push(change);
    if (this.#steps.length > this.#memory) {
      this.#steps.shift();
      this.#changes.shift();
    }
    this.theta = square / curvature;
    this.#middle = this.#middleMatrix();
    this.#factor = factorise(this.#middle.slice(), this.width);
    if (this.#factor === undefined) this.forget();
  }

  /** Row i of W. */
  row(i: number): Float64Array {
    return this.#rowInto(new Float64Array(this.width), i);
  }

  #rowInto(row: Float64Array, i: number): Float64Array {
    const m = this.#steps.length;
    for (let k = 0; k < m; k++) {
      row[k] = this.#changes[k]![i]!;
      row[m + k] = this.theta * this.#steps[k]![i]!;
    }
    return row;
  }

  /** Wᵀ·v */
  project(v: Float64Array): Float64Array {
    const m = this.#steps.length;
    const result = new Float64Array(2 * m);
    for (let k = 0; k < m; k++) {
      result[k] = inner(this.#changes[k]!, v);
      result[m + k] = this.theta * inner(this.#steps[k]!, v);
    }
    return result;
  }

  /** W·c */
  expand(c: Float64Array, length: number): Float64Array {
    const m = this.#steps.length;
    const result = new Float64Array(length);
    for (let k = 0; k < m; k++) {
      const change = this.#changes[k]!;
      const step = this.#steps[k]!;
      for (let i = 0; i < length; i++)
        result[i] = result[i]! + c[k]! * change[i]! + this.theta * c[m + k]! * step[i]!;
    }
    return result;
  }

  /** K⁻¹·c */
  solve(c: Float64Array): Float64Array {
    return this.#factor === undefined ? c : solveFactored(this.#factor, c);
  }

  /**
   * The minimum of the model on the free variables: d with Z·Zᵀ·B·Z·Zᵀ·d = r there and 0 elsewhere, r being 0 there already.
   * Undefined where that cannot be solved.
   */
  minimise(r: Float64Array, free: Uint8Array): Float64Array | undefined {
    const { theta, width } = this;
    const d = new Float64Array(r.length);
    for (let i = 0; i < r.length; i++) d[i] = r[i]! / theta;
    if (width === 0) return d;
    const factor = factorise(this.#reduced(free), width);
    if (factor === undefined) return undefined;
    const correction = this.expand(solveFactored(factor, this.project(r)), r.length);
    for (let i = 0; i < r.length; i++) d[i] = free[i] ? d[i]! + correction[i]! / (theta * theta) : 0;
    return d;
  }

  /** (θI − WK⁻¹Wᵀ)⁻¹ = I/θ + W·(K − WᵀW/θ)⁻¹·Wᵀ/θ²: what is inverted there, with the rows of W that are free. */
  #reduced(free: Uint8Array): Float64Array {
    const { theta, width } = this;
    const reduced = this.#middle.slice();
    const row = new Float64Array(width);
    for (let i = 0; i < free.length; i++) {
      if (!free[i]) continue;
      this.#rowInto(row, i);
      for (let a = 0; a < width; a++) {
        const value = row[a]!;
        for (let b = 0, at = a * width; b <= a; b++, at++)
          reduced[at] = reduced[at]! - (value * row[b]!) / theta;
      }
    }
    for (let a = 0; a < width; a++)
      for (let b = 0; b < a; b++) reduced[b * width + a] = reduced[a * width + b]!;
    return reduced;
  }

  /** Symmetric to the bit. */
  #middleMatrix(): Float64Array<ArrayBuffer> {
    const m = this.#steps.length;
    const width = 2 * m;
    const K = new Float64Array(width * width);
    for (let a = 0; a < m; a++) {
      const step = this.#steps[a]!;
      K[a * width + a] = -inner(step, this.#changes[a]!);
      for (let b = 0; b <= a; b++) {
        const square = this.theta * inner(step, this.#steps[b]!);
        K[(m + a) * width + m + b] = square;
        K[(m + b) * width + m + a] = square;
        if (a === b) continue;
        const below = inner(step, this.#changes[b]!);
        K[(m + a) * width + b] = below;
        K[b * width + m + a] = below;
      }
    }
    return K;
  }
}

interface Factor {
  /** (n,n), row after row. */
  readonly rows: Float64Array;
  readonly order: Int32Array;
}

/** P·A = L·U in the place of A (n,n); undefined where A is singular to the last digits. */
function factorise(rows: Float64Array, n: number): Factor | undefined {
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (abs(rows[i * n + k]!) > abs(rows[pivot * n + k]!)) pivot = i;
    if (!(abs(rows[pivot * n + k]!) > 0)) return undefined;
    if (pivot !== k) swapRows(rows, order, n, k, pivot);
    const divisor = rows[k * n + k]!;
    for (let i = k + 1; i < n; i++) {
      const ratio = rows[i * n + k]! / divisor;
      rows[i * n + k] = ratio;
      for (let j = k + 1; j < n; j++) rows[i * n + j] = rows[i * n + j]! - ratio * rows[k * n + j]!;
    }
  }
  return { rows, order };
}

function swapRows(rows: Float64Array, order: Int32Array, n: number, a: number, b: number): void {
  for (let j = 0; j < n; j++) {
    const value = rows[a * n + j]!;
    rows[a * n + j] = rows[b * n + j]!;
    rows[b * n + j] = value;
  }
  const place = order[a]!;
  order[a] = order[b]!;
  order[b] = place;
}

function solveFactored({ rows, order }: Factor, b: Float64Array): Float64Array {
  const n = order.length;
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let value = b[order[i]!]!;
    for (let j = 0; j < i; j++) value -= rows[i * n + j]! * x[j]!;
    x[i] = value;
  }
  for (let i = n - 1; i >= 0; i--) {
    let value = x[i]!;
    for (let j = i + 1; j < n; j++) value -= rows[i * n + j]! * x[j]!;
    x[i] = value / rows[i * n + i]!;
  }
  return x;
}

function inner(a: Float64Array, b: Float64Array): number {
  return dot(a, 0, b, 0, a.length);
}
