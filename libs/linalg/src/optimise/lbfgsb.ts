/**
 * Minimises a smooth function within bounds by a projected quasi-Newton method: limited-memory BFGS on the variables that are free,
 * the others held at their bounds, and a line search along the projected path.
 *
 * x the point, g its gradient, d the direction, s = Δx and r = Δg the last steps remembered. A variable is held where it lies at
 * a bound and −g points outwards.
 */
import { InvalidArgumentError } from '../errors.js';
import { requireCount, requireLength } from '../dense/checks.js';
import { dot } from '../dense/dot.js';

export interface LbfgsbProblem {
  /** The value at x; writes the gradient to `gradient`. A value that is not finite counts as a point to step back from. */
  readonly objective: (x: Float64Array, gradient: Float64Array) => number;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  /** Moved into the bounds where it lies outside. */
  readonly start: ArrayLike<number>;
  /** 200 where it is left out. */
  readonly maxIterations?: number;
  /** Stops when no component of x − P(x − g) is larger; 1e-6 where it is left out. */
  readonly tolerance?: number;
  /** Stops when a step lowers the value by less than this times max(|f|, 1); 1e-12 where it is left out. */
  readonly valueTolerance?: number;
  /** How many steps are remembered; 10 where it is left out. */
  readonly memory?: number;
}

export type StopReason = 'gradient' | 'value' | 'iterations' | 'line search';

export interface LbfgsbResult {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly iterations: number;
  readonly evaluations: number;
  readonly reason: StopReason;
  /** Whether it stopped because the gradient or the value had settled. */
  readonly converged: boolean;
}

interface Step {
  readonly s: Float64Array;
  readonly r: Float64Array;
}

const armijo = 1e-4;
const curvature = 0.9;
const maxTrials = 30;

export function lbfgsb(problem: LbfgsbProblem): LbfgsbResult {
  const { objective, lower, upper, maxIterations = 200, tolerance = 1e-6 } = problem;
  const { valueTolerance = 1e-12, memory = 10 } = problem;
  const bounds = checkBounds(problem);
  requireCount('maxIterations', maxIterations);
  requireCount('memory', memory, 1);

  let x = project(Float64Array.from(problem.start), bounds);
  let g = new Float64Array(x.length);
  let value = objective(x, g);
  if (!Number.isFinite(value))
    throw new InvalidArgumentError('start', `must be a point where the objective is finite, not ${value}`);
  const state = { evaluations: 1 };
  const steps: Step[] = [];

  const result = (iterations: number, reason: StopReason): LbfgsbResult => ({
    x,
    value,
    gradient: g,
    iterations,
    evaluations: state.evaluations,
    reason,
    converged: reason === 'gradient' || reason === 'value',
  });

  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (projectedGradient(x, g, bounds) <= tolerance) return result(iteration, 'gradient');
    const free = freeVariables(x, g, lower, upper);
    let found = search(
      bounds,
      objective,
      { x, g, value },
      direction(g, free, steps),
      steps.length === 0,
      state,
    );
    if (found === undefined && steps.length > 0) {
      // What is remembered misleads: forget it and go down the gradient.
      steps.length = 0;
      found = search(bounds, objective, { x, g, value }, direction(g, free, steps), true, state);
    }
    if (found === undefined) return result(iteration, 'line search');
    const step = { s: subtract(found.x, x), r: subtract(found.g, g) };
    if (inner(step.s, step.r) > 1e-14 * inner(step.r, step.r)) {
      steps.push(step);
      if (steps.length > memory) steps.shift();
    }
    const gain = value - found.value;
    ({ x, g, value } = found);
    if (gain <= valueTolerance * Math.max(Math.abs(value), 1)) return result(iteration + 1, 'value');
  }
  return result(maxIterations, projectedGradient(x, g, bounds) <= tolerance ? 'gradient' : 'iterations');
}

