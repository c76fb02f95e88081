import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { goldenSection, lbfgsb, nelderMead, Philox, syrk, matrix } from '../src/index.js';

function rosenbrock(x: Float64Array, gradient: Float64Array): number {
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

const box = (d: number, lower: number, upper: number) => ({
  lower: new Array<number>(d).fill(lower),
  upper: new Array<number>(d).fill(upper),
});

describe('lbfgsb', () => {
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
});

describe('goldenSection', () => {
  it('finds the bottom of a valley', () => {
    const { x } = goldenSection({ objective: (at) => (at - 0.3) ** 2, lower: -4, upper: 9 });
    expect(x).toBeCloseTo(0.3, 7);
  });

  it('refuses bounds in the wrong order', () => {
    expect(() => goldenSection({ objective: (at) => at, lower: 1, upper: 0 })).toThrow(
      'lower must be finite',
    );
  });
});
