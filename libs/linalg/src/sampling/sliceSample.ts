import { InvalidArgumentError } from '../errors.js';
import { requireCount, requireLength } from '../dense/checks.js';
import { matrix, type Matrix } from '../dense/matrix.js';
import type { Philox } from '../random/philox.js';
import { checkedDensity, checkedStart, requireStartDensity, runChain, type ChainOptions } from './density.js';

const { floor, sqrt } = Math;

export interface SliceOptions extends ChainOptions {
  /** About how wide the distribution is, in each coordinate or in all; 1 where it is left out. It costs evaluations where it is wrong. */
  readonly width?: number | ArrayLike<number>;
  /** The interval grows to at most this many widths; 64 where it is left out. */
  readonly maxSteps?: number;
  /** One coordinate after the other, or along random lines, which suits correlated ones; 'coordinates' where it is left out. */
  readonly along?: 'coordinates' | 'lines';
}

export interface SliceDraws {
  /** (draws, d) */
  readonly draws: Matrix;
  readonly logDensities: Float64Array;
  readonly evaluations: number;
}

/**
 * Draws from a density known up to a factor by slice sampling, stepping out and shrinking (Neal 2003): −∞ is outside the support. A move
 * updates every coordinate once, or goes along d random lines.
 */
export function sliceSample(
  logDensity: (x: Float64Array) => number,
  start: ArrayLike<number>,
  options: SliceOptions,
  rng: Philox,
): SliceDraws {
  const { maxSteps = 64, along = 'coordinates' } = options;
  const x = checkedStart(start);
  const d = x.length;
  const widths = checkedWidths(options.width ?? 1, d);
  requireCount('maxSteps', maxSteps, 1);

  const density = checkedDensity('logDensity', logDensity);
  let evaluations = 1;
  let here = density(x);
  requireStartDensity('logDensity', here);

  const direction = new Float64Array(d);
  const trial = new Float64Array(d);
  const at = (t: number): number => {
    evaluations += 1;
    for (let i = 0; i < d; i++) trial[i] = x[i]! + t * direction[i]!;
    return density(trial.slice());
  };
  const draws = matrix(options.draws, d);
  const logDensities = new Float64Array(options.draws);
  const move = () => {
    for (let j = 0; j < d; j++) {
      if (along === 'lines') randomDirection(direction, widths, rng);
      else direction.fill(0)[j] = widths[j]!;
      here = moveAlong(at, here, maxSteps, rng);
      x.set(trial);
    }
  };
  runChain(options, move, (draw) => {
    draws.data.set(x, draw * d);
    logDensities[draw] = here;
  });
  return { draws, logDensities, evaluations };
}

/** One update along a line on which the distribution is about one unit wide: the last point asked for is the new one. */
function moveAlong(at: (t: number) => number, here: number, maxSteps: number, rng: Philox): number {
  const level = here - rng.exponential();
  let left = -rng.uniform();
  let right = left + 1;
  let leftSteps = floor(maxSteps * rng.uniform());
  let rightSteps = maxSteps - 1 - leftSteps;
  for (; leftSteps > 0 && at(left) > level; leftSteps--) left -= 1;
  for (; rightSteps > 0 && at(right) > level; rightSteps--) right += 1;
  for (;;) {
    const t = left + rng.uniform() * (right - left);
    const there = at(t);
    // At t = 0 the point itself has come back: the interval has shrunk to nothing.
    if (there > level || t === 0) return there;
    if (t < 0) left = t;
    else right = t;
  }
}

function randomDirection(into: Float64Array, widths: Float64Array, rng: Philox): void {
  let square = 0;
  for (let i = 0; i < into.length; i++) {
    into[i] = rng.normal();
    square += into[i]! * into[i]!;
  }
  for (let i = 0; i < into.length; i++) into[i]! *= widths[i]! / sqrt(square);
}

function checkedWidths(width: number | ArrayLike<number>, d: number): Float64Array {
  const widths = typeof width === 'number' ? new Float64Array(d).fill(width) : Float64Array.from(width);
  requireLength('width', widths, d);
  for (const value of widths)
    if (!(value > 0 && value < Infinity))
      throw new InvalidArgumentError('width', `must be positive and finite, not ${value}`);
  return widths;
}
