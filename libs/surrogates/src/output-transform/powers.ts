/**
 * Transforms that make a skewed response more normal. With p(x; λ) = (x^λ − 1)/λ, ln x at λ = 0, which is x − 1 at λ = 1:
 *   log          z = ln y
 *   Box–Cox      z = p(y/g; λ), g the geometric mean of y
 *   Yeo–Johnson  z = p(1 + t; λ) for t ≥ 0 and −p(1 − t; 2 − λ) for t < 0, t the standardised response
 * The units g and t make λ independent of the units of y. λ is where the likelihood of a normal z is largest,
 *   −½·n·ln Var z + Σ ln dz/dy,
 * within 0 … 2: outside, the way back ends at a finite z, and a normal z has no mean on it.
 */
import { exp, expm1, goldenSection, InvalidArgumentError, log, log1p } from '@ionloop/linalg';
import { standardisation, type Standardisation } from '../data.js';
import { numberFrom } from '../json.js';
import type { OutputTransform, TransformKind } from './transform.js';

const { min } = Math;

const [leastPower, largestPower] = [0, 2];
/** Fewer rows say nothing of a shape: λ is 1. */
const fewestRows = 5;
/** e³⁰⁰ has a square that is finite. */
const largestExponent = 300;

function raised(x: number, power: number): number {
  if (power === 1) return x - 1;
  return power === 0 ? log(x) : expm1(power * log(x)) / power;
}

/** x with p(x; λ) = z, or 0 where z lies below all of them. */
function lowered(z: number, power: number): number {
  if (power === 0) return exp(min(z, largestExponent));
  if (power * z <= -1) return 0;
  return power === 1 ? 1 + z : exp(min(log1p(power * z) / power, largestExponent));
}

/** dp/dx = x^(λ − 1) */
function raisedSlope(x: number, power: number): number {
  return power === 1 ? 1 : exp((power - 1) * log(x));
}

export const logarithm: TransformKind = {
  learn(y) {
    requirePositive(y, 'log');
    return naturalLogarithm;
  },
  read: () => naturalLogarithm,
};

const naturalLogarithm: OutputTransform = {
  name: 'log',
  shape: 'exponential',
  forward: log,
  inverse: exp,
  slope: (y) => 1 / y,
  parameters: () => ({}),
};

export const boxCox: TransformKind = {
  learn(y) {
    requirePositive(y, 'boxCox');
    const unit = exp(y.reduce((sum, value) => sum + log(value), 0) / y.length);
    return withBestPower(y, (power) => boxCoxWith(unit, power));
  },
  read: (name, { unit, power }) =>
    boxCoxWith(numberFrom(`${name}.unit`, unit), numberFrom(`${name}.power`, power)),
};

function boxCoxWith(unit: number, power: number): OutputTransform {
  return {
    name: 'boxCox',
    shape: 'other',
    forward: (y) => raised(y / unit, power),
    inverse: (z) => unit * lowered(z, power),
    slope: (y) => raisedSlope(y / unit, power) / unit,
    parameters: () => ({ unit, power }),
  };
}

export const yeoJohnson: TransformKind = {
  learn(y) {
    const units = standardisation(y);
    return withBestPower(y, (power) => yeoJohnsonWith(units, power));
  },
  read: (name, { centre, spread, power }) =>
    yeoJohnsonWith(
      { centre: numberFrom(`${name}.centre`, centre), spread: numberFrom(`${name}.spread`, spread) },
      numberFrom(`${name}.power`, power),
    ),
};

function yeoJohnsonWith({ centre, spread }: Standardisation, power: number): OutputTransform {
  const standard = (y: number) => (y - centre) / spread;
  return {
    name: 'yeoJohnson',
    shape: 'other',
    forward(y) {
      const t = standard(y);
      return t >= 0 ? raised(1 + t, power) : -raised(1 - t, 2 - power);
    },
    inverse: (z) => centre + spread * (z >= 0 ? lowered(z, power) - 1 : 1 - lowered(-z, 2 - power)),
    slope(y) {
      const t = standard(y);
      return (t >= 0 ? raisedSlope(1 + t, power) : raisedSlope(1 - t, 2 - power)) / spread;
    },
    parameters: () => ({ centre: centre + 0, spread, power }),
  };
}

function withBestPower(y: Float64Array, transform: (power: number) => OutputTransform): OutputTransform {
  if (y.length < fewestRows || y.every((value) => value === y[0])) return transform(1);
  const minusLogLikelihood = (power: number) => {
    const { forward, slope } = transform(power);
    const z = y.map(forward);
    const centre = z.reduce((sum, value) => sum + value, 0) / z.length;
    const variance = z.reduce((sum, value) => sum + (value - centre) * (value - centre), 0) / z.length;
    const slopes = y.reduce((sum, value) => sum + log(slope(value)), 0);
    return 0.5 * z.length * log(variance) - slopes;
  };
  const { x } = goldenSection({
    objective: minusLogLikelihood,
    lower: leastPower,
    upper: largestPower,
    tolerance: 1e-6,
  });
  return transform(x);
}

/** What a response that must be above 0 says where it is not, in training and later. */
function requirePositive(y: Float64Array, name: string): void {
  const at = y.findIndex((value) => !(value > 0));
  if (at >= 0)
    throw new InvalidArgumentError('data.y', `must be above 0 for '${name}'; element ${at} is ${y[at]!}`);
}
