import { describe, expect, test } from '@jest/globals';
import { areaOf, isobands } from '../src/plots/isobands.js';
import { planeMesh, ternaryMesh } from '../src/plots/mesh.js';
import { gridlines, height, place } from '../src/plots/ternary.js';

/** A triangular lattice over what the minima leave, fractions as the server computes them. */
function lattice(n: number, minima: readonly [number, number, number] = [0, 0, 0]) {
  const free = 1 - minima[0] - minima[1] - minima[2];
  const points = [];
  for (let i = 0; i <= n; i++) {
    for (let j = 0; i + j <= n; j++) {
      const [a, b, c] = [i, j, n - i - j].map((count, k) => minima[k]! + (free * count) / n);
      points.push({ a: a!, b: b!, c: c!, value: a! * 2 - b! });
    }
  }
  return points;
}

const total = (polygons: readonly (readonly { x: number; y: number }[])[]): number =>
  polygons.reduce((sum, polygon) => sum + areaOf(polygon), 0);

describe('the ternary plot', () => {
  test('pure components are the corners of an equilateral triangle', () => {
    expect(place(1, 0, 0)).toEqual({ x: 0.5, y: height });
    expect(place(0, 1, 0)).toEqual({ x: 1, y: 0 });
    expect(place(0, 0, 1)).toEqual({ x: 0, y: 0 });
  });

  test('amounts need not sum to one', () => {
    expect(place(25, 14, 61)).toEqual(place(0.25, 0.14, 0.61));
  });

  test('a line of equal a is level', () => {
    const [line] = gridlines([0.4]);
    expect(line?.y1).toBeCloseTo(0.4 * height, 12);
    expect(line?.y2).toBeCloseTo(0.4 * height, 12);
  });
});

describe('meshes', () => {
  test.each([1, 7, 40])('a lattice of %d cells a side covers the triangle with n² triangles', (n) => {
    const mesh = ternaryMesh(lattice(n));
    expect(mesh).toHaveLength(n * n);
    expect(total(mesh)).toBeCloseTo(height / 2, 10);
  });

  test('minima leave a smaller triangle', () => {
    const mesh = ternaryMesh(lattice(30, [0.2, 0.1, 0.1]));
    expect(mesh).toHaveLength(900);
    expect(total(mesh)).toBeCloseTo((height / 2) * 0.6 ** 2, 10);
  });

  test('maxima leave a gap', () => {
    const mesh = ternaryMesh(lattice(10).filter(({ a }) => a <= 0.5 + 1e-9));
    expect(total(mesh)).toBeCloseTo((height / 2) * 0.75, 10);
  });

  test('a rectangular grid is covered, whatever its spacing', () => {
    const points = [800, 850, 1000].flatMap((x) => [10, 60, 540].map((y) => ({ x, y, value: x + y })));
    expect(total(planeMesh(points))).toBeCloseTo(200 * 530, 6);
  });

  test('one point or none has no mesh', () => {
    expect(ternaryMesh([])).toEqual([]);
    expect(ternaryMesh([{ a: 1, b: 0, c: 0, value: 1 }])).toEqual([]);
  });
});

describe('isobands', () => {
  test('together they cover the field, each point once', () => {
    const bands = isobands(ternaryMesh(lattice(12)), [-1, 2], 9);
    expect(total(bands.flatMap(({ polygons }) => polygons))).toBeCloseTo(height / 2, 10);
  });

  test('a band holds its values alone', () => {
    for (const { low, high, polygons } of isobands(ternaryMesh(lattice(9)), [-1, 2], 5)) {
      for (const { value } of polygons.flat()) {
        expect(value).toBeGreaterThanOrEqual(low - 1e-12);
        expect(value).toBeLessThanOrEqual(high + 1e-12);
      }
    }
  });

  test('a level field is one band', () => {
    const flat = lattice(3).map((point) => ({ ...point, value: 5 }));
    const bands = isobands(ternaryMesh(flat), [4, 6], 2);
    expect(Math.max(...bands.map(({ polygons }) => total(polygons)))).toBeCloseTo(height / 2, 10);
  });
});
