import { describe, expect, it } from '@jest/globals';
import type { Campaign, CampaignSpec } from '@ionloop/domain';
import { columnsOf } from '../src/history/columns.js';
import type { CsvRow } from '../src/history/csv-rows.js';
import { isBad, isLeftOut, type ReadRow, rowReader } from '../src/history/read-row.js';
import { InMemoryStore } from '../src/index.js';
import { StoreStory } from '../src/testing/store-story.js';

const space: CampaignSpec['space'] = {
  parameters: [
    { kind: 'mixture', name: 'glass', components: [{ name: 'P' }, { name: 'B' }, { name: 'S' }], step: 0.05 },
    { kind: 'continuous', name: 'heat', min: 800, max: 1100, unit: '°C' },
    { kind: 'categorical', name: 'gas', choices: ['air', 'argon'] },
    { kind: 'context', name: 'humidity', min: 0, max: 100 },
  ],
};
const goals: Pick<CampaignSpec, 'objectives' | 'limits'> = {
  objectives: [
    { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
    { property: 'density', goal: 'maximise', transform: 'none', unit: 'g/cm³' },
  ],
  limits: [{ property: 'activation_energy', unit: 'eV', transform: 'none', low: null, high: 0.5 }],
};

type How = Partial<Pick<Parameters<typeof rowReader>[0], 'decimal' | 'force' | 'outside'>>;

async function readerOf(
  header: string,
  how: How = {},
  change: Partial<CampaignSpec> = {},
  map: Readonly<Record<string, string>> = {},
): Promise<(cells: string) => ReturnType<ReadRow>> {
  const story = new StoreStory(new InMemoryStore(() => new Date()));
  const id = await story.campaign({ space, ...goals, ...change });
  const campaign: Campaign | null = await story.store.read.campaign(id);
  if (!campaign) throw new Error('it is gone');
  const columns = columnsOf(header.split(','), campaign, { map });
  const read = rowReader({ campaign, columns, decimal: 'point', force: false, outside: 'refuse', ...how });
  return (cells) => read({ line: 7, cells: cells.split(',') } satisfies CsvRow);
}

const header =
  'P,B,S,heat,gas,humidity,conductivity,sd,unit,outcome,note,measurement status,measured at,density,density sd';
const row = (cells: Readonly<Record<string, string>>): string => {
  const usual = { P: '0.5', B: '0.5', heat: '850', gas: 'air', conductivity: '1e-4' };
  const all: Readonly<Record<string, string>> = { ...usual, ...cells };
  return header
    .split(',')
    .map((name) => all[name] ?? '')
    .join(',');
};
const point = { glass: { P: 0.5, B: 0.5, S: 0 }, heat: 850, gas: 'air' };

describe('a row that is good', () => {
  it('has a point, a value, and nothing that it does not say', async () => {
    const read = await readerOf(header);
    expect(read(row({}))).toEqual({
      ...{ line: 7, point, key: expect.stringContaining('air') as unknown, outcome: 'measured', note: null },
      values: [{ line: 7, value: 1e-4 }],
    });
    expect([isBad(read(row({}))), isLeftOut(read(row({})))]).toEqual([false, false]);
  });

  it('says all that may be said of a value', async () => {
    const read = await readerOf(header);
    const said = { conductivity: '0.2', unit: 'mS/cm', sd: '0.01', 'measured at': '25', humidity: '40' };
    expect(read(row({ ...said, note: 'a\0b', density: '2.5', 'density sd': '0.1', outcome: 'ok' }))).toEqual({
      ...{ line: 7, point: { ...point, humidity: 40 }, key: expect.any(String) as unknown },
      ...{ outcome: 'measured', note: 'a\ufffdb' },
      values: [
        {
          line: 7,
          value: expect.closeTo(2e-4, 16) as unknown,
          stated: { value: 0.2, unit: 'mS/cm' },
          uncertainty: expect.closeTo(1e-5, 16) as unknown,
          temperatureC: 25,
        },
        {
          line: 7,
          of: { property: 'density', unit: 'g/cm³' },
          ...{ value: 2.5, uncertainty: 0.1, temperatureC: 25 },
        },
      ],
    });
  });

  it('has its values in the units of their columns, and its uncertainties in theirs', async () => {
    const read = await readerOf(
      'P,B,heat [K],gas,conductivity [S/m],sd [µS/cm],density [kg/m³],measured at [K]',
    );
    expect(read('50,50,1123.15,argon,2,3,2500,298.15')).toMatchObject({
      point: { ...point, gas: 'argon' },
      values: [
        {
          value: expect.closeTo(0.02, 14) as unknown,
          stated: { value: 2, unit: 'S/m' },
          ...{ uncertainty: expect.closeTo(3e-6, 16) as unknown, temperatureC: 25 },
        },
        { value: 2.5, stated: { value: 2500, unit: 'kg/m³' }, temperatureC: 25 },
      ],
    });
  });

  it('keeps apart what was observed beside it, and together what is one point', async () => {
    const read = await readerOf(header);
    const keyOf = (cells: Readonly<Record<string, string>>): unknown => {
      const found = read(row(cells));
      return 'key' in found ? found.key : found;
    };
    expect(keyOf({ heat: '850.0', note: 'again' })).toBe(keyOf({}));
    expect(keyOf({ humidity: '41' })).not.toBe(keyOf({ humidity: '40' }));
    expect(keyOf({ humidity: '41' })).not.toBe(keyOf({}));
  });

  it.each([
    ['failed_sample', '', 'failed_sample'],
    ['Cracked', '', 'failed_sample'],
    ['impossible', '', 'infeasible'],
    ['', 'broken', 'failed_sample'],
    ['', 'Cannot be made', 'infeasible'],
  ])('ended otherwise: outcome %j, value %j', async (outcome, conductivity, ended) => {
    const read = await readerOf(header);
    expect(read(row({ outcome, conductivity }))).toMatchObject({ outcome: ended, values: [] });
    expect(read(row({ outcome, conductivity, density: '2' }))).toMatchObject({ outcome: ended, values: [] });
  });

  it('was measured of another property alone, and may say so', async () => {
    const read = await readerOf(header);
    const density = [{ of: { property: 'density', unit: 'g/cm³' }, value: 2 }];
    for (const outcome of ['', 'measured']) {
      expect(read(row({ conductivity: '', density: '2', outcome }))).toMatchObject({
        ...{ outcome: 'measured', values: density },
      });
    }
  });

  it('cuts a note that is long', async () => {
    const read = await readerOf(header);
    expect(read(row({ note: 'x'.repeat(2001) }))).toMatchObject({ note: 'x'.repeat(2000) });
  });
});

describe('the parts of a mixture', () => {
  it.each<[string, string, string, Readonly<Record<string, number>>]>([
    ['0.5', '0.5', '', { P: 0.5, B: 0.5, S: 0 }],
    ['50', '25', '25', { P: 0.5, B: 0.25, S: 0.25 }],
    ['33.3', '33.3', '33.3', { P: 1 / 3, B: 1 / 3, S: 1 / 3 }],
    ['1', '0', '0', { P: 1, B: 0, S: 0 }],
    ['0.1499999', '0.35', '0.5000001', { P: 0.15, B: 0.35, S: 0.5 }],
    ['100', '', '', { P: 1, B: 0, S: 0 }],
  ])('%s, %s, %s', async (P, B, S, glass) => {
    const loose = space.parameters.map((one) => (one.kind === 'mixture' ? { ...one, step: 0.05 } : one));
    const read = await readerOf(header, { outside: 'keep' }, { space: { parameters: loose } });
    const found = read(row({ P, B, S }));
    if (!('point' in found)) throw new Error(JSON.stringify(found));
    expect(
      Object.entries(found.point['glass'] as object).map(([name, part]) => [name, Number(part).toFixed(9)]),
    ).toEqual(Object.entries(glass).map(([name, part]) => [name, part.toFixed(9)]));
  });

  it('are shares in per cent where their columns say so', async () => {
    const read = await readerOf('P [%],B [mol%],heat,gas,conductivity');
    expect(read('25,75,850,air,1')).toMatchObject({ point: { glass: { P: 0.25, B: 0.75, S: 0 } } });
  });

  it.each<[string, string, string, string]>([
    ['0.5', '0.4', '', 'the parts sum to 0.9; they must sum to 1 or to 100 %'],
    ['0.5', '0.488', '', 'the parts sum to 0.988; they must sum to 1 or to 100 %'],
    ['50', '51.2', '', 'the parts sum to 101.2; they must sum to 1 or to 100 %'],
    ['', '', '', 'the parts sum to 0; they must sum to 1 or to 100 %'],
  ])('%s, %s, %s are no whole', async (P, B, S, reason) => {
    const read = await readerOf(header);
    expect(read(row({ P, B, S }))).toEqual({ line: 7, column: 'P, B, S', reason });
    const two = await readerOf('P,B,heat,gas,conductivity');
    expect(two(`${P},${B},850,air,1`)).toEqual({ line: 7, column: 'P, B', reason });
  });

  it('are a whole within a hundredth', async () => {
    const read = await readerOf(header, { outside: 'keep' });
    for (const B of ['0.51', '0.49']) expect(isBad(read(row({ P: '0.5', B })))).toBe(false);
    for (const B of ['51', '49']) expect(isBad(read(row({ P: '50', B })))).toBe(false);
  });
});

describe('a row that is wrong', () => {
  it.each<[Readonly<Record<string, string>>, string | null, string | RegExp]>([
    [{ B: 'half' }, 'B', '"half" is not a number'],
    [{ heat: '' }, 'heat', 'is empty'],
    [{ heat: 'x'.repeat(90) }, 'heat', `"${'x'.repeat(80)}" is not a number`],
    [{ humidity: 'wet' }, 'humidity', '"wet" is not a number'],
    [{ gas: '' }, 'gas', /./],
    [{ gas: 'neon' }, 'gas', /air/],
    [{ heat: '700' }, 'heat', /must lie between 800 and 1100/],
    [{ conductivity: 'much' }, 'conductivity', '"much" is not a number'],
    [{ conductivity: 'measured' }, 'conductivity', '"measured" is not a number'],
    [{ conductivity: '' }, 'conductivity', 'there is neither a value nor an outcome without one'],
    [
      { conductivity: '', outcome: 'ok' },
      'conductivity',
      'there is neither a value nor an outcome without one',
    ],
    [{ conductivity: '0' }, 'conductivity', /./],
    [{ sd: '-1e-5' }, 'sd', '-0.00001 is negative'],
    [{ sd: 'some' }, 'sd', '"some" is not a number'],
    [{ density: '2', 'density sd': '-1' }, 'density sd', '-1 is negative'],
    [{ density: 'heavy' }, 'density', '"heavy" is not a number'],
    [{ 'measured at': 'room' }, 'measured at', '"room" is not a number'],
    [{ outcome: 'lost' }, 'outcome', '"lost" is no outcome; it is measured, failed_sample or infeasible'],
    [{ unit: 'V' }, 'conductivity', /V/],
    [
      { 'measurement status': 'excluded' },
      'measurement status',
      'the measurement is excluded where it comes from',
    ],
    [{ P: '0.52', B: '0.48' }, 'P', /./],
  ])('%j', async (cells, column, reason) => {
    const read = await readerOf(header);
    const found = read(row(cells));
    expect(found).toEqual({
      ...{ line: 7, column },
      reason: typeof reason === 'string' ? reason : (expect.stringMatching(reason) as unknown),
    });
    expect([isBad(found), isLeftOut(found)]).toEqual([true, false]);
  });

  it('has too few cells, or too many', async () => {
    const read = await readerOf('P,B,heat,gas,conductivity');
    expect(read('1,0,850,air')).toEqual({
      line: 7,
      column: null,
      reason: '4 fields, where the header has 5',
    });
    expect(read('1,0,850,air,1,1')).toEqual({
      line: 7,
      column: null,
      reason: '6 fields, where the header has 5',
    });
  });

  it('has a status that is accepted, and is right', async () => {
    const read = await readerOf(header);
    expect(isBad(read(row({ 'measurement status': 'accepted' })))).toBe(false);
  });

  it('has no logarithm, where one is taken', async () => {
    const change = {
      objectives: [{ property: 'voltage', goal: 'minimise', transform: 'log10', unit: 'V' }],
      limits: [],
    } as const;
    const read = await readerOf('P,B,heat,gas,voltage', { force: true }, change);
    expect(read('1,0,850,air,0')).toEqual({
      ...{ line: 7, column: 'voltage', reason: '0 has no logarithm, which this campaign takes' },
    });
    expect(read('1,0,850,air,0.3')).toMatchObject({ values: [{ value: 0.3 }] });
  });
});

describe('a value that is hardly so', () => {
  it('is refused, and kept with a flag where somebody insists', async () => {
    const [careful, forced] = [await readerOf(header), await readerOf(header, { force: true })];
    const hot = row({ conductivity: '1e9' });
    const refused = careful(hot);
    expect(refused).toMatchObject({
      column: 'conductivity',
      reason: expect.stringMatching(/plausible|range/) as unknown,
    });
    const reason = isBad(refused) ? refused.reason : '';
    expect(forced(hot)).toMatchObject({
      values: [{ value: 1e9, flags: [`outside the plausible range: ${reason}`] }],
    });
    expect(forced(row({}))).toMatchObject({
      values: [expect.not.objectContaining({ flags: expect.anything() as unknown })],
    });
    expect(forced(row({ unit: 'V' }))).toMatchObject({
      column: 'conductivity',
      reason: expect.any(String) as unknown,
    });
  });
});

describe('a point that does not lie in the space', () => {
  it('is wrong, left out or kept, as somebody wants it', async () => {
    const hot = row({ heat: '1200' });
    const why = expect.stringMatching(/must lie between 800 and 1100/) as unknown;
    const [wrong, left, kept] = [
      (await readerOf(header))(hot),
      (await readerOf(header, { outside: 'skip' }))(hot),
      (await readerOf(header, { outside: 'keep' }))(hot),
    ];
    expect(wrong).toEqual({ line: 7, column: 'heat', reason: why });
    expect(left).toEqual({ line: 7, column: 'heat', outside: why });
    expect(kept).toMatchObject({ point: { ...point, heat: 1200 }, outside: why, values: [{ value: 1e-4 }] });
    expect([wrong, left, kept].map(isLeftOut)).toEqual([false, true, false]);
  });

  it('is wrong in any case where it is none', async () => {
    for (const outside of ['skip', 'keep'] as const) {
      expect((await readerOf(header, { outside }))(row({ gas: '' }))).toMatchObject({
        ...{ line: 7, column: 'gas', reason: expect.any(String) as unknown },
      });
    }
  });

  it('names the part of the mixture that is too much', async () => {
    const parameters = space.parameters.map((one) =>
      one.kind === 'mixture'
        ? { ...one, components: [{ name: 'P' }, { name: 'B', max: 0.25 }, { name: 'S' }] }
        : one,
    );
    const read = await readerOf(header, {}, { space: { parameters } });
    expect(read(row({}))).toMatchObject({ column: 'B', reason: expect.stringMatching(/0\.25/) as unknown });
  });
});
