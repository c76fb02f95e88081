/**
 * Minimises a smooth function within bounds by L-BFGS-B (Byrd, Lu, Nocedal and Zhu 1995; the projection after the subspace step from
 * Morales and Nocedal 2011): a quadratic model is minimised first along the projected gradient, then over the variables that this
 * leaves off their bounds, and the line to that point is searched.
 */
import { InvalidArgumentError } from '../errors.js';
import { requireCount, requireLength } from '../dense/checks.js';
import { dot } from '../dense/dot.js';
import { cauchyPoint, type Bounds } from './cauchyPoint.js';
import { searchLine, type Place } from './lineSearch.js';
import { QuasiNewton } from './quasiNewton.js';

const { abs, max, min, sqrt } = Math;

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
  /**
   * The first trial, when nothing is known of the curvature yet, is no longer than this: 1 where it is left out. Infinity goes
   * straight to the end of the gradient, often a corner.
   */
  readonly firstStep?: number;
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

interface Point {
  readonly x: Float64Array<ArrayBuffer>;
  readonly g: Float64Array<ArrayBuffer>;
  readonly value: number;
}

export function lbfgsb(problem: LbfgsbProblem): LbfgsbResult {
  const { objective, maxIterations = 200, tolerance = 1e-6, valueTolerance = 1e-12 } = problem;
  const { memory = 10, firstStep = 1 } = problem;
  const bounds = checkBounds(problem);
  requireCount('maxIterations', maxIterations);
  requireCount('memory', memory, 1);
  if (!(firstStep > 0)) throw new InvalidArgumentError('firstStep', `must be positive, not ${firstStep}`);

  let evaluations = 0;
  const evaluate = (x: Float64Array<ArrayBuffer>): Point => {
    evaluations += 1;
    const g = new Float64Array(x.length);
    return { x, value: objective(x, g), g };
  };
  let point = evaluate(project(Float64Array.from(problem.start), bounds));
  requireStart(point);
  const model = new QuasiNewton(memory);
  const result = (iterations: number, reason: StopReason): LbfgsbResult => ({
    x: point.x,
    value: point.value,
    gradient: point.g,
    iterations,
    evaluations,
    reason,
    converged: reason === 'gradient' || reason === 'value',
  });

  for (let iteration = 0; iteration < maxIterations; iteration++) {
    if (projectedGradient(point, bounds) <= tolerance) return result(iteration, 'gradient');
    let found = advance(point, bounds, model, evaluate, firstStep);
    if (found === undefined && model.width > 0) {
      // What is remembered misleads: forget it and go down the gradient.
      model.forget();
      found = advance(point, bounds, model, evaluate, firstStep);
    }
    if (found === undefined) return result(iteration, 'line search');
    model.remember(subtract(found.x, point.x), subtract(found.g, point.g));
    const gain = point.value - found.value;
    point = found;
    if (gain <= valueTolerance * max(abs(point.value), 1)) return result(iteration + 1, 'value');
  }
  return result(maxIterations, projectedGradient(point, bounds) <= tolerance ? 'gradient' : 'iterations');
}

/** The next point; undefined where no step lowers the value. */
function advance(
  point: Point,
  bounds: Bounds,
  model: QuasiNewton,
  evaluate: (x: Float64Array<ArrayBuffer>) => Point,
  firstStep: number,
): Point | undefined {
  const target = minimumOfModel(point, bounds, model);
  const d = subtract(target, point.x);
  const slope = inner(d, point.g);
  if (!(slope < 0)) return undefined;
  const longest = longestStep(point.x, d, bounds);
  const at = (t: number): Point & Place => {
    const x = t === 1 ? target.slice() : along(point.x, t, d);
    // Rounding must not leave a variable just short of the bound that it was to reach.
    if (t === longest)
      for (let i = 0; i < x.length; i++)
        if (stepToBound(point.x, d, bounds, i) === t) x[i] = d[i]! > 0 ? bounds.upper[i]! : bounds.lower[i]!;
    const { value, g } = evaluate(project(x, bounds));
    return { x, value, g, t, slope: inner(g, d) };
  };
  const step = model.width === 0 ? min(1, firstStep / sqrt(inner(d, d))) : 1;
  return searchLine({ t: 0, value: point.value, slope }, at, step, longest);
}

/** Where the model is lowest within the bounds, as far as its two stages find it. */
function minimumOfModel({ x, g }: Point, bounds: Bounds, model: QuasiNewton): Float64Array<ArrayBuffer> {
  const { z, c, free } = cauchyPoint(x, g, bounds, model);
  if (model.width === 0) return z;
  const bent = model.expand(model.solve(c), x.length);
  const r = remainder({ x, g }, z, bent, free, model.theta);
  const d = model.minimise(r, free);
  if (d === undefined) return z;
  const target = project(along(z, 1, d), bounds);
  if (inner(subtract(target, x), g) < 0) return target;
  const t = min(1, longestStep(z, d, bounds));
  return project(along(z, t, d), bounds);
}

/** −(g + θ(z − x) − bent) of the free variables. */
function remainder(
  { x, g }: Pick<Point, 'x' | 'g'>,
  z: Float64Array,
  bent: Float64Array,
  free: Uint8Array,
  theta: number,
): Float64Array {
  const r = new Float64Array(x.length);
  for (let i = 0; i < r.length; i++) if (free[i]) r[i] = -(g[i]! + theta * (z[i]! - x[i]!) - bent[i]!);
  return r;
}

/** The largest t with x + t·d within the bounds. */
function longestStep(x: Float64Array, d: Float64Array, bounds: Bounds): number {
  let longest = 1e10;
  for (let i = 0; i < x.length; i++) longest = min(longest, stepToBound(x, d, bounds, i));
  return longest;
}

function stepToBound(x: Float64Array, d: Float64Array, { lower, upper }: Bounds, i: number): number {
  if (d[i] === 0) return Infinity;
  return max(0, ((d[i]! > 0 ? upper[i]! : lower[i]!) - x[i]!) / d[i]!);
}

function requireStart({ value, g }: Point): void {
  if (!Number.isFinite(value))
    throw new InvalidArgumentError('start', `must be a point where the objective is finite, not ${value}`);
  for (let i = 0; i < g.length; i++)
    if (!Number.isFinite(g[i]!))
      throw new InvalidArgumentError(
        'start',
        `must be a point where the gradient is finite; element ${i} is ${g[i]!}`,
      );
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
  for (let i = 0; i < x.length; i++) x[i] = min(max(x[i]!, lower[i]!), upper[i]!);
  return x;
}

/** max |x − P(x − g)|: 0 where no feasible direction goes down. */
function projectedGradient({ x, g }: Point, { lower, upper }: Bounds): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    const moved = min(max(x[i]! - g[i]!, lower[i]!), upper[i]!);
    largest = max(largest, abs(moved - x[i]!));
  }
  return largest;
}

function subtract(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const difference = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) difference[i] = a[i]! - b[i]!;
  return difference;
}

/** a + t·b */
function along(a: Float64Array, t: number, b: Float64Array): Float64Array<ArrayBuffer> {
  const sum = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) sum[i] = a[i]! + t * b[i]!;
  return sum;
}

function inner(a: Float64Array, b: Float64Array): number {
  return dot(a, 0, b, 0, a.length);
}
