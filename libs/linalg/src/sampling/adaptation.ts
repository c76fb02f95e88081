/** What the warm-up of the No-U-Turn Sampler learns: the step size and the variances, in the windows that Stan uses. */
import { exp } from '../special/exp.js';
import { log } from '../special/log.js';

const { floor, sqrt } = Math;

/** Dual averaging of the logarithm of the step size towards a mean acceptance (Nesterov 2009; Hoffman and Gelman 2014). */
export class StepSize {
  readonly #target: number;
  #centre = 0;
  #count = 0;
  #error = 0;
  #averaged = 0;
  current: number;

  constructor(step: number, target: number) {
    this.#target = target;
    this.current = step;
    this.restart(step);
  }

  restart(step: number): void {
    this.#centre = log(10 * step);
    this.#count = 0;
    this.#error = 0;
    this.#averaged = 0;
    this.current = step;
  }

  learn(acceptance: number): void {
    this.#count += 1;
    const share = 1 / (this.#count + 10);
    this.#error += share * (this.#target - acceptance - this.#error);
    const logStep = this.#centre - (this.#error * sqrt(this.#count)) / 0.05;
    const weight = exp(-0.75 * log(this.#count));
    this.#averaged += weight * (logStep - this.#averaged);
    this.current = exp(logStep);
  }

  /** The step size that its averaging has settled on. */
  settle(): void {
    if (this.#count > 0) this.current = exp(this.#averaged);
  }
}

/** The variances of points as they come (Welford 1962), drawn a little towards 10⁻³. */
export class Variances {
  #count = 0;
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;

  constructor(dimension: number) {
    this.#mean = new Float64Array(dimension);
    this.#squares = new Float64Array(dimension);
  }

  add(x: Float64Array): void {
    this.#count += 1;
    for (let i = 0; i < x.length; i++) {
      const before = x[i]! - this.#mean[i]!;
      this.#mean[i]! += before / this.#count;
      this.#squares[i]! += before * (x[i]! - this.#mean[i]!);
    }
  }

  estimate(): Float64Array {
    const n = this.#count;
    return this.#squares.map((square) => ((n / (n + 5)) * square) / (n - 1) + (1e-3 * 5) / (n + 5));
  }
}

/**
 * The moves of the warm-up after which the variances are taken over: none in its first 75 and last 50, in between after 25, 50, 100 …
 * moves, the last window being stretched to the end. A short warm-up is divided 15 : 75 : 10; one below 20 learns the step size alone.
 */
export function adaptationWindows(warmup: number): {
  readonly from: number;
  readonly ends: readonly number[];
} {
  if (warmup < 20) return { from: warmup, ends: [] };
  const short = warmup < 150;
  const from = short ? floor(0.15 * warmup) : 75;
  const to = short ? warmup - floor(0.1 * warmup) : warmup - 50;
  const ends: number[] = [];
  let length = short ? to - from : 25;
  for (let end = from + length; end <= to; end += length) {
    // The window after this one would be twice as long: where it does not fit, this one takes the rest.
    if (end + 2 * length > to) end = to;
    ends.push(end);
    length *= 2;
  }
  return { from, ends };
}
