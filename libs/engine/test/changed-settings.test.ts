import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Campaign, CampaignChange, CampaignSpec, JsonObject, ParameterSpec } from '@ionloop/domain';
import { withGoals } from '../src/campaigns/changed-goals.js';
import { changeOf } from '../src/campaigns/settings.js';
import {
  askForProposals,
  createCampaign,
  type Engine,
  moveCampaign,
  switchCampaign,
  updateCampaign,
} from '../src/index.js';
import { ada, newExperiment, StoreStory } from '../src/testing/store-story.js';
import { ternary } from '../src/testing/index.js';
import { newEngine } from './questions.js';

let engine: Engine;
let story: StoreStory;
let campaign: Campaign;

const heat = (change: object = {}): ParameterSpec => ({
  ...{ kind: 'continuous', name: 'heat', min: 0, max: 1000, unit: '°C' },
  ...change,
});
const glass = (...names: readonly string[]): ParameterSpec => ({
  ...{ kind: 'mixture', name: 'glass', components: names.map((name) => ({ name })) },
});
const salts = (...features: readonly string[]): ParameterSpec => ({
  ...{ kind: 'pool', name: 'salt', features, candidates: [{ id: 'a', values: features.map(() => 1) }] },
});
const spec = {
  space: { parameters: [heat(), glass('P', 'B'), salts('mass')] },
  objectives: [
    { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm', temperatureC: 25 },
    { property: 'voltage', goal: 'window', low: 1, high: 2, transform: 'none', unit: 'V' },
  ],
  limits: [
    { property: 'density', unit: 'g/cm³', transform: 'none', low: 2, high: null, temperatureC: 20 },
    { property: 'thickness', unit: 'mm', transform: 'none', low: null, high: 3 },
  ],
  strategy: { name: 'auto', initial: 6 },
} as const satisfies Partial<CampaignSpec>;

const now = async (id: string): Promise<Campaign> => {
  const found = await engine.store.read.campaign(id);
  if (!found) throw new Error('it is gone');
  return found;
};
const changed = (input: unknown): CampaignChange => changeOf(campaign, input).change;
const refusalOf = (input: unknown): unknown => {
  try {
    return changeOf(campaign, input);
  } catch (error) {
    return error;
  }
};
const refused = (field: string, says: string | RegExp): unknown =>
  expect.objectContaining({
    ...{ code: 'INVALID_INPUT', field },
    message: typeof says === 'string' ? says : (expect.stringMatching(says) as unknown),
  });

beforeEach(async () => {
  engine = newEngine();
  story = new StoreStory(engine.store);
  campaign = await now(await story.campaign(spec));
});

const [ionic, voltage] = spec.objectives;
const [density, thickness] = spec.limits;

describe('a change', () => {
  it('is of nothing where everything is as it was, or null', () => {
    const { name, description, space, budget, parallel, approval, review } = campaign;
    expect(changed({ name, description, space, budget, parallel, approval, initial: 6, review })).toEqual({});
    expect(changed({ name: null, space: null, objective: null, limits: null, review: null })).toEqual({});
  });

  it('is of what is another, alone', () => {
    const wanted = { name: 'Other', description: 'why', budget: 30, parallel: 5, approval: 'automatic' };
    expect(changed(wanted)).toEqual(wanted);
    expect(changed({ description: '' })).toEqual({ description: '' });
    expect(changed({ budget: 30, initial: 30 })).toEqual({
      budget: 30,
      strategy: { name: 'auto', initial: 30 },
    });
    expect(changed({ strategy: 'random', settings: { beta: 3 } })).toEqual({
      strategy: { name: 'random', initial: 6, beta: 3 },
    });
    expect(changed({ review: { rejectedFor: 3 } })).toEqual({ review: { separate: false, rejectedFor: 3 } });
  });

  it.each<[object, string, string | RegExp]>([
    [{ seed: 'other' }, 'input.seed', /^input has no "seed"; it may have name, description, space/],
    [{ name: '' }, 'name', 'name must not be empty'],
    [{ name: 'x'.repeat(121) }, 'name', /at most 120/],
    [{ description: 'x'.repeat(4001) }, 'description', /at most 4000/],
    [{ budget: 0 }, 'budget', 'budget is 0; it must lie between 1 and 100000'],
    [{ budget: 100_001 }, 'budget', /between 1 and 100000/],
    [{ parallel: 97 }, 'parallel', 'parallel is 97; it must lie between 1 and 96'],
    [{ parallel: 0 }, 'parallel', /between 1 and 96/],
    [{ approval: 'none' }, 'approval', /^approval is "none"/],
    [{ review: { separate: 1 } }, 'review.separate', /true, false/],
    [{ initial: 21 }, 'initial', /between 1 and 20/],
    [
      { space: { parameters: [heat()] } },
      'space.parameters',
      'the parameters are heat, glass, salt and stay so: experiments are points of them; begin another campaign for others',
    ],
    [
      {
        space: {
          parameters: [{ kind: 'integer', name: 'heat', min: 0, max: 9 }, glass('P', 'B'), salts('mass')],
        } as never,
      },
      'space.parameters[0].kind',
      'heat keeps its kind: experiments that are there were described with it',
    ],
    [
      { space: { parameters: [heat({ unit: 'K' }), glass('P', 'B'), salts('mass')] } },
      'space.parameters[0].unit',
      'heat keeps its unit: experiments that are there were described with it',
    ],
    [
      { space: { parameters: [heat(), glass('P', 'S'), salts('mass')] } },
      'space.parameters[1].components',
      'glass keeps its components: experiments that are there were described with it',
    ],
    [
      { space: { parameters: [heat(), glass('P', 'B'), salts('size')] } },
      'space.parameters[2].features',
      'salt keeps its features: experiments that are there were described with it',
    ],
  ])('is refused: %j', (input, field, says) => {
    expect(refusalOf(input)).toEqual(refused(field, says));
  });

  it('may move the bounds', () => {
    const space = { parameters: [heat({ max: 500 }), glass('P', 'B'), salts('mass')] };
    expect(changed({ space })).toMatchObject({ space: { parameters: [{ name: 'heat', max: 500 }, {}, {}] } });
  });
});

describe('other goals', () => {
  const kept = { property: voltage.property, unit: voltage.unit, transform: voltage.transform };

  it.each<[JsonObject, JsonObject]>([
    [{ objective: { goal: 'minimise' } }, { objectives: [{ ...ionic, goal: 'minimise' }, voltage] }],
    [{ objective: { transform: 'none' } }, { objectives: [{ ...ionic, transform: 'none' }, voltage] }],
    [
      { objective: { goal: 'window', low: 1e-4 } },
      { objectives: [{ ...ionic, goal: 'window', low: 1e-4, high: null }, voltage] },
    ],
    [{ objectives: [{ property: 'voltage', low: 1.5 }] }, { objectives: [ionic, { ...voltage, low: 1.5 }] }],
    [
      { objectives: [{ property: 'voltage', high: null }] },
      { objectives: [ionic, { ...voltage, high: null }] },
    ],
    [
      {
        objectives: [
          { property: 'voltage', goal: 'maximise' },
          { property: 'ionic_conductivity', goal: 'minimise' },
        ],
      },
      {
        objectives: [
          { ...ionic, goal: 'minimise' },
          { ...kept, goal: 'maximise' },
        ],
      },
    ],
    [{ limits: [] }, {}],
    [{ limits: [{ property: 'thickness', high: 4 }] }, { limits: [density, { ...thickness, high: 4 }] }],
    [
      {
        limits: [
          { property: 'density', low: null, high: null, transform: null, unit: 'g/cm³', temperatureC: 20 },
        ],
      },
      { limits: [{ ...density, low: null }, thickness] },
    ],
    [
      { limits: [{ property: 'ionic_conductivity', low: 1e-6 }] },
      {
        limits: [
          ...[density, thickness],
          {
            property: 'ionic_conductivity',
            unit: 'S/cm',
            transform: 'log10',
            low: 1e-6,
            high: null,
            temperatureC: 25,
          },
        ],
      },
    ],
    [
      { limits: [{ property: 'thickness', high: 3, transform: 'log10' }] },
      { limits: [density, { ...thickness, transform: 'log10' }] },
    ],
    [{ cost: { base: 3 } }, { cost: { base: 3, per: [] } }],
  ])('%j', (input, change) => {
    expect(changed(input)).toEqual(change);
  });

  it.each<[JsonObject, string, string | RegExp]>([
    [
      { objective: {}, objectives: [] },
      'objectives',
      'both objective and objectives are given; give one of them',
    ],
    [{ objectives: [] }, 'objectives', 'objectives has 0 entries; there can be 1 to 2'],
    [{ objectives: [{}, {}, {}] }, 'objectives', 'objectives has 3 entries; there can be 1 to 2'],
    [{ objectives: [{ property: '' }] }, 'objectives[0].property', /must not be empty/],
    [{ objectives: [{ property: 'x'.repeat(81) }] }, 'objectives[0].property', /at most 80/],
    [
      { objectives: [{ property: 'voltage' }, { property: 'voltage' }] },
      'objectives[1].property',
      'voltage is named twice',
    ],
    [
      { objectives: [{ property: 'density' }] },
      'objectives[0].property',
      'density is no objective of this campaign; they are ionic_conductivity, voltage',
    ],
    [{ objective: { goal: 'luck' } }, 'objective.goal', /maximise, minimise, window/],
    [{ objective: { transform: 'sqrt' } }, 'objective.transform', /none, log10/],
    [{ objective: { low: 1 } }, 'objective.low', /which only a window has; its goal is to maximise/],
    [{ objective: { colour: 1 } }, 'objective.colour', /has no "colour"/],
    [
      { objective: { unit: 'S/m' } },
      'objective.unit',
      'what is measured stays as it is: unit is S/cm; begin another campaign for another',
    ],
    [
      { objectives: [{ property: 'voltage', temperatureC: 25 }] },
      'objectives[0].temperatureC',
      'what is measured stays as it is: temperatureC is not set; begin another campaign for another',
    ],
    [
      { limits: Array.from({ length: 13 }, () => ({})) },
      'limits',
      'limits has 13 entries; there can be at most 12',
    ],
    [{ limits: [{ property: '' }] }, 'limits[0].property', /must not be empty/],
    [{ limits: [{ property: 'x'.repeat(81) }] }, 'limits[0].property', /at most 80/],
    [{ limits: [{ property: 'thickness', colour: 1 }] }, 'limits[0].colour', /has no "colour"/],
    [
      { limits: [{ property: 'resistance' }] },
      'limits[0].property',
      'resistance is not measured in this campaign, which measures ionic_conductivity, voltage, density, thickness; begin another campaign for another',
    ],
    [{ limits: [{ property: 'thickness', unit: 'cm' }] }, 'limits[0].unit', /unit is mm; begin another/],
    [{ limits: [{ property: 'thickness', transform: 'sqrt' }] }, 'limits[0].transform', /none, log10/],
    [{ limits: [{ property: 'thickness', low: 5, high: 4 }] }, 'limits[0]', /low must not be above high/],
    [
      { limits: [{ property: 'thickness' }, { property: 'thickness' }] },
      'limits[1].property',
      'thickness is named twice',
    ],
  ])('are refused: %j', (input, field, says) => {
    expect(refusalOf(input)).toEqual(refused(field, says));
  });

  it('stay on their scale from the first plan on', async () => {
    await story.step(campaign.id, (tx) => tx.append({ type: 'campaign.moved', to: 'active', note: null }));
    await story.plan(campaign.id);
    campaign = await now(campaign.id);
    const stays = (scale: string) =>
      `the scale is ${scale}, and predictions were made on it; it stays from the first plan on`;
    expect(refusalOf({ objective: { transform: 'none' } })).toEqual(
      refused('objective.transform', stays('log10')),
    );
    expect(refusalOf({ limits: [{ property: 'thickness', high: 3, transform: 'log10' }] })).toEqual(
      refused('limits[0].transform', stays('none')),
    );
    expect(changed({ objective: { transform: 'log10' } })).toEqual({});
    expect(changed({ limits: [{ property: 'thickness', high: 3, transform: 'none' }] })).toEqual({});
  });

  it('are tried without being written down', () => {
    expect(withGoals(campaign, { cost: { base: 2 } })).toEqual({ ...campaign, cost: { base: 2, per: [] } });
    const tried = withGoals({ ...campaign, cost: { base: 2, per: [] } }, { objective: { goal: 'minimise' } });
    expect(tried).toMatchObject({ cost: { base: 2, per: [] }, objectives: [{ goal: 'minimise' }, voltage] });
    expect(withGoals(tried, { cost: null })).not.toHaveProperty('cost');
  });
});

describe('a campaign that is changed', () => {
  const update = (change: JsonObject, more: object = {}) =>
    updateCampaign(engine, ada, { id: campaign.id, change, reason: 'so', ...more });

  it('is refused without a reason, from settings that are not those of now, and where there is none', async () => {
    await expect(update({ name: 'a' }, { reason: ' ' })).rejects.toMatchObject({ field: 'reason' });
    await expect(update({ name: 'a' }, { reason: 'x'.repeat(2001) })).rejects.toMatchObject({
      field: 'reason',
    });
    await expect(update({ name: 'a' }, { id: 'nothing' })).rejects.toMatchObject({
      ...{ code: 'NOT_FOUND', message: 'there is no campaign nothing' },
    });
    const { revision } = await update({ name: 'a' }, { revision: campaign.revision });
    await expect(update({ name: 'b' }, { revision: campaign.revision })).rejects.toMatchObject({
      ...{ code: 'CONFLICT', field: 'revision' },
      message: `the settings were changed meanwhile: this was made from revision ${campaign.revision}, they are at ${revision}`,
    });
  });

  it('has a budget that reaches through what is spent and through its beginning', async () => {
    await story.step(campaign.id, (tx) => {
      for (let number = 1; number <= 3; number += 1) {
        tx.append({ type: 'experiment.added', experiment: newExperiment(number) });
      }
    });
    await expect(update({ budget: 2, initial: 2 })).rejects.toMatchObject({
      ...{ field: 'budget', message: 'the budget cannot be 2: 3 experiments are spent' },
    });
    await expect(update({ budget: 5 })).rejects.toMatchObject({
      field: 'budget',
      message: 'a budget of 5 does not reach through the initial design of 6; make that smaller too',
    });
    expect(await update({ budget: 6 })).toMatchObject({ budget: 6 });
    expect(await update({ budget: 3, initial: 3 })).toMatchObject({ budget: 3, strategy: { initial: 3 } });
    expect(await update({ budget: 7 })).toMatchObject({ budget: 7 });
  });

  it('asks for no more proposals than its budget leaves', async () => {
    const ask = (count: number, more: object = {}) =>
      askForProposals(engine, ada, { campaignId: campaign.id, count, reason: 'the weekend', ...more });
    await expect(ask(1)).rejects.toMatchObject({
      message: 'campaign "Glasses" is draft; only an active one proposes experiments',
    });
    await moveCampaign(engine, ada, campaign.id, 'active');
    for (const count of [0, 97]) await expect(ask(count)).rejects.toMatchObject({ field: 'count' });
    for (const reason of ['', 'x'.repeat(2001)])
      await expect(ask(1, { reason })).rejects.toMatchObject({ field: 'reason' });
    expect(await ask(15, { idempotencyKey: 'k' })).toMatchObject({ asked: 15 });
    expect(await ask(15, { idempotencyKey: 'k' })).toMatchObject({ asked: 15 });
    await expect(ask(6)).rejects.toMatchObject({
      ...{ field: 'count', message: 'the budget of 20 leaves 5 more; 6 cannot be proposed' },
    });
    expect(await ask(5)).toMatchObject({ asked: 20 });
    const other = await story.activeCampaign();
    expect(await ask(15, { campaignId: other, idempotencyKey: 'k' })).toMatchObject({ id: other, asked: 15 });
  });

  it('is not a draft again, and is moved and switched once', async () => {
    await expect(moveCampaign(engine, ada, campaign.id, 'draft')).rejects.toMatchObject({
      ...{ code: 'INVALID_STATE', message: 'a campaign that has left its draft does not return to it' },
    });
    const before = await engine.store.read.lastSeq(campaign.id);
    await moveCampaign(engine, ada, campaign.id, 'active');
    await moveCampaign(engine, ada, campaign.id, 'active');
    await switchCampaign(engine, ada, campaign.id, {});
    await switchCampaign(engine, ada, campaign.id, { proposing: true, dispatch: true });
    expect(await engine.store.read.lastSeq(campaign.id)).toBe(before + 1);
    expect(await switchCampaign(engine, ada, campaign.id, { dispatch: false })).toMatchObject({
      ...{ proposing: true, dispatch: false },
    });
  });

  it('that is over takes along what nothing was done for', async () => {
    const id = await story.activeCampaign();
    const proposed = await story.experiment(id);
    const queued = await story.queued(id);
    const claimed = await story.queued(id);
    const attemptId = await story.leased(id, claimed);
    const running = await story.started(id);
    await moveCampaign(engine, ada, id, 'completed');
    const { read } = engine.store;
    for (const experimentId of [proposed, queued, claimed]) {
      const is = { state: 'cancelled', note: 'the campaign was completed' };
      expect(await read.experiment(experimentId)).toMatchObject(is);
    }
    expect(await read.attempt(attemptId)).toMatchObject({
      ...{ state: 'aborted', outcome: null, note: 'the campaign was completed' },
    });
    expect(await read.attempt(running)).toMatchObject({ state: 'started' });
  });
});

describe('a campaign that is made under a key', () => {
  const make = (key?: string, change: JsonObject = {}, name = 'ada') =>
    createCampaign(engine, { kind: 'person', name }, { ...ternary, ...change }, key);

  it('is made once, by each who asks, and anew without one', async () => {
    const { id } = await make('k');
    expect((await make('k')).id).toBe(id);
    const others = [await make('l'), await make('k', {}, 'ben'), await make(), await make()].map(
      (one) => one.id,
    );
    expect(new Set([id, ...others]).size).toBe(5);
    await expect(make('k', { name: 'Other' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('is the same where it is asked for twice at the same moment', async () => {
    const [one, other] = await Promise.all([make('k'), make('k')]);
    expect(one.id).toBe(other.id);
    await expect(Promise.all([make('m'), make('m', { name: 'Other' })])).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });
});
