import { cholesky, choleskySolve, matrix, syrk, type Matrix } from '@ionloop/linalg';
import type { Student } from './spec.js';

const { min, sqrt } = Math;

type Polynomial = Omit<Student, 'report'>;

/** All products of up to `degree` columns: each term is an earlier one times a column. */
function termsOf(
  columns: number,
  degree: number,
): { readonly parents: number[]; readonly factors: number[] } {
  const parents = [0];
  const factors = [0];
  let before = { from: 0, to: 1 };
  for (let power = 1; power <= degree; power++) {
    const from = parents.length;
    for (let term = before.from; term < before.to; term++) {
      // Columns do not fall along a term, so that each product comes once.
      for (let column = term === 0 ? 0 : factors[term]!; column < columns; column++) {
        parents.push(term);
        factors.push(column);
      }
    }
    before = { from, to: parents.length };
  }
  return { parents, factors };
}

export const termCount = (columns: number, degree: number): number => {
  let count = 1;
  for (let power = 1; power <= degree; power++) count = (count * (columns + power)) / power;
  return count;
};

/** Least squares with a penalty λ·n on all terms but the constant, in columns of mean 0 and variance 1. */
export function fitPolynomial(X: Matrix, y: Float64Array, degree: number, penalty: number): Polynomial {
  const { centres, spreads } = standardOf(X);
  const terms = termsOf(X.cols, degree);
  const p = terms.parents.length;
  const plain = { centres, spreads, ...terms, weights: [] };
  const design = matrix(X.rows, p);
  const features = new Float64Array(p);
  for (let i = 0; i < X.rows; i++) {
    featuresInto(plain, X, i, features);
    design.data.set(features, i * p);
  }
  const A = syrk(design, { transpose: true });
  for (let t = 1; t < p; t++) A.data[t * p + t]! += penalty * X.rows;
  const b = new Float64Array(p);
  for (let i = 0; i < X.rows; i++) for (let t = 0; t < p; t++) b[t]! += design.data[i * p + t]! * y[i]!;
  return { ...plain, weights: [...choleskySolve(cholesky(A).L, b)] };
}

function standardOf(X: Matrix): { readonly centres: number[]; readonly spreads: number[] } {
  const centres: number[] = [];
  const spreads: number[] = [];
  for (let j = 0; j < X.cols; j++) {
    let sum = 0;
    for (let i = 0; i < X.rows; i++) sum += X.data[i * X.cols + j]!;
    const centre = sum / X.rows;
    let squares = 0;
    for (let i = 0; i < X.rows; i++) squares += (X.data[i * X.cols + j]! - centre) ** 2;
    centres.push(centre);
    spreads.push(sqrt(squares / X.rows) || 1);
  }
  return { centres, spreads };
}

function featuresInto(of: Polynomial, X: Matrix, row: number, features: Float64Array): void {
  const { centres, spreads, parents, factors } = of;
  features[0] = 1;
  for (let t = 1; t < parents.length; t++) {
    const j = factors[t]!;
    const z = (X.data[row * X.cols + j]! - centres[j]!) / spreads[j]!;
    features[t] = features[parents[t]!]! * z;
  }
}

/** So many rows at once that a term of all of them stays in the nearest memory. */
const batch = 64;

/** A polynomial ready for many rows: term by term over a batch of them, no allocation. */
export class OpenPolynomial {
  private readonly parents: Int32Array;
  private readonly factors: Int32Array;
  private readonly weights: Float64Array;
  private readonly centres: Float64Array;
  private readonly slopes: Float64Array;
  /** (columns, batch) and (terms, batch) */
  private readonly z: readonly Float64Array[];
  private readonly features: readonly Float64Array[];
  private readonly sums = new Float64Array(batch);

  constructor({ parents, factors, weights, centres, spreads }: Polynomial) {
    this.parents = Int32Array.from(parents);
    this.factors = Int32Array.from(factors);
    this.weights = Float64Array.from(weights);
    this.centres = Float64Array.from(centres);
    this.slopes = Float64Array.from(spreads, (spread) => 1 / spread);
    this.z = centres.map(() => new Float64Array(batch));
    this.features = weights.map(() => new Float64Array(batch));
    this.features[0]?.fill(1);
  }

  score(X: Matrix, into: Float64Array): void {
    const { parents, factors, weights, z, features, sums } = this;
    for (let from = 0; from < X.rows; from += batch) {
      const rows = min(batch, X.rows - from);
      this.standardise(X, from, rows);
      sums.fill(weights[0]!);
      for (let t = 1; t < weights.length; t++)
        addTerm(features[parents[t]!]!, z[factors[t]!]!, weights[t]!, features[t]!, sums);
      for (let i = 0; i < rows; i++) into[from + i] = sums[i]!;
    }
  }

  private standardise(X: Matrix, from: number, rows: number): void {
    for (let j = 0; j < X.cols; j++) {
      const [column, centre, slope] = [this.z[j]!, this.centres[j]!, this.slopes[j]!];
      for (let i = 0, at = from * X.cols + j; i < rows; i++, at += X.cols)
        column[i] = (X.data[at]! - centre) * slope;
    }
  }
}

/** feature = parent·z, sums += weight·feature, over a whole batch: rows beyond the last are not read by anyone. */
function addTerm(
  parent: Float64Array,
  z: Float64Array,
  weight: number,
  feature: Float64Array,
  sums: Float64Array,
): void {
  for (let i = 0; i < batch; i++) {
    const value = parent[i]! * z[i]!;
    feature[i] = value;
    sums[i]! += weight * value;
  }
}
