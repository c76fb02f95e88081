import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { goldenSection, lbfgsb, nelderMead, Philox, syrk, matrix } from '../src/index.js';
import { gradientError, problems, rosenbrock } from './problems.js';

const box = (d: number, lower: number, upper: number) => ({
  lower: new Array<number>(d).fill(lower),
  upper: new Array<number>(d).fill(upper),
});

describe.each(problems)('lbfgsb on $name', (problem) => {
  const run = (more: object = {}) => lbfgsb({ ...problem, maxIterations: 500, ...more });

  it('is asked with the gradient of the value', () => {
    expect(gradientError(problem)).toBeLessThan(1e-6);
  });

  it('finds the known minimum, within the bounds', () => {
    for (const firstStep of [1, Infinity]) {
      const { x, value, converged } = run({ firstStep, valueTolerance: 0 });
      expect(converged).toBe(true);
      expect(Math.abs(value - problem.minimum)).toBeLessThan(1e-8 * Math.max(1, Math.abs(problem.minimum)));
      problem.at?.forEach((xi, i) => expect(Math.abs(x[i]! - xi)).toBeLessThan(1e-5));
      x.forEach((xi, i) => expect(xi >= problem.lower[i]! && xi <= problem.upper[i]!).toBe(true));
    }
  });

  it('takes no more than half as many evaluations again as scipy', () => {
    expect(run({ firstStep: Infinity }).evaluations).toBeLessThanOrEqual(1.5 * problem.scipy);
  });

  it('meets the optimality conditions at bounds exactly', () => {
    const { x, gradient } = run({ valueTolerance: 0 });
    x.forEach((xi, i) => {
      if (xi === problem.lower[i]) expect(gradient[i]!).toBeGreaterThanOrEqual(-1e-6);
      else if (xi === problem.upper[i]) expect(gradient[i]!).toBeLessThanOrEqual(1e-6);
      else expect(Math.abs(gradient[i]!)).toBeLessThanOrEqual(1e-6);
    });
  });

  it('gives the same bits again', () => {
    expect(run()).toEqual(run());
  });

  it('finds it with a memory of three steps, and from a start outside the bounds', () => {
    const few = run({ memory: 3, maxIterations: 5000, valueTolerance: 0 });
    expect(Math.abs(few.value - problem.minimum)).toBeLessThan(1e-8 * Math.max(1, Math.abs(problem.minimum)));
    const outside = run({ start: problem.start.map(() => -1e6) });
    outside.x.forEach((xi, i) => expect(xi >= problem.lower[i]! && xi <= problem.upper[i]!).toBe(true));
  });
});

