import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dimensionsOf, readSpace } from '../src/api/space.js';
import { coverageOf, emptiestOf } from '../src/plots/coverage.js';
import { distance, nearestOf, shareOf } from '../src/plots/distance.js';
import type { MapPoint } from '../src/plots/map-data.js';
import { bestShare, parallelOf } from '../src/plots/parallel.js';
import { across, chosenSlice, sliceAxes } from '../src/pages/campaign/space/slice-axes.js';
import { type Direction, directionOf, nearestSpot, stepFrom } from '../src/plots/probe.js';

const space = readSpace({
  parameters: [
    { kind: 'continuous', name: 'T', min: 0, max: 100, unit: '°C' },
    { kind: 'continuous', name: 'p', min: 0.01, max: 100, scale: 'log', unit: 'bar' },
    { kind: 'categorical', name: 'gas', choices: ['Ar', 'N2', 'air'] },
  ],
});
const axes = dimensionsOf(space);
const objective = {
  property: 'ionic_conductivity',
  goal: 'maximise',
  transform: 'log10',
  unit: 'S/cm',
  temperatureC: 25,
} as const;
const at = (
  experiment: number,
  T: number,
  p: number,
  gas: string,
  value: number | null,
  kind: MapPoint['kind'] = 'measured',
): MapPoint => ({ experiment, kind, label: '', what: '', point: { T, p, gas }, value });
const points = [
  at(1, 0, 0.01, 'Ar', 1e-6),
  at(2, 50, 1, 'Ar', 1e-4),
  at(3, 100, 100, 'air', 1e-2, 'best'),
  at(4, 95, 100, 'air', null, 'failed'),
];
const write = (value: number): string => String(Number(value.toPrecision(3)));

describe('where a value stands in its range', () => {
  test('goes by its scale', () => {
    const shares = axes.map((axis) => shareOf(axis, axis.of(points[1]?.point) ?? NaN));
    for (const [i, share] of [0.5, 0.5, 0].entries()) expect(shares[i]).toBeCloseTo(share, 12);
  });

  test('a distance is that of the dimension that differs most; other choices are as far as can be', () => {
    const [a, b, c] = points.map(({ point }) => point);
    expect(distance(axes, a, b)).toBeCloseTo(0.5, 12);
    expect(distance(axes, b, c)).toBe(1);
    expect(distance(axes, a, a)).toBe(0);
    expect(nearestOf(axes, { T: 60, p: 1, gas: 'Ar' }, points)?.point.experiment).toBe(2);
    expect(nearestOf(axes, { T: 60 }, [])).toBeNull();
  });
});

describe('coverage', () => {
  test('counts the experiments in ten parts of a range, ends included', () => {
    const [temperature, pressure] = axes;
    if (!temperature || !pressure) throw new Error('there are two');
    const { cells, reached } = coverageOf(temperature, points, write);
    expect(cells.map(({ count }) => count)).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 2]);
    expect(reached).toBe(3);
    expect(cells[5]?.text).toBe('50 to 60');
    expect(coverageOf(pressure, points, write).cells[5]?.text).toBe('1 to 2.51');
  });

  test('has a part for each choice', () => {
    const gas = axes[2];
    if (!gas) throw new Error('there is a gas');
    expect(coverageOf(gas, points, write).cells.map(({ text, count }) => [text, count])).toEqual([
      ['Ar', 2],
      ['N2', 0],
      ['air', 2],
    ]);
  });

  test('finds the place that is farthest from everything that was tried', () => {
    const line = axes.slice(0, 1);
    const places = [0, 25, 70, 100].map((T) => ({ T }));
    expect(emptiestOf(line, places, points)).toEqual({ point: { T: 25 }, distance: 0.25 });
    expect(emptiestOf(line, places, [])).toBeNull();
  });
});

describe('parallel coordinates', () => {
  const { axes: drawn, lines } = parallelOf(axes, objective, points, write);

  test('have an axis a dimension and one for the value, on the scale of the models', () => {
    expect(drawn.map(({ name, marks }) => [name, marks.map((mark) => mark.text)])).toEqual([
      ['T', ['0', '100']],
      ['p', ['0.01', '100']],
      ['gas', ['Ar', 'N2', 'air']],
      ['ionic_conductivity', ['0.000001', '0.01']],
    ]);
    const middle = lines.find(({ experiment }) => experiment === 2);
    expect(middle?.at[3]).toBeCloseTo(0.5, 12);
  });

  test('draw the best last and what has no result first', () => {
    expect(lines.map(({ experiment }) => experiment)).toEqual([4, 1, 2, 3]);
    expect(lines[0]?.at.at(-1)).toBeNull();
  });

  test('where less is better the lowest is the best', () => {
    const least = parallelOf(axes, { ...objective, goal: 'minimise' }, points, write);
    expect(least.lines.at(-1)?.experiment).toBe(1);
  });

  test('the best share of the results holds at least one', () => {
    expect([...bestShare(lines, 0.1)]).toEqual([3]);
    expect(bestShare(lines, 1).size).toBe(3);
    expect(bestShare([], 1).size).toBe(0);
  });
});

