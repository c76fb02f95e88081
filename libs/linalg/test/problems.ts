/**
 * Problems whose solution is known: the classics of Moré, Garbow and Hillstrom (1981) and the bounded ones of Hock and Schittkowski
 * (1981, "HS"). `scipy` is the number of evaluations that scipy 1.17.1 takes (L-BFGS-B, gtol 1e-6, ftol 1e-12, maxcor 10), whose first trial is unlimited
 * where every variable has two bounds.
 */
export interface Problem {
  readonly name: string;
  readonly objective: (x: Float64Array, gradient: Float64Array) => number;
  readonly start: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly minimum: number;
  /** Where the minimum is, if at one point. */
  readonly at?: readonly number[];
  readonly scipy: number;
}

type Terms = (x: Float64Array, gradient: Float64Array) => number;

const { abs, cos, log, sin } = Math;
const times = (count: number, ...values: number[]) => Array.from({ length: count }, () => values).flat();

export function rosenbrock(x: Float64Array, gradient: Float64Array): number {
  let value = 0;
  gradient.fill(0);
  for (let i = 0; i + 1 < x.length; i++) {
    const valley = x[i + 1]! - x[i]! * x[i]!;
    const slope = 1 - x[i]!;
    value += 100 * valley * valley + slope * slope;
    gradient[i]! += -400 * valley * x[i]! - 2 * slope;
    gradient[i + 1]! += 200 * valley;
  }
  return value;
}

const beale: Terms = ([x, y], gradient) => {
  const a = 1.5 - x! + x! * y!;
  const b = 2.25 - x! + x! * y! ** 2;
  const c = 2.625 - x! + x! * y! ** 3;
  gradient[0] = 2 * (a * (y! - 1) + b * (y! ** 2 - 1) + c * (y! ** 3 - 1));
  gradient[1] = 2 * x! * (a + 2 * b * y! + 3 * c * y! ** 2);
  return a * a + b * b + c * c;
};

const powellSingular: Terms = ([x0, x1, x2, x3], gradient) => {
  const a = x0! + 10 * x1!;
  const b = x2! - x3!;
  const c = x1! - 2 * x2!;
  const d = x0! - x3!;
  gradient.set([2 * a + 40 * d ** 3, 20 * a + 4 * c ** 3, 10 * b - 8 * c ** 3, -10 * b - 40 * d ** 3]);
  return a * a + 5 * b * b + c ** 4 + 10 * d ** 4;
};

const quadratic =
  (condition: number): Terms =>
  (x, gradient) => {
    let value = 0;
    x.forEach((xi, i) => {
      const weight = condition ** (i / (x.length - 1));
      value += 0.5 * weight * (xi - 1) ** 2;
      gradient[i] = weight * (xi - 1);
    });
    return value;
  };

const hs3: Terms = ([x, y], gradient) => {
  const d = y! - x!;
  gradient[0] = -2e-5 * d;
  gradient[1] = 1 + 2e-5 * d;
  return y! + 1e-5 * d * d;
};

const hs4: Terms = ([x, y], gradient) => {
  gradient[0] = (x! + 1) ** 2;
  gradient[1] = 1;
  return (x! + 1) ** 3 / 3 + y!;
};

const hs5: Terms = ([x, y], gradient) => {
  const d = x! - y!;
  gradient[0] = cos(x! + y!) + 2 * d - 1.5;
  gradient[1] = cos(x! + y!) - 2 * d + 2.5;
  return sin(x! + y!) + d * d - 1.5 * x! + 2.5 * y! + 1;
};

const wood: Terms = ([x0, x1, x2, x3], gradient) => {
  const [a, b, c, d] = [x1! - x0! ** 2, 1 - x0!, x3! - x2! ** 2, 1 - x2!];
  const [e, f] = [x1! - 1, x3! - 1];
  gradient[0] = -400 * x0! * a - 2 * b;
  gradient[1] = 200 * a + 20.2 * e + 19.8 * f;
  gradient[2] = -360 * x2! * c - 2 * d;
  gradient[3] = 180 * c + 20.2 * f + 19.8 * e;
  return 100 * a * a + b * b + 90 * c * c + d * d + 10.1 * (e * e + f * f) + 19.8 * e * f;
};

const hs45: Terms = (x, gradient) => {
  const product = x.reduce((all, xi) => all * xi, 1);
  for (let i = 0; i < 5; i++) gradient[i] = -x.reduce((all, xi, j) => (j === i ? all : all * xi), 1) / 120;
  return 2 - product / 120;
};

const hs110: Terms = (x, gradient) => {
  const product = x.reduce((all, xi) => all * xi, 1) ** 0.2;
  let value = -product;
  x.forEach((xi, i) => {
    const [a, b] = [log(xi - 2), log(10 - xi)];
    value += a * a + b * b;
    gradient[i] = (2 * a) / (xi - 2) - (2 * b) / (10 - xi) - (0.2 * product) / xi;
  });
  return value;
};