interface Bounds {
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

interface Point {
  readonly x: Float64Array<ArrayBuffer>;
  readonly g: Float64Array<ArrayBuffer>;
  readonly value: number;
}

function checkBounds({ lower, upper, start }: LbfgsbProblem): Bounds {
  requireLength('lower', lower, start.length);
  requireLength('upper', upper, start.length);
  for (let i = 0; i < start.length; i++) {
    if (!(lower[i]! <= upper[i]!))
      throw new InvalidArgumentError(
        'lower',
        `must not exceed upper; in dimension ${i} it is ${lower[i]!} against ${upper[i]!}`,
      );
    if (!Number.isFinite(start[i]!))
      throw new InvalidArgumentError('start', `must be finite; element ${i} is ${start[i]!}`);
  }
  return { lower, upper };
}

function project(x: Float64Array<ArrayBuffer>, { lower, upper }: Bounds): Float64Array<ArrayBuffer> {
  for (let i = 0; i < x.length; i++) x[i] = Math.min(Math.max(x[i]!, lower[i]!), upper[i]!);
  return x;
}

/** max |x − P(x − g)|: 0 where no feasible direction goes down. */
function projectedGradient(x: Float64Array, g: Float64Array, { lower, upper }: Bounds): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    const moved = Math.min(Math.max(x[i]! - g[i]!, lower[i]!), upper[i]!);
    largest = Math.max(largest, Math.abs(moved - x[i]!));
  }
  return largest;
}

function freeVariables(x: Float64Array, g: Float64Array, lower: ArrayLike<number>, upper: ArrayLike<number>) {
  return Uint8Array.from(x, (value, i) =>
    (value <= lower[i]! && g[i]! > 0) || (value >= upper[i]! && g[i]! < 0) ? 0 : 1,
  );
}

/** −H·g on the free variables by the two-loop recursion, H being what the remembered steps say of the inverse Hessian. */
function direction(g: Float64Array, free: Uint8Array, steps: readonly Step[]): Float64Array {
  const d = g.map((value, i) => (free[i] ? -value : 0));
  const used = steps
    .map(({ s, r }) => ({ s, r, rho: maskedInner(s, r, free) }))
    .filter(({ rho, r }) => rho > 1e-14 * maskedInner(r, r, free));
  const alphas = new Float64Array(used.length);
  for (let k = used.length - 1; k >= 0; k--) {
    const { s, r, rho } = used[k]!;
    const alpha = maskedInner(s, d, free) / rho;
    alphas[k] = alpha;
    for (let i = 0; i < d.length; i++) if (free[i]) d[i] = d[i]! - alpha * r[i]!;
  }
  const last = used.at(-1);
  if (last) {
    const gamma = last.rho / maskedInner(last.r, last.r, free);
    for (let i = 0; i < d.length; i++) d[i] = d[i]! * gamma;
  }
  used.forEach(({ s, r, rho }, k) => {
    const beta = maskedInner(r, d, free) / rho;
    for (let i = 0; i < d.length; i++) if (free[i]) d[i] = d[i]! + (alphas[k]! - beta) * s[i]!;
  });
  return inner(d, g) < 0 ? d : g.map((value, i) => (free[i] ? -value : 0));
}

/**
 * A step t along P(x + t·d) that lowers the value enough (Armijo) and, where no bound was met, flattens the slope enough (weak
 * Wolfe), by bracketing; the best that lowers enough when the second cannot be had. Undefined when none does.
 */
function search(
  bounds: Bounds,
  objective: LbfgsbProblem['objective'],
  from: Point,
  d: Float64Array,
  first: boolean,
  state: { evaluations: number },
): Point | undefined {
  const slope = inner(from.g, d);
  if (!(slope < 0)) return undefined;
  let t = first ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
  let low = 0;
  let high = Infinity;
  let best: Point | undefined;
  for (let trial = 0; trial < maxTrials; trial++) {
    const unclipped = from.x.map((value, i) => value + t * d[i]!);
    const x = project(Float64Array.from(unclipped), bounds);
    const clipped = x.some((value, i) => value !== unclipped[i]);
    const g = new Float64Array(x.length);
    const value = objective(x, g);
    state.evaluations += 1;
    const decrease = inner(from.g, subtract(x, from.x));
    if (!(value <= from.value + armijo * decrease) || !Number.isFinite(value)) {
      high = t;
      const parabola = (-slope * t * t) / (2 * (value - from.value - slope * t));
      const inside = parabola > low + 0.1 * (high - low) && parabola < low + 0.9 * (high - low);
      t = inside && low === 0 ? parabola : (low + high) / 2;
      if (best !== undefined && trial > 10) return best;
    } else {
      if (best === undefined || value < best.value) best = { x, g, value };
      if (clipped || inner(g, d) >= curvature * slope) return { x, g, value };
      low = t;
      t = high === Infinity ? 2 * t : (low + high) / 2;
    }
    if (high - low < 1e-16 * high) break;
  }
  return best;
}

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}

function inner(a: Float64Array, b: Float64Array): number {
  return dot(a, 0, b, 0, a.length);
}

function maskedInner(a: Float64Array, b: Float64Array, free: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) if (free[i]) sum += a[i]! * b[i]!;
  return sum;
}
