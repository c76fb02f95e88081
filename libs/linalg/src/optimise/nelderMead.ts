import { requireLength, requireCount } from '../dense/checks.js';
import { InvalidArgumentError } from '../errors.js';

export interface NelderMeadProblem {
  /** NaN counts as worse than any number. */
  readonly objective: (x: Float64Array) => number;
  readonly start: ArrayLike<number>;
  /** Edge of the first simplex; 0.1 where it is left out. */
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

/** Minimises a function without derivatives by the simplex of Nelder and Mead (1965), moved into the bounds where it leaves them. */
export function nelderMead(problem: NelderMeadProblem): NelderMeadResult {
  const d = problem.start.length;
  const { objective, lower, upper, step = 0.1, maxEvaluations = 200 * d, tolerance = 1e-8 } = problem;
  requireCount('maxEvaluations', maxEvaluations, 1);
  if (lower) requireLength('lower', lower, d);
  if (upper) requireLength('upper', upper, d);
  if (!(Math.abs(step) > 0)) throw new InvalidArgumentError('step', `must not be 0`);

  let evaluations = 0;
  const at = (x: Float64Array) => {
    const inside = x.map((value, i) =>
      Math.min(Math.max(value, lower?.[i] ?? -Infinity), upper?.[i] ?? Infinity),
    );
    evaluations += 1;
    const value = objective(inside);
    return { x: inside, value: Number.isNaN(value) ? Infinity : value };
  };
  const start = Float64Array.from(problem.start);
  const simplex = [at(start)];
  for (let i = 0; i < d; i++)
    simplex.push(
      at(
        start.map((value, j) =>
          j !== i ? value : value + step > (upper?.[j] ?? Infinity) ? value - step : value + step,
        ),
      ),
    );
  const order = () => simplex.sort((a, b) => a.value - b.value);
  const settled = () => {
    const best = simplex[0]!;
    return simplex.every(
      ({ x, value }) =>
        value - best.value <= tolerance * Math.max(1, Math.abs(best.value)) &&
        x.every((v, i) => Math.abs(v - best.x[i]!) <= tolerance * Math.max(1, Math.abs(best.x[i]!))),
    );
  };

  order();
  while (evaluations < maxEvaluations && !settled()) {
    const worst = simplex[d]!;
    const centre = start.map((_, i) => simplex.slice(0, d).reduce((sum, { x }) => sum + x[i]!, 0) / d);
    const along = (t: number) => at(centre.map((c, i) => c + t * (c - worst.x[i]!)));
    const reflected = along(1);
    if (reflected.value < simplex[0]!.value) {
      const expanded = along(2);
      simplex[d] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[d - 1]!.value) simplex[d] = reflected;
    else {
      const contracted = along(reflected.value < worst.value ? 0.5 : -0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex[d] = contracted;
      else {
        const best = simplex[0]!;
        for (let k = 1; k <= d; k++) {
          const { x } = simplex[k]!;
          simplex[k] = at(x.map((value, i) => best.x[i]! + 0.5 * (value - best.x[i]!)));
        }
      }
    }
    order();
  }
  return { ...simplex[0]!, evaluations, converged: settled() };
}