/** A chain of squares whose odd variables may not go below 1. */
const chain: Terms = (x, gradient) => {
  gradient.fill(0);
  gradient[0] = 2 * (x[0]! - 1);
  let value = (x[0]! - 1) ** 2;
  for (let i = 1; i < x.length; i++) {
    const t = x[i]! - x[i - 1]! ** 2;
    value += 4 * t * t;
    gradient[i]! += 8 * t;
    gradient[i - 1]! -= 16 * t * x[i - 1]!;
  }
  return value;
};

function problem(
  name: string,
  scipy: number,
  objective: Terms,
  start: readonly number[],
  [lower, upper]: readonly [readonly number[], readonly number[]],
  minimum: number,
  at?: readonly number[],
): Problem {
  return { name, objective, start, lower, upper, minimum, scipy, ...(at && { at }) };
}

const within = (d: number, bound: number) => [times(d, -bound), times(d, bound)] as const;

export const problems: readonly Problem[] = [
  problem('Rosenbrock, 2', 50, rosenbrock, [-1.2, 1], within(2, 5), 0, [1, 1]),
  problem('Rosenbrock, 10', 91, rosenbrock, times(5, -1.2, 1), within(10, 5), 0, times(10, 1)),
  problem('Rosenbrock, 30', 209, rosenbrock, times(15, -1.2, 1), within(30, 5), 0, times(30, 1)),
  problem('Beale', 16, beale, [1, 1], within(2, 4.5), 0, [3, 0.5]),
  problem('Powell singular', 37, powellSingular, [3, -1, 0, 1], within(4, 5), 0),
  problem('quadratic of condition 1e4', 165, quadratic(1e4), times(10, 0), within(10, 10), 0, times(10, 1)),
  problem('quadratic of condition 1e8', 71, quadratic(1e8), times(6, 0), within(6, 10), 0, times(6, 1)),
  problem('HS 1', 30, rosenbrock, [-2, 1], [[-1000, -1.5], times(2, 1000)], 0, [1, 1]),
  problem(
    'HS 2, local minimum',
    20,
    rosenbrock,
    [-2, 1],
    [[-1000, 1.5], times(2, 1000)],
    4.941229318,
    [-1.22102624, 1.5],
  ),
  problem('HS 3', 4, hs3, [10, 1], [[-1000, 0], times(2, 1000)], 0, [0, 0]),
  problem('HS 4', 2, hs4, [1.125, 0.125], [[1, 0], times(2, 100)], 8 / 3, [1, 0]),
  problem(
    'HS 5',
    8,
    hs5,
    [0, 0],
    [
      [-1.5, -3],
      [4, 3],
    ],
    -1.9132229549810362,
    [-0.5471975512, -1.5471975512],
  ),
  problem('HS 38, Wood', 33, wood, [-3, -1, -3, -1], within(4, 10), 0, times(4, 1)),
  problem('HS 45', 10, hs45, times(5, 2), [times(5, 0), [1, 2, 3, 4, 5]], 1, [1, 2, 3, 4, 5]),
  problem(
    'HS 110',
    7,
    hs110,
    times(10, 9),
    [times(10, 2.001), times(10, 9.999)],
    -45.77846971,
    times(10, 9.35026583),
  ),
  problem(
    'chain, 25',
    35,
    chain,
    times(25, 3),
    [Array.from({ length: 25 }, (_, i) => (i % 2 === 0 ? 1 : -100)), times(25, 100)],
    0,
  ),
  problem(
    'Rosenbrock beside a bound',
    33,
    rosenbrock,
    [-1.2, 1],
    [
      [-5, -5],
      [0.5, 5],
    ],
    0.25,
    [0.5, 0.25],
  ),
  problem(
    'Rosenbrock from a bound',
    42,
    rosenbrock,
    [-1, 2],
    [
      [-1, -1],
      [2, 2],
    ],
    0,
    [1, 1],
  ),
];

/** The largest difference of a gradient from central differences, against its own size. */
export function gradientError({ objective, lower, upper }: Problem): number {
  const x = Float64Array.from(lower, (low, i) => 0.4 * Math.max(low, -3) + 0.6 * Math.min(upper[i]!, 3.5));
  const gradient = new Float64Array(x.length);
  objective(x, gradient);
  const unused = new Float64Array(x.length);
  const errors = gradient.map((g, i) => {
    const shifted = (h: number) =>
      objective(
        x.map((xi, j) => (j === i ? xi + h : xi)),
        unused,
      );
    const h = 1e-5;
    return abs((shifted(h) - shifted(-h)) / (2 * h) - g) / (1 + abs(g));
  });
  return Math.max(...errors);
}
