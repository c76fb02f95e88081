import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CampaignSpec, FrontObjective, NewMeasurement } from '@ionloop/domain';
import { measuredOutcomes } from '../src/analyses/measured.js';
import { valuesOf } from '../src/experiments/value.js';
import { InMemoryStore } from '../src/index.js';
import { newMeasurement, StoreStory } from '../src/testing/store-story.js';

const spec = {
  space: { parameters: [{ kind: 'continuous', name: 'heat', min: 0, max: 1000 }] },
  objectives: [
    { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
    { property: 'voltage', goal: 'window', low: 1, high: 2, transform: 'none', unit: 'V' },
  ],
  limits: [{ property: 'density', unit: 'g/cm³', transform: 'none', low: 2, high: 3 }],
} as const satisfies Partial<CampaignSpec>;

let story: StoreStory;
let campaignId: string;
beforeEach(async () => {
  story = new StoreStory(new InMemoryStore(() => new Date()));
  campaignId = await story.campaign(spec);
});

async function measured(heat: number, ...found: readonly Partial<NewMeasurement>[]): Promise<void> {
  const experimentId = await story.experiment(campaignId, { point: { heat } });
  for (const change of found) await story.record(campaignId, experimentId, newMeasurement(change));
}
const ionic = (value: number, id?: string) => ({ value, ...(id !== undefined && { id }) });
const volts = (value: number) => ({ property: 'voltage', unit: 'V', value });
const density = (value: number) => ({ property: 'density', unit: 'g/cm³', value });

async function outcomes(...objectives: readonly FrontObjective[]) {
  const snapshot = await story.store.read.planningSnapshot(campaignId);
  if (!snapshot) throw new Error('it is gone');
  const turned = {
    experiments: [...snapshot.experiments].reverse(),
    accepted: [...snapshot.accepted].reverse(),
  };
  const found = measuredOutcomes(snapshot, objectives);
  // In whichever order they are found, to the last bit.
  expect(measuredOutcomes({ ...snapshot, ...turned }, objectives)).toEqual(found);
  return found;
}

const most: FrontObjective = { property: 'ionic_conductivity', goal: 'maximise' };
const window: FrontObjective = { property: 'voltage', goal: 'window' };

describe('what experiments came to', () => {
  it('is told of those that have a result of each, by number, with how good it is', async () => {
    await measured(100, ionic(1e-4), volts(1.5), density(2.5));
    await measured(200, ionic(1e-3));
    await measured(300, volts(4), ionic(1e-2, 'b'), ionic(1e-4, 'a'), density(1));
    await measured(400);
    await measured(500, ionic(0), volts(1.5));
    await measured(600, ionic(1e-5), volts(0.5));
    expect(await outcomes(most, window)).toEqual([
      ...[
        {
          number: 1,
          point: { heat: 100 },
          values: [1e-4, 1.5],
          merits: [expect.closeTo(-4, 12), 0],
          keepsLimits: true,
        },
      ],
      {
        ...{ number: 3, point: { heat: 300 }, keepsLimits: false },
        ...{
          values: [expect.closeTo(1e-3, 12) as unknown, 4],
          merits: [expect.closeTo(-3, 12) as unknown, -2],
        },
      },
      {
        number: 6,
        point: { heat: 600 },
        values: [1e-5, 0.5],
        merits: [expect.closeTo(-5, 12), -0.5],
        keepsLimits: null,
      },
    ]);
  });

  it('is the same to the last bit in whichever order results came', async () => {
    await measured(100, ionic(1e-3, 'c'), ionic(2e-3, 'a'), ionic(3.3e-3, 'd'), ionic(7e-3, 'b'));
    expect(await outcomes(most)).toHaveLength(1);
  });

  it('is good as it is asked, not as the campaign wants it', async () => {
    await measured(100, ionic(1e-4), volts(4));
    const meritOf = async (objective: FrontObjective) => (await outcomes(objective))[0]?.merits[0];
    expect(await meritOf({ property: 'ionic_conductivity', goal: 'minimise' })).toBeCloseTo(4, 12);
    expect(await meritOf({ property: 'voltage', goal: 'maximise' })).toBe(4);
    expect(await meritOf(window)).toBe(-2);
    expect(await meritOf({ ...window, low: 5 })).toBe(-1);
    expect(await meritOf({ ...window, high: 1 })).toBe(-3);
    expect(await meritOf({ ...window, low: 4.5, high: 9 })).toBe(-0.5);
  });

  it('may be of what the campaign only limits, or does not ask for at all', async () => {
    await measured(100, ionic(1e-4), density(2.5), { property: 'thickness', unit: 'mm', value: 7 });
    expect(await outcomes({ property: 'density', goal: 'minimise' })).toMatchObject([
      { values: [2.5], merits: [-2.5] },
    ]);
    expect(await outcomes({ property: 'thickness', goal: 'maximise' })).toMatchObject([
      { values: [7], merits: [7] },
    ]);
    expect(await outcomes({ property: 'resistance', goal: 'maximise' })).toEqual([]);
  });

  it('is refused of a window without ends, by its place', async () => {
    const refused = (k: number) => ({
      ...{ code: 'INVALID_INPUT', field: `request.front.objectives[${k}]` },
      message: `request.front.objectives[${k}] has neither low nor high; one of them is needed`,
    });
    await expect(outcomes({ property: 'density', goal: 'window' })).rejects.toMatchObject(refused(0));
    await expect(outcomes(window, { property: 'ionic_conductivity', goal: 'window' })).rejects.toMatchObject(
      refused(1),
    );
    await expect(outcomes(window, { property: 'thickness', goal: 'window' })).rejects.toMatchObject(
      refused(1),
    );
  });
});

it('the values of an experiment are means with their spread, each in its unit', () => {
  const results = [
    ...[1e-4, 1e-2].map((value, i) => ({
      measurementId: `m${i}`,
      property: 'ionic_conductivity',
      value,
      at: '2026',
    })),
    { measurementId: 'm3', property: 'density', value: 2.5, at: '2026' },
    ...[1, 2, 4].map((value, i) => ({ measurementId: `v${i}`, property: 'voltage', value, at: '2026' })),
  ];
  expect(valuesOf(results, spec)).toEqual([
    {
      ...{ property: 'ionic_conductivity', unit: 'S/cm' },
      ...{ value: expect.closeTo(1e-3, 12) as unknown, sd: expect.closeTo(Math.SQRT2, 12) as unknown },
    },
    {
      ...{ property: 'voltage', unit: 'V', value: expect.closeTo(7 / 3, 12) as unknown },
      sd: expect.closeTo(Math.sqrt(7 / 3), 12) as unknown,
    },
    { property: 'density', unit: 'g/cm³', value: 2.5, sd: null },
  ]);
  expect(valuesOf([], spec)).toEqual([]);
});
