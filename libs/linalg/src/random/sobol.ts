import { requireCount } from '../dense/checks.js';
import { matrix, type Matrix } from '../dense/matrix.js';
import { InvalidArgumentError } from '../errors.js';
import { Philox } from './philox.js';
import { directionNumbers, largestSobolDimension } from './sobol-directions.js';

const { clz32, imul } = Math;

const bits = 32;

/** The 32 direction integers of one dimension, counted from 1, most significant bit first. */
function directions(dimension: number): Uint32Array {
  const v = new Uint32Array(bits);
  if (dimension === 1) {
    for (let i = 0; i < bits; i++) v[i] = 1 << (bits - 1 - i);
    return v;
  }
  const { a, m } = directionNumbers(dimension);
  const s = m.length;
  for (let i = 0; i < bits; i++) {
    if (i < s) {
      v[i] = m[i]! << (bits - 1 - i);
      continue;
    }
    let value = v[i - s]! ^ (v[i - s]! >>> s);
    for (let k = 1; k < s; k++) if ((a >>> (s - 1 - k)) & 1) value ^= v[i - k]!;
    v[i] = value;
  }
  return v;
}

function reverseBits(x: number): number {
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return ((x >>> 16) | (x << 16)) >>> 0;
}

/**
 * Owen's nested scrambling of the 32 digits by a hash in which a digit is flipped depending only on the more significant ones
 * (Laine and Karras 2011, with the bits reversed as in Burley 2020).
 */
function owenScramble(x: number, seed: number): number {
  let y = reverseBits(x);
  y = (y ^ imul(y, 0x3d20adea)) >>> 0;
  y = (y + seed) >>> 0;
  y = imul(y, (seed >>> 16) | 1) >>> 0;
  y = (y ^ imul(y, 0x05526c56)) >>> 0;
  y = (y ^ imul(y, 0x53a22864)) >>> 0;
  return reverseBits(y);
}

/**
 * The first `count` points of Sobol's sequence in [0, 1)^dimension, (count, dimension): by Joe and Kuo's direction numbers, in Gray-code
 * order from the origin. With a seed, each dimension is Owen-scrambled by it: still a net, no longer the same points.
 */
export function sobol(
  dimension: number,
  count: number,
  options: { seed?: bigint | number | string } = {},
): Matrix {
  requireCount('dimension', dimension, 1);
  if (dimension > largestSobolDimension)
    throw new InvalidArgumentError('dimension', `must be at most ${largestSobolDimension}, not ${dimension}`);
  requireCount('count', count);
  if (count > 4294967296) throw new InvalidArgumentError('count', `must be at most 2³², not ${count}`);
  const rng = options.seed === undefined ? undefined : Philox.fromSeed(options.seed).split('sobol');
  const points = matrix(count, dimension);
  for (let j = 0; j < dimension; j++) {
    const v = directions(j + 1);
    const seed = rng?.integer(4294967296);
    let x = 0;
    for (let i = 0; i < count; i++) {
      if (i > 0) x = (x ^ v[trailingZeros(i)]!) >>> 0;
      points.data[i * dimension + j] = (seed === undefined ? x : owenScramble(x, seed)) / 4294967296;
    }
  }
  return points;
}

/** How many zeros end the binary form of i ≥ 1. */
function trailingZeros(i: number): number {
  return 31 - clz32(i & -i);
}
