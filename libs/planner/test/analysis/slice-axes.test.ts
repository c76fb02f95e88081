import { describe, expect, it } from '@jest/globals';
import type { PlanRequest, Point, SliceRequest, SpaceSpec } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import type { Slice } from '../../src/index.js';
import { coarseTernary, measured, sintering, twoPeaks, window } from '../support.js';
import { answer, inputOf, kept, onSquare, predict } from './support.js';

const { log } = Math;
const furnace = openSpace(sintering).sample(12, Philox.fromSeed('furnace'));
const fired = onSquare({ space: sintering, observations: measured(furnace, window) });
const ask = (asked: Partial<SliceRequest>, campaign: PlanRequest, own = false): Slice =>
  answer(
    { kind: 'slice', axes: ['temperature'], cells: 5, at: null, ...asked },
    inputOf(campaign, { model: own ? kept(campaign).model : null }),
  );
/** Of every kind that has an axis of its own. */
const kinds: SpaceSpec = {
  parameters: [
    { kind: 'integer', name: 'cycles', min: 1, max: 4 },
    { kind: 'levels', name: 'flow', levels: [1, 5, 25], unit: 'ml/min' },
    { kind: 'categorical', name: 'gas', choices: ['Ar', 'O2'] },
    { kind: 'context', name: 'humidity', min: 20, max: 60, usual: 40 },
    {
      kind: 'pool',
      name: 'salt',
      features: ['radius'],
      candidates: ['A', 'B', 'C', 'D'].map((id, i) => ({ id, values: [i] })),
    },
  ],
};
const made = openSpace(kinds).sample(10, Philox.fromSeed('kinds'));
const several = onSquare({
  space: kinds,
  observations: measured(made, ({ cycles, flow }) => (cycles as number) - log(flow as number)),
});

describe('a slice along parameters', () => {
  it('has the mean and the spread that the kept model itself has there, a scale of logarithms included', () => {
    const at = { temperature: 900, time: 60 };
    const { axes, cells } = ask({ axes: ['temperature', 'time'], cells: 4, at }, fired, true);
    expect(axes).toEqual([
      { name: 'temperature', unit: '°C', values: [800, 900, 1000, 1100] },
      {
        ...{ name: 'time', unit: 'min' },
        values: [10, expect.closeTo(10 * 54 ** (1 / 3), 10), expect.closeTo(10 * 54 ** (2 / 3), 10), 540],
      },
    ]);
    // Sixteen places, the first axis the fastest; as models see them in the unit square.
    expect(cells.map(({ coordinates }) => coordinates[0])).toEqual(
      Array.from({ length: 16 }, (_, i) => 800 + 100 * (i % 4)),
    );
    const believed = predict(
      kept(fired).surrogate,
      cells.map(({ coordinates: [temperature, time] }) => [
        ((temperature as number) - 800) / 300,
        log((time as number) / 10) / log(54),
      ]),
    );
    cells.forEach(({ mean, sd }, i) => {
      expect(mean).toBeCloseTo(believed.mean[i]!, 12);
      expect(sd).toBeCloseTo(believed.sd[i]!, 12);
    });
  });

  it('holds the rest where it is told, or where the best result is, and is the same again', () => {
    const best = furnace.reduce((a, b) => (window(b) > window(a) ? b : a));
    const told = ask({}, fired);
    expect(told.at).toEqual(best);
    for (const { point } of told.cells) expect(point['time']).toBe(best['time']);
    expect(ask({}, fired)).toEqual(told);
    const elsewhere = ask({ at: { temperature: 800, time: 540 } }, fired);
    for (const { point } of elsewhere.cells) expect(point['time']).toBe(540);
    expect(elsewhere.cells.map(({ mean }) => mean)).not.toEqual(told.cells.map(({ mean }) => mean));
  });

  it('of a window holds the rest where a result lies inside, not where it is largest', () => {
    const [{ property, transform, unit }] = fired.objectives;
    const objective = { property, transform, unit, goal: 'window' as const, low: 0.2, high: 0.3 };
    const offBy = (point: Point): number => Math.max(0.2 - window(point), window(point) - 0.3, 0);
    const nearest = furnace.reduce((a, b) => (offBy(b) < offBy(a) ? b : a));
    expect(window(nearest)).toBeLessThan(Math.max(...furnace.map(window)));
    expect(ask({}, { ...fired, objectives: [objective] }).at).toEqual(nearest);
  });

  it('is certain where it was measured, and less so away from it', () => {
    const [x] = furnace;
    const { cells } = ask({ axes: ['time'], cells: 30, at: x! }, fired);
    const away = cells.map(({ point }) => Math.abs(log((point['time'] as number) / (x!['time'] as number))));
    const nearest = away.indexOf(Math.min(...away));
    const farthest = away.indexOf(Math.max(...away));
    expect(cells[nearest]!.sd!).toBeLessThan(cells[farthest]!.sd!);
  });

  it.each<[string, readonly (number | string)[], string | null]>([
    ['cycles', [1, 2, 3, 4], null],
    ['flow', [1, 5, 25], 'ml/min'],
    ['gas', ['Ar', 'O2'], null],
    ['humidity', [20, 23, 27, 30, 33, 37, 40, 43, 47, 50, 53, 57, 60], null],
    ['salt', ['A', 'B', 'C', 'D'], null],
  ])('along %s takes each of its values once', (name, values, unit) => {
    const { axes, cells } = ask({ axes: [name], cells: 13 }, several);
    const [axis] = axes;
    expect(axis).toMatchObject({ name, unit });
    expect(axis!.values.map((value) => (typeof value === 'number' ? Math.round(value) : value))).toEqual(
      values,
    );
    expect(cells.map(({ point }) => point[name])).toEqual(axis!.values);
    for (const { mean, sd } of cells) expect([mean, sd]).toEqual([expect.any(Number), expect.any(Number)]);
  });

  it('of a long pool shows as many candidates as there are cells', () => {
    expect(ask({ axes: ['salt', 'gas'], cells: 3 }, several).axes.map(({ values }) => values)).toEqual([
      ['A', 'B', 'C'],
      ['Ar', 'O2'],
    ]);
  });

  it('believes nothing where a constraint allows nothing', () => {
    const parameters = [...sintering.parameters];
    const constraints = [
      { kind: 'linear', terms: [{ of: 'temperature', times: 1 }], relation: '<=', bound: 950 },
    ] as const;
    const cool = furnace.filter(({ temperature }) => (temperature as number) <= 950);
    const campaign = onSquare({ space: { parameters, constraints }, observations: measured(cool, window) });
    const { cells } = ask({ cells: 7, worth: { score: 'sd', beta: 1 } }, campaign);
    expect(cells.map(({ mean }) => mean === null)).toEqual([false, false, false, false, true, true, true]);
    expect(cells.map(({ score }) => score === null)).toEqual([false, false, false, false, true, true, true]);
    expect(cells.at(-1)).toMatchObject({ mean: null, sd: null, score: null, feasible: null });
  });
});

