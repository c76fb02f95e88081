import { InvalidArgumentError } from '../errors.js';
import { requireCount } from '../dense/checks.js';
import { exp } from '../special/exp.js';
import { log } from '../special/log.js';
import { normQuantile } from '../special/normal.js';

const { floor, imul, sqrt } = Math;

type Words4 = [number, number, number, number];

/** The high 32 bits of the product of two 32-bit words taken as unsigned, by halves so that every step is exact. */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = a1 * b0 + (imul(a0, b0) >>> 16);
  const middle2 = a0 * b1 + (middle & 0xffff);
  return imul(a1, b1) + floor(middle / 65536) + floor(middle2 / 65536);
}

/** Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011): four random words from a counter of four and a key of two. */
export function philox4x32(counter: Readonly<Words4>, key: readonly [number, number]): Words4 {
  const words = new Uint32Array(4);
  generate(words, counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
  return [words[0]!, words[1]!, words[2]!, words[3]!];
}

function generate(
  into: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): void {
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  into[0] = c0;
  into[1] = c1;
  into[2] = c2;
  into[3] = c3;
}

/**
 * A seeded stream of random numbers. The key names the stream and a counter the place in it, so that `split` gives streams that do
 * not depend on how much has been drawn: parallel work draws what sequential work draws.
 */
export class Philox {
  readonly #key: readonly [number, number];
  #block = 0;
  readonly #words = new Uint32Array(4);
  #left = 0;

  private constructor(key: readonly [number, number]) {
    this.#key = key;
  }

  /** A whole number from 0 to 2⁶⁴ − 1 is the key itself; a string is hashed, so '7' and 7 are different seeds. */
  static fromSeed(seed: bigint | number | string): Philox {
    if (typeof seed === 'string') return new Philox([0, 0]).split(seed);
    if (typeof seed === 'number' && !Number.isSafeInteger(seed))
      throw new InvalidArgumentError(
        'seed',
        `must be a whole number below 2⁵³, a bigint or a string, not ${seed}`,
      );
    const value = BigInt(seed);
    if (value < 0n || value >= 1n << 64n)
      throw new InvalidArgumentError('seed', `must lie in 0 … 2⁶⁴ − 1, not ${value.toString()}`);
    return new Philox([Number(value & 0xffffffffn), Number(value >> 32n)]);
  }

  /** The stream that `label` names beneath this one: the same whatever has been drawn, and independent of it. */
  split(label: string): Philox {
    // Philox as a keyed hash over UTF-16 code units, two a word; the last word of the first counter keeps clear of drawing.
    let state: Words4 = [label.length, 0x6c616265, 0x6c, 0x80000000];
    for (let at = 0; at === 0 || at < label.length; at += 8) {
      const unit = (i: number) => (at + i < label.length ? label.charCodeAt(at + i) : 0);
      const word = (i: number) => ((unit(2 * i) << 16) | unit(2 * i + 1)) >>> 0;
      state = [
        (state[0] ^ word(0)) >>> 0,
        (state[1] ^ word(1)) >>> 0,
        (state[2] ^ word(2)) >>> 0,
        (state[3] ^ word(3)) >>> 0,
      ];
      state = philox4x32(state, this.#key);
    }
    return new Philox([state[0], state[1]]);
  }

  #word(): number {
    if (this.#left === 0) {
      const block = this.#block;
      generate(this.#words, block, floor(block / 4294967296), 0, 0, this.#key[0], this.#key[1]);
      this.#block += 1;
      this.#left = 4;
    }
    this.#left -= 1;
    return this.#words[3 - this.#left]!;
  }

  /** Uniform on [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number {
    const high = this.#word() >>> 5;
    const low = this.#word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** Uniform on (0, 1), an odd multiple of 2⁻⁵³. */
  #inside(): number {
    const high = this.#word() >>> 6;
    const low = this.#word() >>> 6;
    return (high * 67108864 + low + 0.5) / 4503599627370496;
  }

  /** Standard normal, by inversion: one uniform a draw, never infinite. */
  normal(): number {
    return normQuantile(this.#inside());
  }

  /** The next n standard normals. */
  normals(n: number): Float64Array<ArrayBuffer> {
    requireCount('n', n);
    const values = new Float64Array(n);
    for (let i = 0; i < n; i++) values[i] = this.normal();
    return values;
  }

  /** Exponential with mean 1: one uniform a draw, at most 36.8. */
  exponential(): number {
    return -log(this.#inside());
  }

  /** Gamma with mean shape·scale; it may underflow to 0 where the shape is below about 0.05. */
  gamma(shape: number, scale = 1): number {
    requirePositive('shape', shape);
    requirePositive('scale', scale);
    if (shape >= 1) return scale * this.#gammaFromOne(shape);
    return scale * this.#gammaFromOne(shape + 1) * exp(-this.exponential() / shape);
  }

  /** Beta on [0, 1] with mean a/(a + b). */
  beta(a: number, b: number): number {
    requirePositive('a', a);
    requirePositive('b', b);
    // X/(X + Y) for gammas X and Y, by their logarithms: both may be too small for a double.
    const logX = this.#logGamma(a);
    return 1 / (1 + exp(this.#logGamma(b) - logX));
  }

  /** Student's t with as many degrees of freedom, which need not be whole. */
  studentT(degrees: number): number {
    requirePositive('degrees', degrees);
    const z = this.normal();
    return z === 0 ? 0 : z * exp(0.5 * (log(degrees / 2) - this.#logGamma(degrees / 2)));
  }

  #logGamma(shape: number): number {
    if (shape >= 1) return log(this.#gammaFromOne(shape));
    return log(this.#gammaFromOne(shape + 1)) - this.exponential() / shape;
  }

  /** Gamma of shape ≥ 1 and scale 1, by rejection from a cubed normal (Marsaglia and Tsang 2000). */
  #gammaFromOne(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      if (-this.exponential() < 0.5 * x * x + d * (1 - v + log(v))) return d * v;
    }
  }

  /** Uniform on 0 … n − 1, without bias, for 1 ≤ n ≤ 2³². */
  integer(n: number): number {
    requireCount('n', n, 1);
    if (n > 4294967296) throw new InvalidArgumentError('n', `must be at most 2³², not ${n}`);
    const usable = 4294967296 - (4294967296 % n);
    let word = this.#word();
    while (word >= usable) word = this.#word();
    return word % n;
  }

  /** 0 … n − 1 in random order. */
  permutation(n: number): number[] {
    requireCount('n', n);
    return this.shuffle(Array.from({ length: n }, (_, i) => i));
  }

  /** Brings the elements of an array into random order, in place (Fisher and Yates), and returns it. */
  shuffle<Values extends unknown[] | Float64Array | Int32Array | Uint32Array>(values: Values): Values {
    for (let i = 0; i < values.length; i++) {
      const j = i + this.integer(values.length - i);
      const kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
    return values;
  }

  /** k different numbers of 0 … n − 1, in random order. */
  choose(n: number, k: number): number[] {
    requireCount('n', n);
    requireCount('k', k);
    if (k > n) throw new InvalidArgumentError('k', `must be at most n = ${n}, not ${k}`);
    // Fisher and Yates, where only the places that have been swapped are written down.
    const moved = new Map<number, number>();
    const chosen: number[] = [];
    for (let i = 0; i < k; i++) {
      const j = i + this.integer(n - i);
      chosen.push(moved.get(j) ?? j);
      moved.set(j, moved.get(i) ?? i);
    }
    return chosen;
  }

  /**
   * k different numbers of 0 … n − 1, n the count of weights: each draw takes one of those left with a probability in
   * proportion to its weight. A weight of 0 is never drawn.
   */
  chooseWeighted(weights: ArrayLike<number>, k: number): number[] {
    requireCount('k', k);
    const largest = requireWeights(weights);
    // The k that arrive first when i arrives after an exponential time of rate wᵢ (Efraimidis and Spirakis 2006).
    const arrivals: { index: number; time: number }[] = [];
    for (let index = 0; index < weights.length; index++) {
      const time = this.exponential() / (weights[index]! / largest);
      if (weights[index]! > 0) arrivals.push({ index, time });
    }
    if (k > arrivals.length)
      throw new InvalidArgumentError(
        'k',
        `must be at most ${arrivals.length}, the count of positive weights, not ${k}`,
      );
    // Two infinite times must not be subtracted.
    arrivals.sort((a, b) => (a.time === b.time ? a.index - b.index : a.time < b.time ? -1 : 1));
    return arrivals.slice(0, k).map(({ index }) => index);
  }
}

function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity))
    throw new InvalidArgumentError(name, `must be positive and finite, not ${value}`);
}

/** The largest weight. */
function requireWeights(weights: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0 && weight < Infinity))
      throw new InvalidArgumentError('weights', `must be finite and not negative; element ${i} is ${weight}`);
    if (weight > largest) largest = weight;
  }
  return largest;
}
