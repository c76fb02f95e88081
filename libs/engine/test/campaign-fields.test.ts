import { describe, expect, it } from '@jest/globals';
import type { CampaignSpec, JsonObject } from '@ionloop/domain';
import { parseCampaignSpec } from '../src/campaigns/spec.js';
import { usualLab } from '../src/index.js';
import { ternary } from '../src/testing/index.js';

const { objective: asked, ...noObjective } = ternary;
const parse = (change: JsonObject, policy: CampaignSpec['lab'] = usualLab): CampaignSpec =>
  parseCampaignSpec({ ...ternary, ...change }, { seed: 'drawn', lab: policy });
const refusalOf = (change: JsonObject): unknown => {
  try {
    return parse(change);
  } catch (error) {
    return error;
  }
};
const refused = (field: string, says: string | RegExp): unknown =>
  expect.objectContaining({
    ...{ code: 'INVALID_INPUT', field },
    message: typeof says === 'string' ? says : (expect.stringMatching(says) as unknown),
  });

const density = { property: 'density', unit: 'g/cm³' };
const several = (...objectives: readonly JsonObject[]): JsonObject => ({ objective: null, objectives });

describe('a campaign', () => {
  it('has what is usual where nothing is said', () => {
    const { strategy, initial, parallel, approval, seed, ...bare } = ternary;
    expect([strategy, initial, parallel, approval, seed]).not.toContain(undefined);
    expect(
      parse({
        ...bare,
        budget: 20,
        strategy: null,
        initial: null,
        parallel: null,
        approval: null,
        seed: null,
      }),
    ).toEqual({
      ...{
        name: 'Ternary',
        description: '',
        budget: 20,
        parallel: 4,
        approval: 'manual',
        seed: 'drawn',
        lab: usualLab,
      },
      ...{ space: expect.anything() as unknown, objectives: [asked], strategy: { name: 'auto', initial: 8 } },
      review: { separate: false, rejectedFor: 20 },
    });
  });

  it('has all that it is given', () => {
    const given = {
      ...{ name: ' Glass ', description: ' what conducts ', budget: 50, parallel: 96, approval: 'automatic' },
      ...{ seed: 'mine', strategy: 'random', initial: 7, review: { separate: true, rejectedFor: 0 } },
      lab: {
        ...{ heartbeatSeconds: 0.01, leaseSeconds: 604_800, suspectSeconds: 7, attemptCap: 20 },
        ...{ claimSeconds: 366 * 86_400, taskSeconds: 0.01, taskOwner: 'person:ada' },
        taskSecondsBy: { review_proposal: 60 },
      },
    };
    const { initial, ...told } = given;
    expect(initial).toBe(7);
    expect(parse(given)).toEqual({
      ...told,
      ...{ name: 'Glass', description: 'what conducts', strategy: { name: 'random', initial: 7 } },
      ...{ space: expect.anything() as unknown, objectives: [asked] },
    });
  });

  it('has the lab’s policy, but for what it says otherwise', () => {
    const policy = { ...usualLab, claimSeconds: 5, taskSeconds: 6, taskOwner: 'role:planner' } as const;
    expect(parse({ lab: null }, policy).lab).toEqual(policy);
    expect(parse({ lab: { attemptCap: 1, taskSeconds: 9 } }, policy).lab).toEqual({
      ...{ ...policy, attemptCap: 1, taskSeconds: 9 },
    });
    expect(parse({ lab: {} }).lab).toEqual(usualLab);
  });

  it.each<[JsonObject, string, string | RegExp]>([
    [{ name: 'x'.repeat(121) }, 'name', 'name has 121 characters; at most 120 are kept'],
    [{ description: 'x'.repeat(4001) }, 'description', /^description has 4001 characters; at most 4000/],
    [{ description: 7 }, 'description', /^description must be text/],
    [{ budget: 100_001 }, 'budget', 'budget is 100001; it must lie between 1 and 100000'],
    [{ parallel: 0 }, 'parallel', 'parallel is 0; it must lie between 1 and 96'],
    [{ parallel: 97 }, 'parallel', 'parallel is 97; it must lie between 1 and 96'],
    [{ approval: 'none' }, 'approval', 'approval is "none"; it must be one of manual, automatic'],
    [{ seed: '' }, 'seed', 'seed must not be empty'],
    [{ seed: 'x'.repeat(201) }, 'seed', /201 characters; at most 200/],
    [{ lab: 7 }, 'lab', /^lab must be an object/],
    [{ lab: { speed: 1 } }, 'lab.speed', /^lab has no "speed"; it may have heartbeatSeconds, leaseSeconds/],
    [{ lab: { heartbeatSeconds: 0 } }, 'lab.heartbeatSeconds', /must lie between 0.01 and 604800/],
    [{ lab: { suspectSeconds: 604_801 } }, 'lab.suspectSeconds', /must lie between 0.01 and 604800/],
    [
      { lab: { leaseSeconds: 10 } },
      'lab.leaseSeconds',
      'a lease of 10 s ends before the next heartbeat, every 10 s',
    ],
    [{ lab: { attemptCap: 0 } }, 'lab.attemptCap', 'lab.attemptCap is 0; it must lie between 1 and 20'],
    [{ lab: { attemptCap: 21 } }, 'lab.attemptCap', 'lab.attemptCap is 21; it must lie between 1 and 20'],
    [{ lab: { claimSeconds: 0 } }, 'lab.claimSeconds', /must lie between 0.01 and 31622400/],
    [{ lab: { taskSeconds: 366 * 86_400 + 1 } }, 'lab.taskSeconds', /must lie between 0.01 and 31622400/],
    [{ lab: { taskSecondsBy: 7 } }, 'lab.taskSecondsBy', /^lab.taskSecondsBy must be an object/],
    [{ lab: { taskSecondsBy: { lunch: 7 } } }, 'lab.taskSecondsBy.lunch', /has no "lunch"/],
    [{ lab: { taskSecondsBy: { not_claimed: 'soon' } } }, 'lab.taskSecondsBy.not_claimed', /finite number/],
    [{ lab: { taskOwner: '' } }, 'lab.taskOwner', 'lab.taskOwner must not be empty'],
    [{ lab: { taskOwner: `person:${'x'.repeat(122)}` } }, 'lab.taskOwner', /129 characters; at most 128/],
    [
      { lab: { taskOwner: 'role:king' } },
      'lab.taskOwner',
      'lab.taskOwner is "role:king"; it must be role:approver, role:planner, role:admin or person:<name>',
    ],
    [{ review: 7 }, 'review', /^review must be an object/],
    [
      { review: { separate: 'yes' } },
      'review.separate',
      'review.separate is "yes"; it must be one of true, false',
    ],
    [{ review: { rejectedFor: 100_001 } }, 'review.rejectedFor', /must lie between 0 and 100000/],
  ])('is refused with %j', (change, field, says) => {
    expect(refusalOf(change)).toEqual(refused(field, says));
  });
});

