import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Campaign, CampaignSpec, NewMeasurement } from '@ionloop/domain';
import { InMemoryStore, rowsOfTable } from '../src/index.js';
import { rowsOfCampaign } from '../src/knowledge/from-campaign.js';
import { newExperiment, newMeasurement, StoreStory } from '../src/testing/store-story.js';

const space: CampaignSpec['space'] = {
  parameters: [{ kind: 'continuous', name: 'heat', min: 0, max: 1000, unit: '°C' }],
};
const ionic = { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' } as const;
const density = { property: 'density', goal: 'maximise', transform: 'none', unit: 'g/cm³' } as const;

let seconds: number;
let story: StoreStory;
beforeEach(() => {
  seconds = 0;
  story = new StoreStory(new InMemoryStore(() => new Date(1000 * (seconds += 1))));
});

async function campaignOf(change: Partial<CampaignSpec> = {}): Promise<Campaign> {
  const id = await story.campaign({ space, objectives: [ionic], ...change });
  const found = await story.store.read.campaign(id);
  if (!found) throw new Error('it is gone');
  return found;
}

async function measured(
  id: string,
  heat: number,
  ...found: readonly Partial<NewMeasurement>[]
): Promise<void> {
  const experimentId = await story.experiment(id, { point: { heat } });
  for (const change of found) await story.record(id, experimentId, newMeasurement(change));
}

async function gathered(here: Campaign, there: Campaign) {
  const snapshot = await story.store.read.planningSnapshot(there.id);
  if (!snapshot) throw new Error('it is gone');
  // In whichever order they are found.
  const [experiments, accepted] = [[...snapshot.experiments].reverse(), [...snapshot.accepted].reverse()];
  return rowsOfCampaign(here, { ...snapshot, experiments, accepted }, {});
}

describe('what another campaign has measured', () => {
  it('is told by experiment, each result in the order in which it came, in the units of this one', async () => {
    const here = await campaignOf({ objectives: [{ ...ionic, temperatureC: 25 }, density] });
    const there = await campaignOf({
      objectives: [
        { ...ionic, unit: 'mS/cm' },
        { ...density, temperatureC: 30 },
      ],
    });
    await measured(
      there.id,
      300,
      { id: 'z', value: 0.2, unit: 'mS/cm', uncertainty: 0.01 },
      { id: 'a', value: 0.1, unit: 'mS/cm', uncertainty: 0 },
      { property: 'density', value: 2, unit: 'g/cm³' },
    );
    await measured(there.id, 400);
    await measured(there.id, 500, { value: 0.4, unit: 'mS/cm' });
    expect(await gathered(here, there)).toEqual({
      rows: [
        {
          point: { heat: 300 },
          values: [
            {
              property: 'ionic_conductivity',
              value: expect.closeTo(2e-4, 15) as unknown,
              sd: expect.closeTo(1e-5, 15) as unknown,
            },
            { property: 'ionic_conductivity', value: expect.closeTo(1e-4, 15) as unknown },
            { property: 'density', value: 2 },
          ],
          note: 'experiment 1',
        },
        {
          point: { heat: 500 },
          values: [{ property: 'ionic_conductivity', value: expect.closeTo(4e-4, 15) as unknown }],
          note: 'experiment 3',
        },
      ],
      notes: [
        'ionic_conductivity: mS/cm there, S/cm here',
        'ionic_conductivity: at no stated temperature there, at 25 °C here',
        'density: at 30 °C there, at no stated temperature here',
      ],
      leftOut: 0,
    });
  });

  it('of one moment is told by the names of the results', async () => {
    const [here, there] = [await campaignOf(), await campaignOf()];
    const experimentId = await story.experiment(there.id, { point: { heat: 5 } });
    await story.store.transact(there.id, { kind: 'person', name: 'Ada' }, async (tx) => {
      await tx.experiment(experimentId);
      for (const [id, value] of [
        ['b', 2e-4],
        ['c', 3e-4],
        ['a', 1e-4],
      ] as const) {
        tx.append({ type: 'measurement.recorded', experimentId, measurement: newMeasurement({ id, value }) });
      }
    });
    const [row] = (await gathered(here, there)).rows;
    expect(row?.values.map(({ value }) => value)).toEqual([1e-4, 2e-4, 3e-4]);
  });

  it('is left out where this campaign has no such value, and counted', async () => {
    const [here, there] = [
      await campaignOf(),
      await campaignOf({ objectives: [{ ...ionic, transform: 'none' }] }),
    ];
    await measured(there.id, 1, { value: 0 });
    await measured(there.id, 2, { value: 1e-4 });
    await measured(there.id, 3, { value: 1e-4, unit: 'V' });
    await measured(there.id, 4, { property: 'density', value: 2 });
    expect(await gathered(here, there)).toMatchObject({
      rows: [{ point: { heat: 2 } }],
      leftOut: 3,
      notes: [],
    });
  });

  it('is taken evenly from the first to the last, where it is too much', async () => {
    const [here, there] = [await campaignOf(), await campaignOf()];
    await story.step(there.id, (tx) => {
      for (let number = 1; number <= 600; number += 1) {
        const experiment = newExperiment(number, { point: { heat: number } });
        tx.append({ type: 'experiment.added', experiment });
        const recorded = { type: 'measurement.recorded', measurement: newMeasurement() } as const;
        tx.append({ ...recorded, experimentId: experiment.id });
      }
    });
    const { rows, leftOut } = await gathered(here, there);
    expect(rows.map(({ point }) => point['heat'])).toEqual(Array.from({ length: 300 }, (_, i) => 2 * i + 1));
    expect(leftOut).toBe(300);
  });

  it('is refused where it measures nothing that this one does', async () => {
    const here = await campaignOf({ objectives: [ionic, density] });
    const there = await campaignOf({ objectives: [{ ...density, property: 'voltage', unit: 'V' }] });
    await expect(gathered(here, there)).rejects.toMatchObject({
      ...{ code: 'INVALID_INPUT', field: 'campaign' },
      message: 'the other campaign measures voltage; this one measures ionic_conductivity, density',
    });
  });
});

describe('what a table says', () => {
  const rowsOf = async (text: string, options = {}, change: Partial<CampaignSpec> = {}) =>
    (await rowsOfTable(await campaignOf(change), { fileName: 'papers.csv', text, options })).rows;
  const property = 'ionic_conductivity';

  it('is put together by its points, with what each row is from, once', async () => {
    const text = [
      'heat,conductivity,sd,DOI,density',
      ...[
        '300,1e-4,1e-5,doi:1,',
        '400,2e-4,0,doi:2,3',
        '300,3e-4,,doi:3,',
        '300,5e-4,,doi:1,',
        '500,,,doi:4,2',
      ],
    ].join('\n');
    expect(await rowsOf(text, {}, { objectives: [ionic, density] })).toEqual([
      {
        point: { heat: 300 },
        values: [
          { property, value: 1e-4, sd: 1e-5 },
          { property, value: 3e-4 },
          { property, value: 5e-4 },
        ],
        note: 'doi:1; doi:3',
      },
      {
        point: { heat: 400 },
        values: [
          { property, value: 2e-4 },
          { property: 'density', value: 3 },
        ],
        note: 'doi:2',
      },
      { point: { heat: 500 }, values: [{ property: 'density', value: 2 }], note: 'doi:4' },
    ]);
  });

  it.each<[string, object, unknown]>([
    ['heat,conductivity,Reference\n1,1e-4,a book', {}, 'a book'],
    ['heat,conductivity,source\n1,1e-4,a book', {}, 'a book'],
    ['heat,conductivity,citation\n1,1e-4,a book', {}, 'a book'],
    ['heat,conductivity,origin,Notes\n1,1e-4,a book,a note', {}, 'a note'],
    ['heat,conductivity,origin,doi\n1,1e-4,a book,10.1', {}, undefined],
    ['heat,conductivity,origin,doi\n1,1e-4,a book,10.1', { map: { doi: 'ignore' } }, 'a book'],
    ['heat,conductivity,origin\n1,1e-4,a book', { map: { origin: 'ignore' } }, undefined],
    ['heat,conductivity\n1,1e-4', {}, undefined],
    ['heat,conductivity,no source\n1,1e-4,a book', {}, undefined],
  ])('has its note from where it says where it is from: %j, %j', async (text, options, note) => {
    const [row] = await rowsOf(text, options);
    expect(row?.note).toBe(note);
    expect(row).toHaveProperty('values', [{ property, value: 1e-4 }]);
  });

  it('has a parameter of that name', async () => {
    const source = { ...space.parameters[0], name: 'source' } as CampaignSpec['space']['parameters'][number];
    const [row] = await rowsOf('source,conductivity\n7,1e-4', {}, { space: { parameters: [source] } });
    expect(row).toEqual({ point: { source: 7 }, values: [{ property, value: 1e-4 }] });
  });

  it('says nothing of what failed, and may lie beyond the space', async () => {
    const text = 'heat,conductivity\n1,broken\n2000,1e-4\n3,2e-4';
    expect((await rowsOf(text)).map(({ point }) => point['heat'])).toEqual([2000, 3]);
    expect((await rowsOf(text, { outside: 'skip' })).map(({ point }) => point['heat'])).toEqual([3]);
  });

  it('is refused with its first bad rows', async () => {
    const bad = Array.from({ length: 6 }, (_, i) => `${i},much`).join('\n');
    const told = Array.from({ length: 5 }, (_, i) => `line ${i + 2}, "conductivity": "much" is not a number`);
    const refused = (message: string) => ({ code: 'INVALID_INPUT', field: 'table', message });
    await expect(rowsOf(`heat,conductivity\n${bad}`)).rejects.toMatchObject(
      refused(`papers.csv cannot be read: ${told.join('; ')} (and 1 more)`),
    );
    await expect(rowsOf('heat,conductivity\n1,1e-4,x')).rejects.toMatchObject(
      refused('papers.csv cannot be read: line 2: 3 fields, where the header has 2'),
    );
  });

  it('is refused where it is too much', async () => {
    const rows = (count: number) =>
      ['heat,conductivity', ...Array.from({ length: count }, (_, i) => `${i},1e-4`)].join('\n');
    expect(await rowsOf(rows(300))).toHaveLength(300);
    await expect(rowsOf(rows(301))).rejects.toMatchObject({
      ...{ code: 'INVALID_INPUT', field: 'table' },
      message: 'papers.csv has results of 301 points; at most 300 are taken',
    });
    const long = `heat,conductivity\n1,1e-4${'\n'.repeat(1024 * 1024 - 24)}`;
    expect(Buffer.byteLength(long)).toBe(1024 * 1024);
    expect(await rowsOf(long)).toHaveLength(1);
    await expect(rowsOf(`${long}\n`)).rejects.toMatchObject({
      ...{ code: 'INVALID_INPUT', field: 'table' },
      message: 'papers.csv has 1048577 bytes; knowledge is read up to 1048576',
    });
  });

  it('is refused where it is to be understood in a way that is none', async () => {
    await expect(rowsOf('heat,conductivity\n1,1e-4', { decimal: 'dot' })).rejects.toMatchObject({
      ...{ code: 'INVALID_INPUT', field: 'decimal', message: 'decimal must be one of "point", "comma"' },
    });
  });
});
