import { describe, expect, test } from '@jest/globals';
import { spanWords } from '../src/format/time.js';
import {
  anything,
  auditFilters,
  filterOf,
  isFiltering,
  joined,
  meets,
  searchOf,
  subjectOf,
} from '../src/pages/campaign/record/filter.js';
import { viewAddress, viewAt } from '../src/pages/campaign/views.js';
import { workOf } from '../src/pages/lab/work.js';
import { busyShare, ganttOf, spanOf, type Work, windowFor } from '../src/plots/gantt.js';

const minute = 60_000;
const work = (station: string, experiment: number, from: number, to: number | null): Work => ({
  id: `${station}/${experiment}`,
  station,
  campaign: 'c',
  experiment,
  label: '',
  how: to === null ? 'running' : 'done',
  what: '',
  from: from * minute,
  started: from * minute,
  to: to === null ? null : to * minute,
});

describe('the work of stations over time', () => {
  const all = [
    work('b', 1, 0, 4),
    work('a', 2, 1, 3),
    work('a', 3, 2, 5),
    work('a', 4, 3, null),
    work('a', 5, -9, -5),
  ];
  const rows = ganttOf(all, { from: 0, to: 10 * minute });

  test('has a row a station, with what goes on at once in lanes', () => {
    expect(rows.map(({ station, lanes }) => [station, lanes])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    expect(rows[0]?.bars.map(({ experiment, lane }) => [experiment, lane])).toEqual([
      [2, 0],
      [3, 1],
      [4, 0],
    ]);
  });

  test('what goes on lasts until now, what is over before is not shown', () => {
    expect(rows[0]?.bars.at(-1)?.end).toBe(10 * minute);
    expect(rows.flatMap(({ bars }) => bars).some(({ experiment }) => experiment === 5)).toBe(false);
  });

  test('a station is busy while anything goes on, each moment once', () => {
    expect(rows.map(({ busy }) => busy)).toEqual([0.9, 0.4]);
    expect(busyShare([], { from: 0, to: 1 })).toBe(0);
    expect(
      busyShare(
        [
          { from: -5, end: 2 },
          { from: 1, end: 50 },
        ],
        { from: 0, to: 10 },
      ),
    ).toBe(1);
  });

  test('the shortest window with something to see is shown', () => {
    const hour = 60 * minute;
    const recent = Array.from({ length: 20 }, (_, i) => work('a', i, i - 20, i - 19));
    expect(windowFor(recent, 0)).toBe('600');
    expect(windowFor([work('a', 1, -300, -299)], 0)).toBe('86400');
    expect(windowFor(recent, 30 * 24 * hour)).toBe('604800');
    expect(windowFor([], 0)).toBe('604800');
  });
});

test('no more time is shown than there was work in, and no more than was asked for', () => {
  const now = 100 * minute;
  expect(spanOf([work('a', 1, 90, 95)], now, 3600)).toEqual({ from: 90 * minute - 0.3 * minute, to: now });
  expect(spanOf([work('a', 1, 10, 95)], now, 600)).toEqual({ from: 90 * minute, to: now });
});

test('attempts become work: what is live has no end, what failed is said to', () => {
  const attempt = {
    id: 'a1',
    state: 'accepted',
    outcome: 'measured',
    stage: 'sinter',
    leasedAt: '2030-01-01T00:00:00Z',
    startedAt: '2030-01-01T00:00:10Z',
    endedAt: '2030-01-01T00:01:00Z',
    lastSeenAt: '2030-01-01T00:00:55Z',
    station: { id: 's', name: 'sim-1' },
  } as const;
  const attempts = [
    attempt,
    { ...attempt, id: 'a2', outcome: 'failed_sample' },
    { ...attempt, id: 'a3', state: 'started', endedAt: null },
    { ...attempt, id: 'a4', state: 'expired', endedAt: null },
    { ...attempt, id: 'a5', station: null },
  ] as const;
  const found = workOf([
    {
      id: 'c1',
      name: 'Garnets',
      experiments: { edges: [{ node: { id: 'e', number: 7, label: 'x', attempts: [...attempts] } }] },
    },
  ]);
  expect(
    found.map(({ id, how, what, to }) => [id, how, what, to === null ? null : (to / 1000) % 3600]),
  ).toEqual([
    ['a1', 'done', 'result accepted', 60],
    ['a2', 'failed', 'result accepted', 60],
    ['a3', 'running', 'sinter', null],
    ['a4', 'lost', 'lease ran out', 55],
  ]);
  expect(found[0]).toMatchObject({ station: 'sim-1', campaign: 'Garnets', experiment: 7 });
});

test.each([
  [0, '0 s'],
  [59_400, '59 s'],
  [61_000, '1 min 1 s'],
  [2 * 60 * minute + 5 * minute, '2 h 5 min'],
  [50 * 60 * minute, '2 d 2 h'],
  [-5, '0 s'],
])('%d ms are written as %s', (milliseconds, words) => {
  expect(spanWords(milliseconds)).toBe(words);
});

describe('the record', () => {
  const idsOf = (number: number): readonly string[] => (number === 7 ? ['e7', 'a1', 'a2'] : []);
  const asked = (filter: Partial<typeof anything>) => auditFilters({ ...anything, ...filter }, idsOf);

  test('is asked for as a whole, by kind and by person', () => {
    expect(asked({})).toEqual([{}]);
    expect(asked({ kind: 'plans', actor: ' Ada ' })).toEqual([
      { types: ['plan.committed', 'campaign.planningFailed'], actors: ['Ada'] },
    ]);
  });

  test('of an experiment by its id and those of its attempts; one that is not there has no events', () => {
    expect(asked({ experiment: '7', actor: 'Ada' })).toEqual(
      ['e7', 'a1', 'a2'].map((about) => ({ about, actors: ['Ada'] })),
    );
    expect(asked({ experiment: '8' })).toEqual([]);
  });

  test('of days: the last one is within', () => {
    const [filter] = asked({ from: '2030-01-30', to: '2030-01-31' });
    expect(filter?.from).toBe(new Date(2030, 0, 30).toISOString());
    expect(filter?.to).toBe(new Date(2030, 1, 1).toISOString());
    expect(asked({ from: 'yesterday' })).toEqual([{}]);
  });

  test('what is looked for is kept in the address and comes back from it', () => {
    const filter = { ...anything, kind: 'plans', actor: 'Ada & Lin', from: '2030-01-30' };
    expect(filterOf(new URLSearchParams(searchOf(filter)))).toEqual(filter);
    expect(searchOf(anything)).toEqual({});
    expect(isFiltering(anything)).toBe(false);
    expect(isFiltering(filter)).toBe(true);
  });

  test('pages join to one record, the newest first, each event once', () => {
    const seqs = (...all: number[]) => all.map((seq) => ({ seq }));
    expect(joined(seqs(3, 2), seqs(2, 1))).toEqual(seqs(3, 2, 1));
    expect(meets(seqs(9, 8), seqs(8, 7), false)).toBe(true);
    expect(meets(seqs(9, 8), seqs(5, 4), false)).toBe(false);
    expect(meets(seqs(9, 8), [], false)).toBe(true);
    expect(meets(seqs(9), seqs(2), true)).toBe(true);
    expect(subjectOf('measurement.decided').word).toBe('Result');
    expect(subjectOf('new.kind').word).toBe('new.kind');
  });
});

test('each view has an address, and each address leads to its view', () => {
  expect(viewAddress('c1', '')).toBe('/campaigns/c1');
  expect(viewAddress('c1', 'model')).toBe('/campaigns/c1/model');
  expect(viewAt('/campaigns/c1')?.label).toBe('Overview');
  expect(viewAt('/campaigns/c1/physics')?.label).toBe('Physics');
  expect(viewAt('/campaigns/c1/nothing')).toBeNull();
});