describe('what a campaign wants', () => {
  it('is one objective, or several, and what must be kept', () => {
    const window = { ...density, goal: 'window', low: 2, high: 3, transform: 'log10', temperatureC: -273.15 };
    const voltage = { property: 'voltage', unit: 'V', low: 1 };
    expect(
      parse({
        ...several({ ...density, goal: 'minimise' }, { ...window, property: 'thickness', unit: 'mm' }),
        limits: [voltage],
      }),
    ).toMatchObject({
      objectives: [
        { ...density, goal: 'minimise', transform: 'none' },
        { ...window, property: 'thickness', unit: 'mm' },
      ],
      limits: [{ ...voltage, transform: 'none', high: null }],
    });
    expect(parse({ limits: [] })).not.toHaveProperty('limits');
    expect(parse({ limits: null, cost: null })).not.toHaveProperty('cost');
    expect(parse({ ...several(density) }).objectives).toEqual([
      { ...density, goal: 'maximise', transform: 'none' },
    ]);
  });

  const five = Array.from({ length: 5 }, () => density);
  it.each<[JsonObject, string, string | RegExp]>([
    [{ objective: null }, 'objective', 'neither objective nor objectives is given; say what is wanted'],
    [{ objectives: [density] }, 'objectives', 'both objective and objectives are given; give one of them'],
    [{ objective: null, objectives: density }, 'objectives', 'objectives must be a list, not an object'],
    [several(), 'objectives', 'objectives has 0 entries; there can be 1 to 4'],
    [several(...five), 'objectives', 'objectives has 5 entries; there can be 1 to 4'],
    [
      { limits: Array.from({ length: 9 }, () => density) },
      'limits',
      'limits has 9 entries; there can be at most 8',
    ],
    [several(density, 7 as never), 'objectives[1]', /^objectives\[1\] must be an object/],
    [
      several(density, { ...density, goal: 'luck' }),
      'objectives[1].goal',
      /must be one of maximise, minimise, window/,
    ],
    [several({ ...density, transform: 'sqrt' }), 'objectives[0].transform', /must be one of none, log10/],
    [several({ property: '' }), 'objectives[0].property', 'objectives[0].property must not be empty'],
    [several({ property: 'x'.repeat(81) }), 'objectives[0].property', /81 characters; at most 80/],
    [
      several({ property: 'density', unit: 'x'.repeat(41) }),
      'objectives[0].unit',
      /41 characters; at most 40/,
    ],
    [several({ ...density, unit: 'V' }), 'objectives[0].unit', /V/],
    [several({ property: 'density' }), 'objectives[0].unit', /density/],
    [several({ ...density, temperatureC: -274 }), 'objectives[0].temperatureC', /between -273.15 and 5000/],
    [several({ ...density, temperatureC: 5001 }), 'objectives[0].temperatureC', /between -273.15 and 5000/],
    [
      several({ ...density, low: 1 }),
      'objectives[0].low',
      'objectives[0] has low 1, which only a window has; its goal is to maximise',
    ],
    [
      several({ ...density, high: 1, goal: 'minimise' }),
      'objectives[0].high',
      /has high 1, which only a window has; its goal is to minimise/,
    ],
    [
      several({ ...density, goal: 'window' }),
      'objectives[0]',
      'objectives[0] has neither low nor high; one of them is needed',
    ],
    [several({ ...density, goal: 'window', low: 'x' }), 'objectives[0].low', /finite number/],
    [several({ ...density, goal: 'window', high: 'x' }), 'objectives[0].high', /finite number/],
    [
      several(density, density),
      'objectives[1].property',
      'density is objectives[0] already; each property can be there once',
    ],
    [
      {
        limits: [
          { ...density, low: 1 },
          { ...density, high: 2 },
        ],
      },
      'limits[1].property',
      /^density is limits\[0\] already/,
    ],
    [{ limits: [density] }, 'limits[0]', 'limits[0] has neither low nor high; one of them is needed'],
    [
      { limits: [{ ...density, low: 1, transform: 'sqrt' }] },
      'limits[0].transform',
      /must be one of none, log10/,
    ],
    [
      { ...several(density), limits: [{ ...density, low: 1, temperatureC: 25 }] },
      'limits[0].temperatureC',
      'density is also an objective, with temperatureC not set; it is measured in one way',
    ],
    [
      { ...several({ ...density, temperatureC: 30 }), limits: [{ ...density, low: 1 }] },
      'limits[0].temperatureC',
      'density is also an objective, with temperatureC 30; it is measured in one way',
    ],
    [
      { ...several(density), limits: [{ ...density, unit: 'kg/m³', low: 1 }] },
      'limits[0].unit',
      /with unit g\/cm³/,
    ],
    [
      { ...several(density), limits: [{ ...density, transform: 'log10', low: 1 }] },
      'limits[0].transform',
      /with transform none/,
    ],
  ])('is refused: %j', (change, field, says) => {
    expect(refusalOf(change)).toEqual(refused(field, says));
  });
});

