import { describe, expect, test } from '@jest/globals';
import {
  backToFront,
  edgesOf,
  type Four,
  nearness,
  type Seen,
  type Turn,
  turnedFrom,
  turnOf,
  turnText,
  usualTurn,
  viewOf,
} from '../src/plots/quaternary.js';

const turns: readonly Turn[] = [
  { around: 0, over: 0 },
  usualTurn,
  { around: 90, over: 0 },
  { around: 215, over: -40 },
  { around: 359, over: 90 },
];
const pure = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
] as const;
const apart = (p: Seen, q: Seen): number => Math.hypot(p.x - q.x, p.y - q.y, p.depth - q.depth);
const expectAt = (seen: Seen, x: number, y: number, depth: number): void => {
  expect(seen.x).toBeCloseTo(x, 12);
  expect(seen.y).toBeCloseTo(y, 12);
  expect(seen.depth).toBeCloseTo(depth, 12);
};

describe('the tetrahedron', () => {
  test('has the first component on top and the second at the foot, towards the eye', () => {
    const { corners } = viewOf({ around: 0, over: 0 });
    const [a, b, c, d] = corners;
    expectAt(a, 0, 1, 0);
    expectAt(b, 0, -1 / 3, Math.sqrt(8) / 3);
    expectAt(c, -Math.sqrt(2 / 3), -1 / 3, -Math.sqrt(2) / 3);
    expectAt(d, Math.sqrt(2 / 3), -1 / 3, -Math.sqrt(2) / 3);
  });

  test.each(turns)('is regular however it is turned: $around, $over', (turn) => {
    const { corners } = viewOf(turn);
    corners.forEach((p, i) => {
      for (const q of corners.slice(i + 1)) expect(apart(p, q)).toBeCloseTo(Math.sqrt(8 / 3), 12);
      expect(apart(p, { x: 0, y: 0, depth: 0 })).toBeCloseTo(1, 12);
    });
  });

  test.each(turns)(
    'has pure components at its corners, and an even mixture in its middle: $around, $over',
    (turn) => {
      const { corners, place } = viewOf(turn);
      pure.forEach((amounts, i) => expect(apart(place(amounts), corners[i]!)).toBeLessThan(1e-12));
      expectAt(place([0.25, 0.25, 0.25, 0.25]), 0, 0, 0);
    },
  );

  test('a mixture lies between its components, by what it has of each; amounts need not sum to one', () => {
    const { corners, place } = viewOf(usualTurn);
    const [a, b] = corners;
    const between = place([0.75, 0.25, 0, 0]);
    expectAt(between, 0.75 * a.x + 0.25 * b.x, 0.75 * a.y + 0.25 * b.y, 0.75 * a.depth + 0.25 * b.depth);
    expectAt(place([30, 10, 0, 0]), between.x, between.y, between.depth);
  });

  test('what has none of a component lies in the face across from it', () => {
    const { corners, place } = viewOf({ around: 33, over: 21 });
    const [a, b, c, d] = corners;
    const minus = (p: Seen, q: Seen): Four<number> => [p.x - q.x, p.y - q.y, p.depth - q.depth, 0];
    const volume = (p: Seen): number => {
      const [u, v, w] = [minus(c, b), minus(d, b), minus(p, b)];
      return (
        w[0] * (u[1] * v[2] - u[2] * v[1]) -
        w[1] * (u[0] * v[2] - u[2] * v[0]) +
        w[2] * (u[0] * v[1] - u[1] * v[0])
      );
    };
    expect(volume(place([0, 0.5, 0.3, 0.2]))).toBeCloseTo(0, 12);
    expect(Math.abs(volume(place([0.1, 0.5, 0.3, 0.1])) / volume(a))).toBeCloseTo(0.1, 12);
  });
});

describe('turning', () => {
  test('to the right brings what is in front to the right; tipped towards the eye, the top comes near', () => {
    const [, front] = viewOf({ around: 30, over: 0 }).corners;
    expect(front.x).toBeGreaterThan(0.4);
    const [top] = viewOf({ around: 0, over: 30 }).corners;
    expectAt(top, 0, Math.cos(Math.PI / 6), 0.5);
    const [above] = viewOf({ around: 123, over: 90 }).corners;
    expectAt(above, 0, 0, 1);
  });

  test('goes round and round, but not over the top', () => {
    expect(turnedFrom({ around: 350, over: 80 }, 20, 30)).toEqual({ around: 10, over: 90 });
    expect(turnedFrom({ around: 10, over: -80 }, -20, -30)).toEqual({ around: 350, over: -90 });
  });

  test('is written in the address and read from it; what is no turn is the usual one', () => {
    for (const turn of turns) expect(turnOf(turnText(turn))).toEqual(turn);
    expect(turnText(usualTurn)).toBe('');
    expect(turnText({ around: 359.8, over: -0.2 })).toBe('0,0');
    for (const text of ['', '20', 'x,y', '1,2,3', '20,15;']) expect(turnOf(text)).toEqual(usualTurn);
    expect(turnOf('725,99')).toEqual({ around: 5, over: 90 });
  });
});

describe('what is seen', () => {
  test('the nearest is drawn last, and what is given is not changed', () => {
    const at = (name: string, depth: number) => ({ name, seen: { x: 0, y: 0, depth } });
    const marks = [at('near', 0.9), at('far', -0.9), at('middle', 0)];
    expect(backToFront(marks).map(({ name }) => name)).toEqual(['far', 'middle', 'near']);
    expect(marks.map(({ name }) => name)).toEqual(['near', 'far', 'middle']);
    expect(marks.map(({ seen }) => nearness(seen))).toEqual([0.95, expect.closeTo(0.05, 12), 0.5]);
  });

  const between = (turn: Turn): string => {
    const view = viewOf(turn);
    const named = (corner: Seen): string => 'ABCD'[view.corners.indexOf(corner)] ?? '?';
    return edgesOf(view)
      .filter(({ hidden }) => hidden)
      .map(({ from, to }) => named(from) + named(to))
      .join(' ');
  };

  test('edges behind the body are those of a corner that is far away, or one of two that cross', () => {
    expect(edgesOf(viewOf(usualTurn))).toHaveLength(6);
    // From below, the top is the far corner.
    expect(between({ around: 0, over: -90 })).toBe('AB AC AD');
    // From above, the face at the foot is behind, and its edges are the outline.
    expect(between({ around: 0, over: 90 })).toBe('');
    // With B in front: only the edge at the back crosses behind the body.
    expect(between({ around: 0, over: 20 })).toBe('CD');
  });
});
