import { describe, expect, it } from '@jest/globals';
import type { AnalysisInput, Point, SliceRequest, SpaceSpec } from '@ionloop/domain';
import { analysisTasks, type Slice } from '../src/index.js';
import { measured, request } from './support.js';

const names = ['A', 'B', 'C', 'D'] as const;
type Fractions = Readonly<Record<string, number>>;
const of = (point: Point): Fractions => point['salts'] as Fractions;

const spaceOf = (components: readonly object[]): SpaceSpec =>
  ({ parameters: [{ kind: 'mixture', name: 'salts', step: 0.05, components }] }) as unknown as SpaceSpec;
const four = spaceOf(names.map((name) => ({ name })));
const five = spaceOf([...names, 'E'].map((name) => ({ name })));
/** The more of A the better, and the less of D. */
const truth = (point: Point): number => (of(point)['A'] ?? 0) - 0.5 * (of(point)['D'] ?? 0);

const points = (rows: readonly (readonly number[])[]): readonly Point[] =>
  rows.map((row) => ({
    salts: Object.fromEntries(row.map((fraction, i) => [[...names, 'E'][i]!, fraction])),
  }));
const corners = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
  [0.25, 0.25, 0.25, 0.25],
  [0.5, 0.5, 0, 0],
  [0.5, 0, 0, 0.5],
  [0, 0, 0.5, 0.5],
];

function sliceOf(space: SpaceSpec, tried: readonly Point[], asked: Partial<SliceRequest>): Slice {
  const input: AnalysisInput = {
    plan: request({ space, observations: measured(tried, truth) }),
    model: null,
    numbers: tried.map((_, i) => i + 1),
    measured: [],
    budget: 30,
  };
  const whole: SliceRequest = {
    kind: 'slice',
    axes: names.map((name) => `salts.${name}`),
    cells: 5,
    at: null,
    ...asked,
  };
  return analysisTasks.analyse({ request: whole, input }) as unknown as Slice;
}

describe('a slice over four components', () => {
  it('is a lattice of the whole tetrahedron, in the order of its components', () => {
    const { axes, cells } = sliceOf(four, points(corners), {});
    expect(axes.map(({ name }) => name)).toEqual(['salts.A', 'salts.B', 'salts.C', 'salts.D']);
    // Five places along an edge: C(7, 3) in all, each of them once.
    expect(cells).toHaveLength(35);
    expect(new Set(cells.map(({ coordinates }) => coordinates.join(' '))).size).toBe(35);
    for (const { coordinates, point } of cells) {
      expect(coordinates).toEqual(names.map((name) => of(point)[name]));
      expect((coordinates as number[]).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
    }
    expect(cells[0]?.coordinates).toEqual([0, 0, 0, 1]);
    expect(cells.at(-1)?.coordinates).toEqual([1, 0, 0, 0]);
  });

  it('has what the model learned: the best is the corner of A, the worst that of D', () => {
    const { cells } = sliceOf(four, points(corners), { worth: { score: 'mean', beta: 2 } });
    const means = cells.map(({ mean }) => mean!);
    expect(cells[means.indexOf(Math.max(...means))]?.coordinates).toEqual([1, 0, 0, 0]);
    expect(cells[means.indexOf(Math.min(...means))]?.coordinates).toEqual([0, 0, 0, 1]);
    for (const { mean, sd, score } of cells) {
      expect(sd).toBeGreaterThanOrEqual(0);
      expect(score).toBeCloseTo(mean!, 10);
    }
  });

  it('has no belief where the space allows no point', () => {
    const bounded = spaceOf(names.map((name) => ({ name, ...(name === 'A' && { max: 0.5 }) })));
    const tried = points(corners.filter(([a]) => a! <= 0.5));
    for (const { point, mean } of sliceOf(bounded, tried, {}).cells) {
      expect(mean === null).toBe(of(point)['A']! > 0.5);
    }
  });

  it('shares what a fifth component leaves', () => {
    const tried = points([...corners.map((row) => [...row, 0]), [0, 0, 0, 0, 1], [0.4, 0.1, 0.1, 0, 0.4]]);
    const { cells } = sliceOf(five, tried, { at: tried.at(-1)! });
    expect(cells).toHaveLength(35);
    for (const { point } of cells) expect(of(point)['E']).toBe(0.4);
    expect((cells.at(-1)?.coordinates as number[])[0]).toBeCloseTo(0.6, 12);
  });

  it('names each component once, and all of one mixture', () => {
    const twice = { axes: ['salts.A', 'salts.B', 'salts.C', 'salts.A'] };
    expect(() => sliceOf(four, points(corners), twice)).toThrow(/three or four components of one mixture/);
    const two = { axes: ['salts.A', 'salts.B'] };
    expect(() => sliceOf(four, points(corners), two)).toThrow(/three or four components of one mixture/);
  });
});
