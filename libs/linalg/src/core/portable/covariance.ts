/** The twin of assembly/covariance.ts: where that one sums in two lanes, this one sums even and odd places apart. */
import { exp } from '../../special/exp.js';
import { log } from '../../special/log.js';
import { measureOf, type Measure, type PartKind } from '../core.js';

const { max, sqrt } = Math;
const root3 = 1.7320508075688772;
const root5 = 2.23606797749979;

/** eˣ as the fast core has it: from −708 down it stays what it is there. */
function expNear(x: number): number {
  return exp(max(-708, x));
}

function share(measure: Exclude<Measure, 'table'>, u: number, v: number, weight: number): number {
  switch (measure) {
    case 'squares':
      return (u - v) * (u - v);
    case 'mismatch':
      return u !== v ? weight : 0;
    case 'products':
      return u * v;
  }
}

export interface Shared {
  readonly kind: PartKind;
  readonly columns: number;
  readonly sources: number;
}

/** s between row i of x (by columns, n long) and row j of z (`length` long). */
function between(
  { kind, columns, sources }: Shared,
  weights: Float64Array,
  x: Float64Array,
  n: number,
  i: number,
  z: Float64Array,
  length: number,
  j: number,
): number {
  const measure = measureOf(kind);
  if (measure === 'table') return weights[x[i]! * sources + z[j]!]!;
  let s = 0;
  for (let q = 0; q < columns; q++) s += share(measure, x[q * n + i]!, z[q * length + j]!, weights[q]!);
  return s;
}

export interface Shape {
  readonly kind: PartKind;
  readonly amplitude: number;
  readonly alpha: number;
}

/** V, E and ∂V/∂ln α of s, in `into`. */
function shapeOne({ kind, amplitude, alpha }: Shape, s: number, into: Float64Array): void {
  switch (kind) {
    case 'matern52': {
      const r = sqrt(s) * root5;
      const e = expNear(-r) * amplitude;
      const p = (r + 1) * e;
      into[0] = p + s * (5 / 3) * e;
      into[1] = p * (5 / 3);
      return;
    }
    case 'matern32': {
      const r = sqrt(s) * root3;
      const e = expNear(-r) * amplitude;
      into[0] = (r + 1) * e;
      into[1] = e * 3;
      return;
    }
    case 'matern12': {
      const r = sqrt(s);
      const e = expNear(-r) * amplitude;
      into[0] = e;
      into[1] = r > 0 ? e / r : 0;
      return;
    }
    case 'rbf': {
      const e = expNear(s * -0.5) * amplitude;
      into[0] = e;
      into[1] = e;
      return;
    }
    case 'hamming': {
      const e = expNear(-s) * amplitude;
      into[0] = e;
      into[1] = e;
      return;
    }
    case 'rationalQuadratic': {
      const z = s * (0.5 / alpha);
      const base = 1 + z;
      const logBase = log(base);
      const e = expNear(-(alpha * logBase)) * amplitude;
      into[0] = e;
      into[1] = e / base;
      into[2] = e * ((alpha * z) / base + -(alpha * logBase));
      return;
    }
    case 'linear':
      into[0] = s * amplitude;
      into[1] = -2 * amplitude;
      return;
    case 'coregion':
      into[0] = s * amplitude;
      into[1] = amplitude;
      return;
  }
}

export function covarianceWithin(
  part: Shape & Shared,
  weights: Float64Array,
  x: Float64Array,
  n: number,
  real: number,
  values: Float64Array,
  slopes: Float64Array | null,
  shapeSlopes: Float64Array | null,
): void {
  const answer = new Float64Array(3);
  for (let i = 0; i < real; i++)
    for (let j = 0; j < ((i >> 2) + 1) * 4; j++) {
      shapeOne(part, between(part, weights, x, n, i, x, n, j), answer);
      values[i * n + j] = answer[0]!;
      if (slopes) slopes[i * n + j] = answer[1]!;
      if (shapeSlopes) shapeSlopes[i * n + j] = answer[2]!;
    }
}

export function finishCovariance(K: Float64Array, n: number, real: number, diagonal: Float64Array): void {
  for (let i = 0; i < real; i++) K[i * n + i] = K[i * n + i]! + diagonal[i]!;
  for (let i = real; i < n; i++) {
    K.fill(0, i * n, (i + 1) * n);
    K[i * n + i] = 1;
  }
}