describe('lbfgsb', () => {
  it('takes little more than scipy does over all problems, with its own first step too', () => {
    const ours = problems.map((problem) => lbfgsb({ ...problem, maxIterations: 500 }).evaluations);
    const ratios = problems.map(({ scipy }, i) => Math.log(ours[i]! / scipy));
    expect(Math.exp(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length)).toBeLessThan(1.15);
  });

  it('follows a straight slope to the bound in a few growing steps', () => {
    const objective = (x: Float64Array, gradient: Float64Array) => {
      gradient.set([1e-3, -1]);
      return 1e-3 * x[0]! - x[1]!;
    };
    const { x, evaluations } = lbfgsb({ objective, lower: [-1e4, -1], upper: [1e4, 1e4], start: [0, 0] });
    expect([...x]).toEqual([-1e4, 1e4]);
    expect(evaluations).toBeLessThan(30);
  });

  it('stays in a point that all bounds hold, and takes no dimensions', () => {
    const held = lbfgsb({ objective: rosenbrock, lower: [2, 3], upper: [2, 3], start: [0, 0] });
    expect([...held.x]).toEqual([2, 3]);
    expect(held).toMatchObject({ evaluations: 1, converged: true });
    expect(lbfgsb({ objective: () => 3, lower: [], upper: [], start: [] })).toMatchObject({ value: 3 });
  });

  it('works without bounds', () => {
    const result = lbfgsb({
      objective: rosenbrock,
      ...box(4, -Infinity, Infinity),
      start: [-1.2, 1, -1.2, 1],
    });
    for (const xi of result.x) expect(Math.abs(xi - 1)).toBeLessThan(1e-5);
  });

  it.each([NaN, Infinity, -Infinity])('steps back from a wall of %d', (wall) => {
    // The minimum of −ln(1 − |x|²) + (x₀ − 2)² lies near the wall |x| = 1.
    const objective = ([x, y]: Float64Array, gradient: Float64Array) => {
      const room = 1 - x! * x! - y! * y!;
      gradient.set([(2 * x!) / room + 2 * (x! - 2), (2 * y!) / room]);
      return room > 0 ? -Math.log(room) + (x! - 2) ** 2 : wall;
    };
    const { x, converged } = lbfgsb({ objective, ...box(2, -9, 9), start: [-0.5, 0.3], firstStep: Infinity });
    expect(converged).toBe(true);
    // x/(1 − x²) = 2 − x
    const root = x[0]!;
    expect(Math.abs(root / (1 - root * root) - (2 - root))).toBeLessThan(1e-5);
    expect(Math.abs(x[1]!)).toBeLessThan(1e-6);
  });

  it('says that the line search failed where the gradient is not that of the value', () => {
    const objective = (x: Float64Array, gradient: Float64Array) => {
      gradient[0] = -1;
      return x[0]!;
    };
    const result = lbfgsb({ objective, ...box(1, -5, 5), start: [0] });
    expect(result).toMatchObject({ reason: 'line search', converged: false });
    expect(result.x[0]).toBe(0);
  });

  it.each([2, 5, 10])('finds the minimum of the Rosenbrock function in %d dimensions', (d) => {
    const start = Array.from({ length: d }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
    const { x, value, converged } = lbfgsb({ objective: rosenbrock, ...box(d, -5, 5), start });
    expect(converged).toBe(true);
    if (value < 1) for (const xi of x) expect(Math.abs(xi - 1)).toBeLessThan(1e-5);
    expect(value).toBeLessThan(d === 2 ? 1e-12 : 4);
  });

  it('stops at a bound where the minimum lies outside', () => {
    const result = lbfgsb({ objective: rosenbrock, lower: [-5, -5], upper: [0.5, 5], start: [-1.2, 1] });
    expect(result.x[0]).toBe(0.5);
    expect(Math.abs(result.x[1]! - 0.25)).toBeLessThan(1e-7);
    expect(result.converged).toBe(true);
  });

  it('meets the optimality conditions of bounded convex quadratics', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(), (d, seed) => {
        const rng = Philox.fromSeed(seed);
        const A = syrk(
          matrix(
            d,
            d,
            Float64Array.from({ length: d * d }, () => rng.normal()),
          ),
        );
        for (let i = 0; i < d; i++) A.data[i * d + i]! += 0.5;
        const b = Float64Array.from({ length: d }, () => 2 * rng.normal());
        const objective = (x: Float64Array, gradient: Float64Array) => {
          let value = 0;
          for (let i = 0; i < d; i++) {
            let sum = 0;
            for (let j = 0; j < d; j++) sum += A.data[i * d + j]! * x[j]!;
            gradient[i] = sum - b[i]!;
            value += x[i]! * (0.5 * sum - b[i]!);
          }
          return value;
        };
        const { x, gradient } = lbfgsb({
          objective,
          ...box(d, -0.5, 0.5),
          start: new Array<number>(d).fill(0),
          valueTolerance: 0,
        });
        for (let i = 0; i < d; i++) {
          const g = gradient[i]!;
          if (x[i] === -0.5) expect(g).toBeGreaterThan(-1e-5);
          else if (x[i] === 0.5) expect(g).toBeLessThan(1e-5);
          else expect(Math.abs(g)).toBeLessThan(1e-5);
        }
      }),
    );
  });

  it('gives the same bytes every time, and leaves its start alone', () => {
    const start = Float64Array.of(-1.2, 1);
    const run = () => lbfgsb({ objective: rosenbrock, ...box(2, -5, 5), start });
    expect(run()).toEqual(run());
    expect([...start]).toEqual([-1.2, 1]);
  });

  it('steps back from where the objective is not finite', () => {
    const objective = (x: Float64Array, gradient: Float64Array) => {
      gradient[0] = 1 - 1 / x[0]!;
      return x[0]! > 0 ? x[0]! - Math.log(x[0]!) : NaN;
    };
    const { x } = lbfgsb({ objective, lower: [-10], upper: [10], start: [9] });
    expect(x[0]).toBeCloseTo(1, 5);
  });

  it('keeps the number of iterations asked for', () => {
    const result = lbfgsb({ objective: rosenbrock, ...box(2, -5, 5), start: [-1.2, 1], maxIterations: 3 });
    expect(result).toMatchObject({ iterations: 3, reason: 'iterations', converged: false });
  });

  it('takes a variable that its bounds hold fixed', () => {
    const { x } = lbfgsb({ objective: rosenbrock, lower: [0.3, -5], upper: [0.3, 5], start: [0, 0] });
    expect(x[0]).toBe(0.3);
    expect(x[1]).toBeCloseTo(0.09, 6);
  });

  it('refuses bounds and starts that do not fit, naming them', () => {
    const problem = { objective: rosenbrock, ...box(2, -1, 1), start: [0, 0] };
    expect(() => lbfgsb({ ...problem, lower: [2, 0] })).toThrow(
      'lower must not exceed upper; in dimension 0',
    );
    expect(() => lbfgsb({ ...problem, upper: [2] })).toThrow('upper must hold 2 numbers, not 1');
    expect(() => lbfgsb({ ...problem, start: [NaN, 0] })).toThrow('start must be finite');
    expect(() => lbfgsb({ ...problem, objective: () => NaN })).toThrow('start must be a point where');
    expect(() => lbfgsb({ ...problem, objective: (x, g) => (g.fill(NaN), x[0]!) })).toThrow(
      'start must be a point where the gradient is finite; element 0 is NaN',
    );
    expect(() => lbfgsb({ ...problem, firstStep: 0 })).toThrow('firstStep must be positive, not 0');
  });
});

