import { expect, it } from '@jest/globals';
import {
  costSentence,
  limitSentence,
  limitsKept,
  priceAt,
  spentOn,
  standingsOf,
} from '../src/pages/campaign/goals/goals.js';
import { pointCells, tableWithPoints } from '../src/format/point-cells.js';
import { drawnTree, leafLabel } from '../src/plots/dendrogram.js';

const measurement = (property: string, value: number, status = 'accepted') => ({ property, value, status });
const row = (number: number, state: string, ...measurements: ReturnType<typeof measurement>[]) => ({
  ...{ number, state, measurements },
  point: { salt: { LiCl: number / 10, LiBr: 1 - number / 10 }, gas: number % 2 ? 'H2' : 'N2', time: number },
});
const rows = [
  row(1, 'accepted', measurement('sigma', 1), measurement('sigma', 3), measurement('density', 4)),
  row(
    2,
    'accepted',
    measurement('sigma', 5),
    measurement('sigma', 90, 'excluded'),
    measurement('density', 2),
  ),
  row(3, 'failed_sample', measurement('density', 9)),
  row(4, 'cancelled'),
] as never;
const goal = (property: string, aim: string, low: number | null = null, high: number | null = null) =>
  ({ property, goal: aim, unit: '', transform: 'none', temperatureC: null, low, high }) as never;

it('each goal has its best by itself, and a window what lies nearest and how much lies inside', () => {
  const [most, least, near] = standingsOf(
    [goal('sigma', 'maximise'), goal('sigma', 'minimise'), goal('density', 'window', 2.5, 3.4)],
    rows,
  );
  expect(most).toMatchObject({ best: { value: 5, number: 2 }, inside: null, measured: 2 });
  expect(least).toMatchObject({ best: { value: 2, number: 1 } });
  expect(near).toMatchObject({ best: { value: 2, number: 2 }, inside: 0, measured: 2 });
});

it('limits say how many measured experiments keep to them', () => {
  const limit = { property: 'density', unit: 'g/cm³', transform: 'none', low: 3, high: null } as const;
  expect(limitsKept([limit], rows)[0]).toMatchObject({ kept: 2, measured: 3 });
  expect(limitSentence(limit)).toBe('density at least 3.00 g/cm³');
  expect(limitSentence({ ...limit, high: 4 })).toBe('density between 3.00 and 4.00 g/cm³');
});

it('what experiments cost is added up, without those that were not made', () => {
  const term = { component: null, perUnit: null, of: null };
  const cost = {
    base: 1,
    budget: 50,
    per: [
      { ...term, parameter: 'time', perUnit: 2 },
      { ...term, parameter: 'salt', component: 'LiBr', perUnit: 10 },
      { ...term, parameter: 'gas', of: { H2: 3 } },
    ],
  } as never;
  const at = { salt: { LiCl: 0.1, LiBr: 0.9 }, gas: 'H2', time: 1 };
  expect(priceAt(cost, at)).toBeCloseTo(1 + 2 + 9 + 3, 12);
  expect(spentOn(cost, rows)).toBeCloseTo(15 + (1 + 4 + 8) + (1 + 6 + 7 + 3), 12);
  expect(costSentence(cost)).toContain('3.00 for H2 as gas');
});

it('points become cells, each part of a mixture in a column of its own', () => {
  expect(pointCells({ salt: { LiCl: 0.25 }, gas: 'H2', dry: true, time: null })).toEqual([
    ['salt.LiCl', 0.25],
    ['gas', 'H2'],
    ['dry', 'true'],
    ['time', null],
  ]);
  const table = tableWithPoints(
    [{ point: { a: 1 } }, { point: { b: 2 } }],
    [['no.', () => 7]],
    [['end', () => null]],
  );
  expect(table).toEqual({
    columns: ['no.', 'a', 'b', 'end'],
    rows: [
      [7, 1, null, null],
      [7, null, 2, null],
    ],
  });
});

it('a tree is drawn so that no branches cross: each parent between its children, and no lower than they', () => {
  const leaves = [[3], [1, 5, 8, 9], [2], [4]].map((numbers) => ({ numbers }));
  const merges = [
    { left: 0, right: 2, height: 1 },
    { left: 1, right: 3, height: 2 },
    { left: 4, right: 5, height: 4 },
  ];
  const { rows: drawn, merges: joined } = drawnTree({ leaves, merges });
  expect(drawn.map(({ label }) => label)).toEqual(['3', '2', '1, 5, 8 and 1 more', '4']);
  expect(joined.map(({ row: at }) => at)).toEqual([0.5, 2.5, 1.5]);
  expect(joined[2]!.experiments).toEqual([3, 2, 1, 5, 8, 9, 4]);
  for (const { from, height } of joined) for (const one of from) expect(one.height).toBeLessThan(height);
  expect(leafLabel([7])).toBe('7');
});