describe('reading a map', () => {
  const grid = Array.from({ length: 25 }, (_, i) => ({ x: (i % 5) * 20, y: Math.floor(i / 5) * 20 }));

  test('the nearest place is found, none where all are too far', () => {
    expect(nearestSpot(grid, { x: 41, y: 22 })).toBe(7);
    expect(nearestSpot(grid, { x: 500, y: 0 }, 40)).toBeNull();
    expect(nearestSpot([], { x: 0, y: 0 })).toBeNull();
  });

  test('arrow keys walk along a row and stay at its end', () => {
    expect(stepFrom(grid, 7, 'right')).toBe(8);
    expect(stepFrom(grid, 7, 'up')).toBe(2);
    expect(stepFrom(grid, 2, 'up')).toBe(2);
    expect(directionOf('ArrowDown')).toBe('down');
    expect(directionOf('Tab')).toBeNull();
  });

  test('on any lattice a step never goes the other way, and every way back from the edge is there', () => {
    const directions: readonly Direction[] = ['left', 'right', 'up', 'down'];
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: fc.integer({ min: 0, max: 300 }), y: fc.integer({ min: 0, max: 300 }) }), {
          minLength: 1,
          maxLength: 60,
        }),
        fc.nat(),
        fc.constantFrom(...directions),
        (spots, seed, direction) => {
          const from = seed % spots.length;
          const to = stepFrom(spots, from, direction);
          const [a, b] = [spots[from], spots[to]];
          if (!a || !b) return false;
          if (to === from) return true;
          const gone = { left: a.x - b.x, right: b.x - a.x, up: a.y - b.y, down: b.y - a.y }[direction];
          return gone > 0;
        },
      ),
    );
  });
});

describe('slices', () => {
  const mixed = sliceAxes(
    readSpace({
      parameters: [
        { kind: 'mixture', name: 'salts', components: ['A', 'B', 'C', 'D'].map((name) => ({ name })) },
        { kind: 'continuous', name: 'T', min: 0, max: 1 },
        { kind: 'categorical', name: 'gas', choices: ['Ar', 'air'] },
        { kind: 'integer', name: 'n', min: 1, max: 9 },
      ],
    }),
  );
  const keysOf = (axes: readonly { readonly key: string }[]): string => axes.map(({ key }) => key).join('|');

  test('go along parameters that are numbers, and along components by the name that the API gives them', () => {
    expect(mixed.map(({ key }) => key)).toEqual(['salts.A', 'salts.B', 'salts.C', 'salts.D', 'T', 'n']);
  });

  test('a parameter goes with another, a component with two or three of its mixture', () => {
    const [a, , , , temperature] = mixed;
    if (!a || !temperature) throw new Error('both are there');
    expect(across(mixed, temperature).map(keysOf)).toEqual(['', 'n']);
    expect(across(mixed, a).map(keysOf)).toEqual([
      '',
      'salts.B|salts.C',
      'salts.B|salts.D',
      'salts.C|salts.D',
      'salts.B|salts.C|salts.D',
    ]);
  });

  test('an address that the space does not have gives the first that shows most', () => {
    expect(keysOf(chosenSlice(mixed, ['n', 'T']))).toBe('n|T');
    expect(keysOf(chosenSlice(mixed, ['T']))).toBe('T');
    expect(keysOf(chosenSlice(mixed, ['salts.D', 'salts.A', 'salts.B']))).toBe('salts.D|salts.A|salts.B');
    expect(keysOf(chosenSlice(mixed, ['T', 'salts.A']))).toBe('salts.A|salts.B|salts.C|salts.D');
    expect(keysOf(chosenSlice(mixed, ['']))).toBe('salts.A|salts.B|salts.C|salts.D');
    expect(chosenSlice([], ['T'])).toEqual([]);
  });

  test('a mixture of four is drawn whole by itself, and one of more as a triangle', () => {
    const mixtureOf = (...names: string[]) =>
      sliceAxes(
        readSpace({
          parameters: [{ kind: 'mixture', name: 'm', components: names.map((name) => ({ name })) }],
        }),
      );
    const usual = (...names: string[]): string => keysOf(chosenSlice(mixtureOf(...names), []));
    expect(usual('A', 'B', 'C')).toBe('m.A|m.B|m.C');
    expect(usual('A', 'B', 'C', 'D')).toBe('m.A|m.B|m.C|m.D');
    expect(usual('A', 'B', 'C', 'D', 'E')).toBe('m.A|m.B|m.C');
    const five = mixtureOf('A', 'B', 'C', 'D', 'E');
    expect(keysOf(chosenSlice(five, ['m.B', 'm.C', 'm.D', 'm.E']))).toBe('m.B|m.C|m.D|m.E');
    // Of very many the list of choices stays short: 45 pairs of ten others, and nothing else.
    const many = mixtureOf('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K');
    expect(across(many, many[0] ?? five[0]!)).toHaveLength(46);
  });
});
