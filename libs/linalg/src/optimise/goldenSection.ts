import { InvalidArgumentError } from '../errors.js';

const golden = 0.6180339887498949;

/** The minimum of a function of one variable with a single valley between `lower` and `upper`, to within `tolerance` of x. */
export function goldenSection(problem: {
  /** NaN counts as worse than any number. */
  readonly objective: (x: number) => number;
  readonly lower: number;
  readonly upper: number;
  /** 1e-8 where it is left out; below about 1e-8 of x the values no longer tell points apart. */
  readonly tolerance?: number;
}): { readonly x: number; readonly value: number } {
  const { tolerance = 1e-8 } = problem;
  let { lower, upper } = problem;
  if (!Number.isFinite(lower) || !Number.isFinite(upper) || lower > upper)
    throw new InvalidArgumentError(
      'lower',
      `must be finite and at most upper, not ${lower} against ${upper}`,
    );
  const objective = (x: number) => {
    const value = problem.objective(x);
    return Number.isNaN(value) ? Infinity : value;
  };
  let a = upper - golden * (upper - lower);
  let b = lower + golden * (upper - lower);
  let atA = objective(a);
  let atB = objective(b);
  // 100 shrinkings exhaust a double's digits.
  for (let step = 0; step < 100 && upper - lower > tolerance; step++) {
    if (atA <= atB) {
      upper = b;
      b = a;
      atB = atA;
      a = upper - golden * (upper - lower);
      atA = objective(a);
    } else {
      lower = a;
      a = b;
      atA = atB;
      b = lower + golden * (upper - lower);
      atB = objective(b);
    }
  }
  return atA <= atB ? { x: a, value: atA } : { x: b, value: atB };
}