describe('a slice along a component', () => {
  const recipes = openSpace(coarseTernary).sample(10, Philox.fromSeed('recipes'));
  const campaign = onSquare({ space: coarseTernary, observations: measured(recipes, twoPeaks) });
  const fractionsAt = (at: readonly [number, number, number]): Point => ({
    composition: { Li3PO4: at[0], Li3BO3: at[1], Li2SO4: at[2] },
  });
  const along = (at: Point): readonly (readonly number[])[] =>
    ask({ axes: ['composition.Li2SO4'], cells: 3, at }, campaign).cells.map(({ point }) =>
      Object.values(point['composition'] as Record<string, number>),
    );

  it('lets the others keep their proportions', () => {
    const [none, half, all] = along(fractionsAt([0.6, 0.2, 0.2]));
    expect(none).toEqual([expect.closeTo(0.75, 12), expect.closeTo(0.25, 12), 0]);
    expect(half).toEqual([expect.closeTo(0.375, 12), expect.closeTo(0.125, 12), 0.5]);
    expect(all).toEqual([0, 0, 1]);
  });

  it('shares evenly what is left where there is none of the others', () => {
    expect(along(fractionsAt([0, 0, 1]))).toEqual([
      [0.5, 0.5, 0],
      [0.25, 0.25, 0.5],
      [0, 0, 1],
    ]);
  });
});

describe('a slice is refused', () => {
  it.each([
    [['pressure'], 'there is no axis "pressure"; known are temperature, time'],
    [
      ['temperature', 'time', 'temperature'],
      /^axes are temperature, time, temperature; a slice is along one/,
    ],
  ])('along %j', (axes, message) => {
    expect(() => ask({ axes }, fired)).toThrow(message);
  });

  it('along a mixture as a whole: its components are known', () => {
    const recipes = openSpace(coarseTernary).sample(5, Philox.fromSeed('recipes'));
    const campaign = onSquare({ space: coarseTernary, observations: measured(recipes, twoPeaks) });
    expect(() => ask({ axes: ['composition'] }, campaign)).toThrow(
      'there is no axis "composition"; known are composition.Li3PO4, composition.Li3BO3, composition.Li2SO4',
    );
  });

  it('at a point that the space does not have, and of fewer than three results', () => {
    expect(() => ask({ at: { temperature: 700, time: 60 } }, fired)).toThrow(/temperature is 700/);
    const two = { ...fired, observations: fired.observations.slice(0, 2) };
    expect(() => ask({}, two)).toThrow('the campaign has 2 accepted results; a model needs at least 3');
    const one = { ...fired, observations: fired.observations.slice(0, 1) };
    expect(() => ask({}, one)).toThrow('the campaign has 1 accepted result; a model needs at least 3');
  });
});

describe('what places of a slice are worth', () => {
  it('is a spread as the model has it', () => {
    const { cells } = ask({ cells: 9, worth: { score: 'sd', beta: 2 } }, fired);
    for (const { sd, score, feasible } of cells) {
      expect(score).toBeCloseTo(sd!, 12);
      expect(feasible).toBe(1);
    }
  });
});
