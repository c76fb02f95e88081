import { requireCount, requireFinite, requireLength } from '../dense/checks.js';
import { InvalidArgumentError } from '../errors.js';

const { abs, max, min } = Math;

export interface NelderMeadProblem {
  /** NaN counts as worse than any number. */
  readonly objective: (x: Float64Array) => number;
  readonly start: ArrayLike<number>;
  /** Edge of the first simplex, shorter where the bounds leave no room; 0.1 where it is left out. */
  readonly step?: number;
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
  /** 200·d where it is left out. */
  readonly maxEvaluations?: number;
  /** Stops when the simplex is smaller and its values closer than this; 1e-8 where it is left out. */
  readonly tolerance?: number;
}

export interface NelderMeadResult {
  readonly x: Float64Array;
  readonly value: number;
  readonly evaluations: number;
  readonly converged: boolean;
}

interface Vertex {
  readonly x: Float64Array;
  readonly value: number;
}

/**
 * Minimises a function without derivatives by the simplex of Nelder and Mead (1965), moved into the bounds where it leaves them. As that
 * may flatten it against a bound, it starts afresh from a minimum on a bound, until three ever smaller simplices gain nothing.
 */
export function nelderMead(problem: NelderMeadProblem): NelderMeadResult {
  const { start, objective, lower, upper, step = 0.1, tolerance = 1e-8 } = problem;
  checkArguments(problem, step);
  const maxEvaluations = problem.maxEvaluations ?? 200 * start.length;
  requireCount('maxEvaluations', maxEvaluations, 1);

  let evaluations = 0;
  const at = (x: Float64Array): Vertex => {
    const inside = x.map((xi, i) => min(max(xi, lower?.[i] ?? -Infinity), upper?.[i] ?? Infinity));
    evaluations += 1;
    const value = objective(inside);
    return { x: inside, value: Number.isNaN(value) ? Infinity : value };
  };
  const onBound = ({ x }: Vertex) => x.some((xi, i) => xi === lower?.[i] || xi === upper?.[i]);

  let best = at(Float64Array.from(start));
  let edge = step;
  for (let inVain = 0; ;) {
    const simplex = simplexAround(best, edge, problem, at);
    while (evaluations < maxEvaluations && !settled(simplex, tolerance)) moveWorst(simplex, at);
    const gained = best.value - simplex[0]!.value > tolerance * max(1, abs(best.value));
    best = simplex[0]!;
    const converged = settled(simplex, tolerance);
    inVain = gained ? 0 : inVain + 1;
    edge = gained ? step : edge / 10;
    if (!converged || !onBound(best) || inVain === 3 || evaluations >= maxEvaluations)
      return { ...best, evaluations, converged };
  }
}

function simplexAround(
  from: Vertex,
  step: number,
  { lower, upper }: NelderMeadProblem,
  at: (x: Float64Array) => Vertex,
): Vertex[] {
  const others = Array.from(from.x, (xi, i) => {
    const moved = from.x.slice();
    moved[i] = xi + firstMove(step, xi, lower?.[i], upper?.[i]);
    return at(moved);
  });
  return ordered([from, ...others]);
}

function ordered(simplex: Vertex[]): Vertex[] {
  // Two infinite values must not be subtracted.
  return simplex.sort((a, b) => (a.value === b.value ? 0 : a.value < b.value ? -1 : 1));
}

function settled(simplex: readonly Vertex[], tolerance: number): boolean {
  const best = simplex[0]!;
  return simplex.every(
    ({ x, value }) =>
      value - best.value <= tolerance * max(1, abs(best.value)) &&
      x.every((xi, i) => abs(xi - best.x[i]!) <= tolerance * max(1, abs(best.x[i]!))),
  );
}

/** One step of the method on an ordered simplex, which it leaves ordered. */
function moveWorst(simplex: Vertex[], at: (x: Float64Array) => Vertex): void {
  const d = simplex.length - 1;
  const best = simplex[0]!;
  const worst = simplex[d]!;
  const centre = best.x.map((_, i) => simplex.slice(0, d).reduce((sum, { x }) => sum + x[i]!, 0) / d);
  const along = (t: number) => at(centre.map((c, i) => c + t * (c - worst.x[i]!)));
  const reflected = along(1);
  if (reflected.value < best.value) {
    const expanded = along(2);
    simplex[d] = expanded.value < reflected.value ? expanded : reflected;
  } else if (reflected.value < simplex[d - 1]!.value) simplex[d] = reflected;
  else {
    const contracted = along(reflected.value < worst.value ? 0.5 : -0.5);
    if (contracted.value < min(reflected.value, worst.value)) simplex[d] = contracted;
    else
      for (let k = 1; k <= d; k++)
        simplex[k] = at(simplex[k]!.x.map((xi, i) => best.x[i]! + 0.5 * (xi - best.x[i]!)));
  }
  ordered(simplex);
}

/** `step` where there is room for it, else the other way, else as far as there is room. */
function firstMove(step: number, from: number, lower = -Infinity, upper = Infinity): number {
  const room = (move: number) => (move > 0 ? upper - from : from - lower);
  if (room(step) >= abs(step)) return step;
  if (room(-step) >= abs(step)) return -step;
  return upper - from >= from - lower ? upper - from : lower - from;
}

function checkArguments({ start, lower, upper }: NelderMeadProblem, step: number): void {
  if (start.length === 0) throw new InvalidArgumentError('start', 'must hold at least one number');
  requireFinite('start', Float64Array.from(start));
  if (lower) requireLength('lower', lower, start.length);
  if (upper) requireLength('upper', upper, start.length);
  for (let i = 0; i < start.length; i++)
    if (!((lower?.[i] ?? -Infinity) <= (upper?.[i] ?? Infinity)))
      throw new InvalidArgumentError('lower', `must not exceed upper, as it does in dimension ${i}`);
  if (!(abs(step) > 0 && abs(step) < Infinity))
    throw new InvalidArgumentError('step', `must be finite and not 0, but is ${step}`);
}