describe('nelderMead', () => {
  it('finds the minimum of the Rosenbrock function without its gradient', () => {
    const { x, converged } = nelderMead({
      objective: (at) => rosenbrock(at, new Float64Array(2)),
      start: [-1.2, 1],
    });
    expect(converged).toBe(true);
    expect(x[0]).toBeCloseTo(1, 6);
    expect(x[1]).toBeCloseTo(1, 6);
  });

  it('stays within its bounds', () => {
    const { x } = nelderMead({
      objective: (at) => rosenbrock(at, new Float64Array(2)),
      start: [0, 0],
      lower: [-1, -1],
      upper: [0.5, 1],
    });
    expect(x[0]).toBeCloseTo(0.5, 5);
    expect(x[1]).toBeCloseTo(0.25, 4);
  });

  it.each(problems.filter(({ name }) => /Beale|Powell|HS (1|2|3|4|5|38)\b|from a bound|beside/.test(name)))(
    'finds the minimum of $name, where it converges',
    (problem) => {
      const unused = new Float64Array(problem.start.length);
      const found = nelderMead({
        ...problem,
        objective: (x) => problem.objective(x, unused),
        step: 0.5,
        maxEvaluations: 4000,
      });
      expect(found.converged).toBe(true);
      expect(found.value - problem.minimum).toBeLessThan(1e-6);
      found.x.forEach((xi, i) => expect(xi >= problem.lower[i]! && xi <= problem.upper[i]!).toBe(true));
    },
  );

  it('starts with room to move beside a bound, however near the other', () => {
    const { x } = nelderMead({
      objective: (at) => (at[0]! - 0.03) ** 2,
      start: [0.05],
      lower: [0],
      upper: [0.05],
    });
    expect(x[0]).toBeCloseTo(0.03, 6);
  });

  it('keeps what its bounds hold fixed, and counts NaN as worse than anything', () => {
    const objective = ([a, b]: Float64Array) => (b! < 0.2 ? NaN : (a! - 1) ** 2 + b!);
    const { x, value } = nelderMead({ objective, start: [3, 0.5], lower: [2, -1], upper: [2, 1] });
    expect(x[0]).toBe(2);
    expect(value).toBeCloseTo(1.2, 5);
  });

  it('gives the same bits again, and refuses what does not fit', () => {
    const problem = { objective: (x: Float64Array) => x[0]! ** 2 + x[1]! ** 4, start: [1, 2] };
    expect(nelderMead(problem)).toEqual(nelderMead(problem));
    expect(() => nelderMead({ ...problem, start: [NaN, 0] })).toThrow('start must be finite; element 0');
    expect(() => nelderMead({ ...problem, lower: [3, 3], upper: [4, 2] })).toThrow(
      'lower must not exceed upper',
    );
    expect(() => nelderMead({ ...problem, step: 0 })).toThrow('step must be finite and not 0');
    expect(() => nelderMead({ ...problem, start: [] })).toThrow('start must hold at least one number');
  });
});

describe('goldenSection', () => {
  it('finds the bottom of a valley', () => {
    const { x } = goldenSection({ objective: (at) => (at - 0.3) ** 2, lower: -4, upper: 9 });
    expect(x).toBeCloseTo(0.3, 7);
  });

  it('finds a bottom at either end, in an empty interval, and beside NaN', () => {
    expect(goldenSection({ objective: (at) => at, lower: 2, upper: 3 }).x).toBeCloseTo(2, 7);
    expect(goldenSection({ objective: (at) => -at, lower: 2, upper: 3 }).x).toBeCloseTo(3, 7);
    expect(goldenSection({ objective: (at) => at, lower: 2, upper: 2 })).toEqual({ x: 2, value: 2 });
    const objective = (at: number) => (at > 1 ? NaN : (at - 0.8) ** 2);
    expect(goldenSection({ objective, lower: 0, upper: 4 }).x).toBeCloseTo(0.8, 6);
  });

  it('refuses bounds in the wrong order', () => {
    expect(() => goldenSection({ objective: (at) => at, lower: 1, upper: 0 })).toThrow(
      'lower must be finite',
    );
  });
});
