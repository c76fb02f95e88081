import { describe, expect, it } from '@jest/globals';
import type { CampaignWhole } from '../src/api/use-campaign.js';
import {
  compareBatches,
  differenceSentences,
  pointKey,
  type WhatIfAnswer,
} from '../src/pages/campaign/whatif/compare.js';
import { constraintText } from '../src/pages/campaign/whatif/constraint-text.js';
import { addressOf, draftAt } from '../src/pages/campaign/whatif/what-if-address.js';
import type { TermsDraft } from '../src/pages/campaign/whatif/terms-draft.js';
import { readWhatIf, type WhatIfDraft, whatIfDraftOf } from '../src/pages/campaign/whatif/what-if-draft.js';

const objective = {
  ...{ property: 'ionic_conductivity', unit: 'S/cm', goal: 'maximise', transform: 'log10' },
  ...{ temperatureC: null, low: null, high: null },
};
const density = { ...objective, property: 'density', unit: 'g/cm³', transform: 'none' };
const sum = { kind: 'sum', of: ['salt.LiCl', 'salt.LiBr'], relation: '<=', bound: 0.5 };
const campaign = {
  id: 'c',
  name: 'salts',
  strategy: 'auto',
  settings: { beta: null, design: null, shape: null, shared: null, replicates: null },
  budget: 30,
  spent: 4,
  parallel: 3,
  approval: 'manual',
  review: { separate: false, rejectedFor: 0 },
  objective,
  objectives: [objective, density],
  limits: [{ property: 'density', unit: 'g/cm³', transform: 'none', low: 2, high: null }],
  cost: null,
  space: {
    parameters: [
      { kind: 'continuous', name: 'temperature', min: 20, max: 80, unit: '°C' },
      { kind: 'mixture', name: 'salt', components: [{ name: 'LiCl' }, { name: 'LiBr' }, { name: 'LiI' }] },
    ],
    constraints: [sum, { kind: 'neutral', of: 'salt' }],
  },
} as unknown as CampaignWhole;
const draft = whatIfDraftOf(campaign);
const aimed = (goal: 'minimise' | 'window', low = '', high = ''): TermsDraft => ({
  ...draft.terms,
  aims: draft.terms.aims.map((aim, i) => (i === 0 ? { ...aim, goal, low, high } : aim)),
});
const read = (change: Partial<WhatIfDraft>) => readWhatIf(campaign, { ...draft, ...change });