export function covarianceStrips(
  part: Shape & Shared,
  weights: Float64Array,
  x: Float64Array,
  n: number,
  real: number,
  z: Float64Array,
  length: number,
  V: Float64Array,
  slopes: Float64Array | null,
  shapeSlopes: Float64Array | null,
  count: number,
): void {
  const answer = new Float64Array(3);
  for (let c = 0; c < count; c++) {
    const strip = c * 4 * n;
    for (let i = 0; i < real; i++)
      for (let k = 0; k < 4; k++) {
        shapeOne(part, between(part, weights, x, n, i, z, length, 4 * c + k), answer);
        const at = strip + 4 * i + k;
        V[at] = answer[0]!;
        if (slopes) slopes[at] = answer[1]!;
        if (shapeSlopes) shapeSlopes[at] = answer[2]!;
      }
    V.fill(0, strip + 4 * real, strip + 4 * n);
  }
}

export function weighStrips(
  V: Float64Array,
  n: number,
  count: number,
  weights: Float64Array,
  out: Float64Array,
): void {
  for (let c = 0; c < count; c++)
    for (let k = 0; k < 4; k++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += weights[i]! * V[c * 4 * n + 4 * i + k]!;
      out[4 * c + k] = sum;
    }
}

export function likelihoodWeights(alpha: Float64Array, W: Float64Array, n: number, real: number): void {
  for (let i = 0; i < real; i++) {
    for (let j = 0; j <= i; j++) W[i * n + j] = alpha[i]! * alpha[j]! + W[i * n + j]!;
    W[i * n + i] = 0.5 * W[i * n + i]!;
    if ((i & 1) === 0) W[i * n + i + 1] = 0;
  }
}

export function contract(
  { kind, columns, sources }: Shared,
  weights: Float64Array,
  x: Float64Array,
  n: number,
  real: number,
  W: Float64Array,
  E: Float64Array,
  out: Float64Array,
): void {
  const measure = measureOf(kind);
  if (measure === 'table') {
    out.fill(0, 0, sources * sources);
    for (let i = 0; i < real; i++)
      for (let j = 0; j <= i; j++) addTo(out, x[i]! * sources + x[j]!, W[i * n + j]! * E[i * n + j]!);
    return;
  }
  for (let q = 0; q < columns; q++) {
    let even = 0;
    let odd = 0;
    for (let i = 0; i < real; i++) {
      const u = x[q * n + i]!;
      for (let j = 0; j <= i; j += 2) {
        const at = i * n + j;
        even += W[at]! * E[at]! * share(measure, u, x[q * n + j]!, weights[q]!);
        odd += W[at + 1]! * E[at + 1]! * share(measure, u, x[q * n + j + 1]!, weights[q]!);
      }
    }
    out[q] = even + odd;
  }
}

function addTo(out: Float64Array, at: number, value: number): void {
  out[at] = out[at]! + value;
}

export function contractStrips(
  { kind, columns, sources }: Shared,
  weights: Float64Array,
  x: Float64Array,
  n: number,
  real: number,
  z: Float64Array,
  length: number,
  W: Float64Array,
  E: Float64Array,
  count: number,
  out: Float64Array,
): void {
  const measure = measureOf(kind);
  if (measure === 'table') {
    out.fill(0, 0, sources * sources);
    for (let c = 0; c < count; c++)
      for (let at = 4 * n * c, i = 0; i < real; i++)
        for (let k = 0; k < 4; k++, at++) addTo(out, x[i]! * sources + z[4 * c + k]!, W[at]! * E[at]!);
    return;
  }
  const sums = new Float64Array(4);
  for (let q = 0; q < columns; q++) {
    sums.fill(0);
    for (let c = 0; c < count; c++)
      for (let at = 4 * n * c, i = 0; i < real; i++)
        for (let k = 0; k < 4; k++, at++)
          addTo(
            sums,
            k,
            W[at]! * E[at]! * share(measure, x[q * n + i]!, z[q * length + 4 * c + k]!, weights[q]!),
          );
    out[q] = sums[0]! + sums[1]! + (sums[2]! + sums[3]!);
  }
}

export function dotEach(a: Float64Array, b: Float64Array, count: number): number {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < count; i += 2) {
    even += a[i]! * b[i]!;
    odd += a[i + 1]! * b[i + 1]!;
  }
  return even + odd;
}

export function dotLower(A: Float64Array, B: Float64Array, n: number, real: number): number {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < real; i++)
    for (let at = i * n; at <= i * n + i; at += 2) {
      even += A[at]! * B[at]!;
      odd += A[at + 1]! * B[at + 1]!;
    }
  return even + odd;
}
