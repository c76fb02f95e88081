import { describe, expect, test } from '@jest/globals';
import { bytesText } from '../src/format/bytes.js';
import { decadeText, namedPoints, nyquistOf, sizeOf } from '../src/plots/nyquist.js';

const point = (frequencyHz: number, realOhm: number, imaginaryOhm: number) => ({
  frequencyHz,
  realOhm,
  imaginaryOhm,
});

describe('a Nyquist plot', () => {
  const spectrum = [
    point(1.02e6, 10, -90),
    point(4e4, 1500, -1300),
    point(1e3, 2600, -100),
    point(1.3, 3000, -900),
  ];

  test('is drawn upwards, in a unit that reads well', () => {
    const { points, unit, x, y } = nyquistOf(spectrum);
    expect(unit).toBe('kΩ');
    expect(points[1]).toMatchObject({ x: 1.5, y: 1.3, frequencyHz: 4e4 });
    expect(x).toEqual([0, 3.18]);
    expect(y[0]).toBe(0);
    expect(y[1]).toBeGreaterThan(1.3);
  });

  test('names the powers of ten that a point is near to', () => {
    expect(nyquistOf(spectrum).points.map(({ decade }) => decade)).toEqual([6, null, 3, null]);
    const close = nyquistOf([point(1.1e3, 1, -1), point(1.01e3, 2, -1), point(0.95e3, 3, -1)]);
    expect(close.points.map(({ decade }) => decade)).toEqual([null, 3, null]);
  });

  test('writes none over another', () => {
    const foot = [point(1e6, 10, -50), point(1e3, 2600, -30), point(1e2, 2650, -20), point(10, 2700, -900)];
    expect(nyquistOf(foot).points.map(({ decade }) => decade)).toEqual([6, 3, null, 1]);
  });

  test('shows an inductive tail below the axis, and has room even for one point', () => {
    expect(nyquistOf([point(1e6, 5, 40), point(1e3, 100, -50)]).y[0]).toBeLessThan(-40);
    const alone = nyquistOf([point(1, 0, 0)]);
    expect(alone.x[1]).toBeGreaterThan(alone.x[0]);
    expect(alone.y[1]).toBeGreaterThan(alone.y[0]);
  });

  test('has one scale for both axes, whatever its shape', () => {
    for (const [x, y] of [
      [
        [0, 10],
        [0, 2],
      ],
      [
        [0, 2],
        [0, 50],
      ],
      [
        [-1, 1],
        [-1, 1],
      ],
    ] as const) {
      const { width, height } = sizeOf({ x, y }, { width: 600, height: 360 });
      expect(width / (x[1] - x[0])).toBeCloseTo(height / (y[1] - y[0]), 9);
      expect(width).toBeLessThanOrEqual(600 + 1e-9);
      expect(height).toBeLessThanOrEqual(360 + 1e-9);
    }
  });

  test('writes no name over another', () => {
    const marked = [
      { x: 0, y: 0, frequencyHz: 1e6, decade: 6 },
      { x: 50, y: 5, frequencyHz: 1e5, decade: 5 },
      { x: 50, y: 50, frequencyHz: 1e4, decade: 4 },
      { x: 60, y: 60, frequencyHz: 1e3, decade: null },
    ];
    const named = (width: number, height: number): readonly (number | null)[] =>
      namedPoints({ points: marked, x: [0, 100], y: [0, 100] }, { width, height }).map(
        ({ decade }) => decade,
      );
    expect(named(400, 200)).toEqual([6, 5, 4]);
    expect(named(100, 100)).toEqual([6, 4]);
    expect(named(100, 20)).toEqual([6]);
  });

  test.each([
    [6, '1 MHz'],
    [4, '10 kHz'],
    [0, '1 Hz'],
    [-2, '10 mHz'],
    [-4, '0.1 mHz'],
    [11, '100 GHz'],
  ])('writes the power %d as %s', (decade, text) => {
    expect(decadeText(decade)).toBe(text);
  });
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [3214, '3.2 kB'],
  [256_000_000, '260 MB'],
  [1.5e15, '1500 TB'],
])('%d bytes are written as %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
