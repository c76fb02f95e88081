import { InvalidArgumentError } from '../errors.js';
import { requireCount, requireFinite } from '../dense/checks.js';

/** The start as a copy, once it is known to be usable. */
export function checkedStart(start: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const x = Float64Array.from(start);
  if (x.length === 0) throw new InvalidArgumentError('start', 'must hold at least one number');
  requireFinite('start', x);
  return x;
}

export function requireStartDensity(name: string, value: number): void {
  if (!Number.isFinite(value))
    throw new InvalidArgumentError('start', `must be a point where ${name} is finite, not ${value}`);
}

/** A logarithm of a density: −∞ outside its support, never NaN or +∞. */
export function checkedDensity(name: string, f: (x: Float64Array) => number): (x: Float64Array) => number {
  return (x) => {
    const value = f(x);
    if (!(value < Infinity))
      throw new InvalidArgumentError(name, `must be finite or −∞; it is ${value} at [${x.join(', ')}]`);
    return value;
  };
}

export interface ChainOptions {
  /** How many draws are returned. */
  readonly draws: number;
  /** How many moves come before the first of them; 0 where it is left out. */
  readonly warmup?: number;
  /** How many moves there are from draw to draw; 1 where it is left out. */
  readonly every?: number;
}

/** Calls `move` for every move of a chain and `keep` after those whose point is a draw. */
export function runChain(options: ChainOptions, move: () => void, keep: (draw: number) => void): void {
  const { draws, warmup = 0, every = 1 } = options;
  requireCount('draws', draws);
  requireCount('warmup', warmup);
  requireCount('every', every, 1);
  for (let i = 0; i < warmup; i++) move();
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < every; i++) move();
    keep(draw);
  }
}
