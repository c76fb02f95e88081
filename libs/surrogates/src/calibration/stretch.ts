/**
 * How predicted standard deviations are mended: a monotone map h of standard normal numbers, so that a prediction N(m, s²) becomes the distribution of m + s·h(t),
 * t ~ N(0, 1). A scale, learned from CRPS or from coverage, is h(t) = a·t. An isotonic one is a rising line through knots: it maps predicted to observed probabilities, Φ(t) to Φ(h(t)).
 */
import { exp, log, normCdf, normPdf, normQuantile } from '@ionloop/linalg';
import type { Json, LeftOut } from '../contract.js';
import { fieldsFrom, numbersFrom } from '../json.js';

const { abs, max, min, sqrt } = Math;
const inverseRootPi = 0.5641895835477563;

export const recalibrations = ['scale', 'coverage', 'isotonic'] as const;
export type Recalibration = (typeof recalibrations)[number];

/** Rising knots h(at) = to, straight between them and beyond them as in the last piece. */
export interface Stretch {
  /** (k), k ≥ 2, rising */
  readonly at: Float64Array;
  /** (k), rising */
  readonly to: Float64Array;
}

export function scaleStretch(factor: number): Stretch {
  return { at: Float64Array.of(-1, 1), to: Float64Array.of(-factor, factor) };
}

/** (n) What was off, in predicted standard deviations. */
function standardErrors({ mean, variance, actual }: LeftOut): Float64Array {
  const size = actual.reduce((most, value) => max(most, abs(value)), 0) || 1;
  return Float64Array.from(
    actual,
    (value, i) => (value - mean[i]!) / sqrt(max(variance[i]!, 1e-18 * size * size)),
  );
}

/** Rows of doubt: as if so many more had been met as predicted, so that a few rows change little. */
const doubt = 5;
const widest = log(30);

/** The factor on all standard deviations under which the left-out CRPS is least: the likelihood would follow a few outliers. */
export function learnScale(leftOut: LeftOut): Stretch {
  const { mean, variance, actual } = leftOut;
  const n = actual.length;
  if (n === 0 || actual.every((value, i) => value === mean[i])) return scaleStretch(1);
  const z = standardErrors(leftOut);
  const sd = variance.map((value) => sqrt(value));
  const usual = sd.reduce((sum, value) => sum + value, 0) / n || 1;
  const weights = sd.map((value) => max(value / usual, 1e-6));
  const loss = (logFactor: number): number => {
    const factor = exp(logFactor);
    return z.reduce((sum, value, i) => sum + weights[i]! * factor * crpsOfStandard(value / factor), 0);
  };
  const found = goldenSection(loss, -widest, widest);
  return scaleStretch(exp((found * n) / (n + doubt)));
}

// Half-widths of the normal's central 80 and 95 %. A factor changes the first share twice as fast as the second: so weighed, both miss by as much.
const wanted = [
  { share: 0.8, half: 1.2815515655446004, weight: 2 / 3 },
  { share: 0.95, half: 1.959963984540054, weight: 1 / 3 },
];

/** The factor between those under which the central 80 and 95 % would hold as many left-out values as they should: errors of heavy tails get some of both. */
function learnCoverage(leftOut: LeftOut): Stretch {
  const { mean, actual } = leftOut;
  const n = actual.length;
  if (n === 0 || actual.every((value, i) => value === mean[i])) return scaleStretch(1);
  const sizes = standardErrors(leftOut).map(abs).sort();
  const found = wanted.reduce((sum, { share, half, weight }) => {
    const ratio = sizes[min(n - 1, (share * (n + 1)) | 0)]! / half;
    return sum + weight * min(max(log(max(ratio, 1e-9)), -widest), widest);
  }, 0);
  return scaleStretch(exp((found * n) / (n + doubt)));
}

export function learnStretch(how: Recalibration, leftOut: LeftOut): Stretch {
  switch (how) {
    case 'scale':
      return learnScale(leftOut);
    case 'coverage':
      return learnCoverage(leftOut);
    case 'isotonic':
      return learnIsotonic(leftOut);
  }
}

/** The continuous ranked probability score of N(0, 1) where z happened. */
function crpsOfStandard(z: number): number {
  return z * (2 * normCdf(z) - 1) + 2 * normPdf(z) - inverseRootPi;
}

