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
  #middle: number[][] = [];
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
    this.#factor = factorise(this.#middle);
    if (this.#factor === undefined) this.forget();
  }

  /** Row i of W. */
  row(i: number): Float64Array {
    const m = this.#steps.length;
    const row = new Float64Array(2 * m);
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
    const d = r.map((value) => value / this.theta);
    if (this.width === 0) return d;
    // (θI − WK⁻¹Wᵀ)⁻¹ = I/θ + W·(K − WᵀW/θ)⁻¹·Wᵀ/θ², with the rows of W that are free.
    const reduced = this.#middle.map((values) => [...values]);
    for (let i = 0; i < r.length; i++) {
      if (!free[i]) continue;
      const row = this.row(i);
      for (let a = 0; a < row.length; a++)
        for (let b = 0; b < row.length; b++) reduced[a]![b]! -= (row[a]! * row[b]!) / this.theta;
    }
    const factor = factorise(reduced);
    if (factor === undefined) return undefined;
    const correction = this.expand(solveFactored(factor, this.project(r)), r.length);
    return d.map((value, i) => (free[i] ? value + correction[i]! / (this.theta * this.theta) : 0));
  }

  #middleMatrix(): number[][] {
    const m = this.#steps.length;
    const K = Array.from({ length: 2 * m }, () => new Array<number>(2 * m).fill(0));
    for (let a = 0; a < m; a++)
      for (let b = 0; b < m; b++) {
        K[m + a]![m + b] = this.theta * inner(this.#steps[a]!, this.#steps[b]!);
        if (a === b) K[a]![a] = -inner(this.#steps[a]!, this.#changes[a]!);
        else if (a > b) K[m + a]![b] = K[b]![m + a] = inner(this.#steps[a]!, this.#changes[b]!);
      }
    return K;
  }
}

interface Factor {
  readonly rows: readonly number[][];
  readonly order: readonly number[];
}

/** P·A = L·U in the place of A; undefined where A is singular to the last digits. */
function factorise(rows: number[][]): Factor | undefined {
  rows = rows.map((values) => [...values]);
  const n = rows.length;
  const order = rows.map((_, i) => i);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (abs(rows[i]![k]!) > abs(rows[pivot]![k]!)) pivot = i;
    if (!(abs(rows[pivot]![k]!) > 0)) return undefined;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    [order[k], order[pivot]] = [order[pivot]!, order[k]!];
    for (let i = k + 1; i < n; i++) {
      const ratio = rows[i]![k]! / rows[k]![k]!;
      rows[i]![k] = ratio;
      for (let j = k + 1; j < n; j++) rows[i]![j]! -= ratio * rows[k]![j]!;
    }
  }
  return { rows, order };
}

function solveFactored({ rows, order }: Factor, b: Float64Array): Float64Array {
  const x = Float64Array.from(order, (from) => b[from]!);
  for (let i = 0; i < x.length; i++) for (let j = 0; j < i; j++) x[i]! -= rows[i]![j]! * x[j]!;
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < x.length; j++) x[i]! -= rows[i]![j]! * x[j]!;
    x[i]! /= rows[i]![i]!;
  }
  return x;
}

function inner(a: Float64Array, b: Float64Array): number {
  return dot(a, 0, b, 0, a.length);
}
