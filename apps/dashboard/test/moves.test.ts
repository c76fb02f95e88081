import { describe, expect, test } from '@jest/globals';
import type { CampaignWhole } from '../src/api/use-campaign.js';
import { readSpace } from '../src/api/space.js';
import { staleAfter } from '../src/api/topics.js';
import {
  noOverlay,
  settled,
  shownRows,
  withFirst,
  withGone,
  withoutFirst,
  withoutGone,
} from '../src/pages/campaign/moves/overlay.js';
import { draftOfPoint, numberIn, pointFields, readPoint } from '../src/pages/campaign/moves/point-draft.js';
import { readSettings, settingsDraftOf } from '../src/pages/campaign/moves/settings-draft.js';

const spec = {
  parameters: [
    { kind: 'mixture', name: 'mix', step: 0.01, components: [{ name: 'A', min: 0.1 }, { name: 'B' }] },
    { kind: 'continuous', name: 'heat', min: 100, max: 900, unit: '°C' },
    { kind: 'categorical', name: 'gas', choices: ['Ar', 'N2'] },
    { kind: 'context', name: 'humidity', min: 0, max: 1 },
  ],
};
const space = readSpace(spec);

describe('a list that is shown before the server has answered', () => {
  const row = (number: number, rank = 0) => ({ id: `e${number}`, number, rank });
  const rows = [row(1), row(2), row(3, -1)];
  const ids = (shown: readonly { readonly id: string }[]): readonly string[] => shown.map(({ id }) => id);

  test('is in the order of turns', () => {
    expect(ids(shownRows(rows, noOverlay))).toEqual(['e3', 'e1', 'e2']);
  });

  test('loses at once what was decided on, and has it back where that was refused', () => {
    const gone = withGone(noOverlay, ['e1', 'e3']);
    expect(ids(shownRows(rows, gone))).toEqual(['e2']);
    expect(ids(shownRows(rows, withoutGone(gone, ['e3'])))).toEqual(['e3', 'e2']);
  });

  test('covers what was decided on until the server does not have it any more, and not longer', () => {
    const gone = withGone(noOverlay, ['e1']);
    expect(settled(gone, rows)).toBe(gone);
    const later = settled(gone, [row(2), row(3, -1)]);
    expect(ids(shownRows(rows, later))).toContain('e1');
  });

  test('puts first at once, and back where that was refused', () => {
    const moved = withFirst(noOverlay, 'e2');
    expect(ids(shownRows(rows, moved))).toEqual(['e2', 'e3', 'e1']);
    expect(ids(shownRows(rows, withoutFirst(moved, 'e2')))).toEqual(['e3', 'e1', 'e2']);
    expect(settled(moved, rows)).toBe(moved);
    expect(settled(moved, [row(1), row(2, -2), row(3, -1)]).first).toEqual([]);
  });
});

describe('a point as it is typed', () => {
  test('has a field for each number and choice', () => {
    expect(pointFields(space).map(({ key, label }) => [key, label])).toEqual([
      ['mix.A', 'A (%)'],
      ['mix.B', 'B (%)'],
      ['heat', 'heat (°C)'],
      ['gas', 'gas'],
      ['humidity', 'humidity'],
    ]);
  });

  test('comes back the same', () => {
    const point = { mix: { A: 0.29, B: 0.71 }, heat: 450.5, gas: 'N2' };
    const draft = draftOfPoint(space, point);
    expect(draft).toEqual({ 'mix.A': '29', 'mix.B': '71', heat: '450.5', gas: 'N2', humidity: '' });
    expect(readPoint(space, draft)).toEqual({ point });
  });

  test('says which number is none', () => {
    const draft = { ...draftOfPoint(space, undefined), 'mix.A': '10', 'mix.B': '90' };
    expect(readPoint(space, draft)).toEqual({ problem: 'heat is not a number.' });
    expect(readPoint(space, { ...draft, heat: '1e3', 'mix.B': 'much' })).toEqual({
      problem: 'B is not a number.',
    });
  });

  test.each([
    ['1,5', 1.5],
    ['−2', -2],
    ['1e-4', 1e-4],
    [' ', null],
    ['a', null],
  ])('reads "%s" as %p', (text, value) => {
    expect(numberIn(text)).toBe(value);
  });
});

describe('other settings', () => {
  const campaign = {
    ...{ name: 'Glass', strategy: 'auto', budget: 20, parallel: 3, approval: 'manual', spent: 4 },
    objective: {
      property: 'density',
      goal: 'maximise',
      transform: 'none',
      unit: 'g/cm3',
      temperatureC: null,
    },
    review: { separate: false, rejectedFor: 20 },
    space: spec,
  } as unknown as CampaignWhole;
  const draft = settingsDraftOf(campaign);

  test('are none where nothing was changed', () => {
    expect(readSettings(campaign, draft)).toEqual({ change: {} });
  });

  test('are only those that were changed', () => {
    const change = { strategy: 'gp-ucb', budget: '30', separate: true, goal: 'minimise' as const };
    expect(readSettings(campaign, { ...draft, ...change })).toEqual({
      change: {
        ...{ strategy: 'gp-ucb', budget: 30, objective: { goal: 'minimise' } },
        review: { separate: true, rejectedFor: 20 },
      },
    });
  });

  test('keep the space but for the bounds that were changed', () => {
    const bounds = draft.bounds.map((one) =>
      one.component === 'A' ? { ...one, max: '55' } : one.parameter === 'heat' ? { ...one, min: '200' } : one,
    );
    const [mix, heat, ...others] = spec.parameters;
    expect(readSettings(campaign, { ...draft, bounds })).toEqual({
      change: {
        space: {
          parameters: [
            { ...mix, components: [{ name: 'A', min: 0.1, max: 0.55 }, { name: 'B' }] },
            { ...heat, min: 200 },
            ...others,
          ],
        },
      },
    });
    expect(spec.parameters[1]).toMatchObject({ min: 100 });
  });

  test('name what is no number', () => {
    expect(readSettings(campaign, { ...draft, budget: 'lots' })).toEqual({
      problem: 'The budget must be a whole number.',
    });
    const bounds = draft.bounds.map((one) => ({ ...one, min: 'low' }));
    expect(readSettings(campaign, { ...draft, bounds })).toEqual({
      problem: 'The bounds of A must be numbers.',
    });
  });

  test('make the whole page stale, another order what is open', () => {
    expect(staleAfter('campaign.updated')).toContain('model');
    expect(staleAfter('experiments.reordered')).toEqual(['head', 'open', 'finished']);
  });
});