function goldenSection(loss: (at: number) => number, from: number, to: number): number {
  const ratio = 0.6180339887498949;
  let [low, high] = [from, to];
  let [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [lossA, lossB] = [loss(a), loss(b)];
  for (let step = 0; step < 60; step++) {
    if (lossA <= lossB) {
      [high, b, lossB] = [b, a, lossA];
      a = high - ratio * (high - low);
      lossA = loss(a);
    } else {
      [low, a, lossA] = [a, b, lossB];
      b = low + ratio * (high - low);
      lossB = loss(b);
    }
  }
  return (low + high) / 2;
}

const mostKnots = 15;
const rowsPerKnot = 8;
const leastSlope = 0.02;

/** Observed against predicted probabilities: errors in order, in bins of equal numbers, pooled until they rise enough. Few rows leave it at a scale. */
export function learnIsotonic(leftOut: LeftOut): Stretch {
  const n = leftOut.actual.length;
  const scale = learnScale(leftOut);
  const knots = min(mostKnots, (n / rowsPerKnot) | 0);
  if (knots < 3) return scale;
  const z = standardErrors(leftOut).sort();
  const factor = scale.to[1]!;
  const pieces = Array.from({ length: knots }, (_, k): Pool => {
    const share = (k + 0.5) / knots;
    const at = normQuantile(share);
    // The observed quantile, held back towards the scale by a row of doubt for each knot.
    const observed = quantileOf(z, share);
    return { rows: 1, at, to: (n * observed + knots * factor * at) / (n + knots) };
  });
  const pooled = pool(pieces);
  if (pooled.length < 2) return scale;
  return { at: Float64Array.from(pooled, ({ at }) => at), to: Float64Array.from(pooled, ({ to }) => to) };
}

function quantileOf(sorted: Float64Array, share: number): number {
  const place = min(max(share * sorted.length - 0.5, 0), sorted.length - 1);
  const below = place | 0;
  const above = min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (place - below);
}

interface Pool {
  readonly rows: number;
  readonly at: number;
  readonly to: number;
}

/** Adjacent violators become one: neighbours between which the line would not rise. */
function pool(pieces: readonly Pool[]): readonly Pool[] {
  const done: Pool[] = [];
  for (const piece of pieces) {
    let last = piece;
    for (
      let before = done.at(-1);
      before && last.to - before.to < leastSlope * (last.at - before.at);
      before = done.at(-1)
    ) {
      const rows = before.rows + last.rows;
      const mean = (a: number, b: number) => (before.rows * a + last.rows * b) / rows;
      last = { rows, at: mean(before.at, last.at), to: mean(before.to, last.to) };
      done.pop();
    }
    done.push(last);
  }
  return done;
}

/** h(t) */
export function stretched({ at, to }: Stretch, t: number): number {
  const k = pieceOf(at, t);
  return to[k]! + (t - at[k]!) * slopeOf(at, to, k);
}

/** t with h(t) = z, and the slope of h there. */
export function unstretched({ at, to }: Stretch, z: number): { readonly t: number; readonly slope: number } {
  const k = pieceOf(to, z);
  const slope = slopeOf(at, to, k);
  return { t: at[k]! + (z - to[k]!) / slope, slope };
}

function slopeOf(at: Float64Array, to: Float64Array, k: number): number {
  return (to[k + 1]! - to[k]!) / (at[k + 1]! - at[k]!);
}

function pieceOf(knots: Float64Array, value: number): number {
  let k = 0;
  while (k < knots.length - 2 && value > knots[k + 1]!) k++;
  return k;
}

/** Mean and variance of h(t) for t ~ N(0, 1), piece by piece in closed form. */
export function momentsOf({ at, to }: Stretch): { readonly mean: number; readonly variance: number } {
  let mean = 0;
  let square = 0;
  const last = at.length - 2;
  for (let k = 0; k <= last; k++) {
    const from = k === 0 ? -Infinity : at[k]!;
    const until = k === last ? Infinity : at[k + 1]!;
    const slope = slopeOf(at, to, k);
    const base = to[k]! - slope * at[k]!;
    // Moments of the standard normal between `from` and `until`: mass, first, second.
    const mass = normCdf(until) - normCdf(from);
    const first = density(from) - density(until);
    const second = mass + edge(from) - edge(until);
    mean += base * mass + slope * first;
    square += base * base * mass + 2 * base * slope * first + slope * slope * second;
  }
  return { mean, variance: max(square - mean * mean, 0) };
}

const density = (t: number): number => (abs(t) === Infinity ? 0 : normPdf(t));
const edge = (t: number): number => (abs(t) === Infinity ? 0 : t * normPdf(t));

export function stretchToJson({ at, to }: Stretch): Json {
  return { at: Array.from(at), to: Array.from(to) };
}

export function stretchFrom(name: string, json: Json | undefined): Stretch {
  const { at, to } = fieldsFrom(name, json);
  return { at: numbersFrom(`${name}.at`, at), to: numbersFrom(`${name}.to`, to) };
}