describe('what experiments cost', () => {
  it('is a base, and terms of parameters', () => {
    const cost = {
      ...{ base: 2, budget: 90 },
      per: [{ parameter: 'composition', component: 'Li3PO4', perUnit: 3 }],
    };
    expect(parse({ cost }).cost).toEqual(cost);
    expect(parse({ cost: { base: 1, per: null, budget: null } }).cost).toEqual({ base: 1, per: [] });
    const space = { parameters: [{ kind: 'categorical', name: 'gas', choices: ['air', 'argon'] }] };
    const priced = { per: [{ parameter: 'gas', of: { air: 0, argon: 5 } }] };
    expect(parse({ space, cost: { ...priced, base: null } }).cost).toEqual({ base: 0, ...priced });
  });

  it.each<[JsonObject, string, string | RegExp]>([
    [{}, 'cost', 'cost has neither a base nor a term: an experiment must cost something'],
    [{ fee: 1 }, 'cost.fee', 'cost has no "fee"; it may have base, per, budget'],
    [{ base: -1 }, 'cost.base', /must lie between 0 and/],
    [{ base: 1, budget: 0 }, 'cost.budget', /must lie between/],
    [{ per: 7 }, 'cost.per', 'cost.per must be a list, not 7'],
    [
      { per: Array.from({ length: 201 }, () => ({})) },
      'cost.per',
      'cost.per has 201 entries; there can be at most 200',
    ],
    [{ per: [7] }, 'cost.per[0]', /^cost.per\[0\] must be an object/],
    [{ per: [{}] }, 'cost.per[0].parameter', /must be text/],
    [{ per: [{ parameter: '' }] }, 'cost.per[0].parameter', /must not be empty/],
    [{ per: [{ parameter: 'x'.repeat(201) }] }, 'cost.per[0].parameter', /at most 200/],
    [{ per: [{ parameter: 'composition', component: '' }] }, 'cost.per[0].component', /must not be empty/],
    [
      { per: [{ parameter: 'composition', component: 'x'.repeat(201) }] },
      'cost.per[0].component',
      /at most 200/,
    ],
    [{ per: [{ parameter: 'composition', perUnit: 'much' }] }, 'cost.per[0].perUnit', /finite number/],
    [{ per: [{ parameter: 'composition', of: 7 }] }, 'cost.per[0].of', /^cost.per\[0\].of must be an object/],
    [{ per: [{ parameter: 'composition', of: { air: 'free' } }] }, 'cost.per[0].of.air', /finite number/],
  ])('is refused: %j', (cost, field, says) => {
    expect(refusalOf({ cost })).toEqual(refused(field, says));
  });
});

it('a campaign that is no object is refused', () => {
  expect(() => parseCampaignSpec([], { seed: 's', lab: usualLab })).toThrow(
    expect.objectContaining({
      field: 'input',
      message: expect.stringMatching(/^input must be an object/) as unknown,
    }),
  );
  expect(Object.keys(noObjective)).not.toContain('objective');
});