describe('a what-if', () => {
  it('that changes nothing asks the same twice', () => {
    const answer = read({});
    expect(answer).toMatchObject({ change: {}, terms: [] });
    if ('problem' in answer) throw new Error(answer.problem);
    expect(answer.then).toEqual(answer.now);
    expect(answer.now.count).toBe(3);
  });

  it('asks for another strategy, its settings, goal and bounds, and lists what would change', () => {
    const [temperature, ...rest] = draft.bounds;
    const answer = read({
      strategy: 'gp-ucb',
      beta: '2,5',
      terms: aimed('minimise'),
      budget: '60',
      bounds: [{ ...temperature!, max: '60' }, ...rest],
    });
    if ('problem' in answer) throw new Error(answer.problem);
    const turned = { objectives: [{ property: 'ionic_conductivity', goal: 'minimise' }] };
    expect(answer.then).toMatchObject({ strategy: { name: 'gp-ucb', beta: 2.5 }, ...turned });
    expect(answer.then.space).toMatchObject({ parameters: [{ name: 'temperature', max: 60 }, {}] });
    expect(answer.change).toMatchObject({
      strategy: 'gp-ucb',
      settings: { beta: 2.5 },
      budget: 60,
      ...turned,
    });
    expect(answer.terms.map(({ what, decides }) => [what, decides])).toEqual([
      ['Strategy', true],
      ['Optimism (β)', true],
      ['Goal of ionic conductivity', true],
      ['Budget', false],
      ['Bounds of temperature', true],
    ]);
  });

  it('leaves constraints out or moves their bound, in the space that it asks about', () => {
    const [first, second] = draft.constraints;
    const answer = read({
      constraints: [
        { ...first!, bound: '0.7' },
        { ...second!, kept: false },
      ],
    });
    if ('problem' in answer) throw new Error(answer.problem);
    expect(answer.then.space).toMatchObject({ constraints: [{ ...sum, bound: 0.7 }] });
    expect(answer.change.space).toEqual(answer.then.space);
    expect(answer.terms).toEqual([
      { what: 'Bound of “LiCl + LiBr ≤ 0.5”', from: '0.5', to: '0.7', decides: true },
      { what: 'Constraint', from: 'charges sum to zero', to: 'left out', decides: true },
    ]);
  });

  it.each([
    [{ beta: 'much' }, 'Optimism (β) must be a number.'],
    [{ count: '0' }, 'How many proposals are shown must be a whole number from 1 to 96.'],
    [{ budget: 'all' }, 'The budget must be a whole number.'],
    [{ terms: aimed('window') }, 'A window of ionic conductivity needs an end.'],
    [{ terms: aimed('window', '3', 'four') }, 'The ends of ionic conductivity must be numbers.'],
    [{ terms: aimed('window', '4', '3') }, 'The upper end of ionic conductivity must be above the lower.'],
    [
      {
        terms: {
          ...draft.terms,
          cost: { base: '1', budget: '', per: [{ of: 'salt.LiI', price: '', choices: null }] },
        },
      },
      'The price of salt.LiI must be a number.',
    ],
  ])('that cannot be read says why: %j', (change, problem) => {
    expect(read(change)).toEqual({ problem });
  });

  it('tries a window, a limit and a cost, and takes them away again', () => {
    const terms: TermsDraft = {
      ...aimed('window', '1e-5', ''),
      limits: draft.terms.limits.map((limit) => ({ ...limit, low: '', high: '2.5' })),
      cost: { base: '2', budget: '', per: [{ of: 'salt.LiI', price: '4.5', choices: null }] },
    };
    const answer = read({ terms });
    if ('problem' in answer) throw new Error(answer.problem);
    const wanted = {
      objectives: [{ property: 'ionic_conductivity', goal: 'window', low: 1e-5, high: null }],
      limits: [{ property: 'density', low: null, high: 2.5 }],
      cost: { base: 2, per: [{ parameter: 'salt', component: 'LiI', perUnit: 4.5 }] },
    };
    expect(answer.then).toEqual({ ...answer.now, ...wanted });
    expect(answer.change).toEqual(wanted);
    expect(answer.terms.map(({ what, from, to }) => [what, from, to])).toEqual([
      ['Goal of ionic conductivity', 'maximise', 'inside at least 1e-5 S/cm'],
      ['Limit of density', 'at least 2 g/cm³', 'at most 2.5 g/cm³'],
      ['Cost of an experiment', 'all the same', '2 + 4.5 × salt.LiI'],
    ]);
    const priced = { ...campaign, cost: { base: 1, budget: null, per: [] } };
    const without = readWhatIf(priced, { ...whatIfDraftOf(priced), terms: { ...draft.terms, cost: null } });
    expect(without).toMatchObject({ change: { cost: null }, then: { cost: null } });
  });

  it('takes a setting back to what the strategy does by itself', () => {
    const own = { ...campaign, settings: { ...campaign.settings, beta: 2 } };
    const answer = readWhatIf(own, { ...whatIfDraftOf(own), beta: '' });
    if ('problem' in answer) throw new Error(answer.problem);
    expect(answer.change).toEqual({ settings: { beta: null } });
  });

  it('has an address that brings it back', () => {
    const tried: WhatIfDraft = {
      ...draft,
      strategy: 'gp-pi',
      count: '8',
      terms: {
        ...aimed('window', '1e-5', ''),
        limits: draft.terms.limits.map((limit) => ({ ...limit, low: '2.5' })),
        cost: { base: '2', budget: '90', per: [{ of: 'salt.LiI', price: '4.5', choices: null }] },
      },
      bounds: draft.bounds.map((one, i) => (i === 1 ? { ...one, max: '40' } : one)),
      constraints: draft.constraints.map((one, i) =>
        i === 1 ? { ...one, kept: false } : { ...one, bound: '0.6' },
      ),
    };
    const address = new URLSearchParams(addressOf(draft, tried));
    expect(draftAt(draft, new URLSearchParams(address.toString()))).toEqual(tried);
    expect(addressOf(draft, draft)).toEqual({});
    expect(draftAt(draft, new URLSearchParams('aim density=sideways 1..2')).terms).toEqual(draft.terms);
  });
});

describe('two batches', () => {
  const proposal = (LiCl: number, mean: number, sd = 0.1) => ({
    point: { salt: { LiCl, LiBr: 1 - LiCl, LiI: 0 } },
    ...{ origin: 'model', mean, sd, score: 1, reason: 'because' },
  });
  const now: WhatIfAnswer = {
    ...{ __typename: 'WhatIfResult', model: 'gaussian-process', leftOut: [] },
    proposals: [proposal(0.2, -4), proposal(0.4, -3)],
  };
  const then: WhatIfAnswer = {
    ...now,
    leftOut: [7],
    proposals: [proposal(0.4, -3, 0.2), proposal(0.9, -2, 0.2)],
  };

  it('are compared point by point, whatever the order of a point’s parts', () => {
    expect(pointKey({ b: 1, a: { y: 0, x: 0.30000000000000004 } })).toBe(pointKey({ a: { x: 0.3 }, b: 1 }));
    expect(
      compareBatches(now.proposals, then.proposals).map(({ standing, now: a, then: b }) => [standing, a, b]),
    ).toEqual([
      ['both', 2, 1],
      ['then', null, 2],
      ['now', 1, null],
    ]);
  });

  it('differ in sentences', () => {
    const terms = [{ what: 'Strategy', from: 'auto', to: 'gp-ucb', decides: true }];
    const sentences = differenceSentences(campaign, terms, now, then);
    expect(sentences[0]).toBe('1 proposal of now stays; 1 would not be made, and 1 would come instead.');
    expect(sentences[1]).toContain('strategy (auto → gp-ucb)');
    expect(sentences.join(' ')).toContain('1 result lies outside the changed space');
    expect(sentences.at(-1)).toContain('its predictions are 2 times as unsure');
    expect(differenceSentences(campaign, [], now, now)[0]).toBe('All 2 proposals stay the same.');
  });
});

it('constraints are read as they are written down', () => {
  expect(
    constraintText({
      kind: 'linear',
      terms: [
        { of: 'a', times: 2 },
        { of: 'b', times: 1 },
      ],
      relation: '>=',
      bound: 3,
    }),
  ).toBe('2 a + b ≥ 3');
  expect(constraintText({ ...sum, name: 'little salt' })).toBe('little salt');
});
