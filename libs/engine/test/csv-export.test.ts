import { beforeAll, describe, expect, it } from '@jest/globals';
import { exportCsv, type RecordReader } from '../src/index.js';
import { parsedCsv } from '../src/testing/csv.js';
import { newExperiment, StoreStory } from '../src/testing/store-story.js';
import { at, id, shaOf, textOf, toldCampaign } from './exported.js';

type Cells = Readonly<Record<string, string>>;

let read: RecordReader;
let text: string;
let rows: readonly Cells[];

beforeAll(async () => {
  ({ read } = await toldCampaign());
  text = await textOf(exportCsv(read, id));
  // Only what is said.
  rows = parsedCsv(text).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== '')),
  );
});

/** Without predictions, which are powers of ten to some digits. */
const toldOf = (row: Cells | undefined): Cells =>
  Object.fromEntries(Object.entries(row ?? {}).filter(([name]) => !name.includes('predicted')));

const point = { 'pressure [Pa]': '2.5', 'salt, dry': 'LiCl', turns: '3' };
const glass = { Li3PO4: '0.75', Li3BO3: '0.25' };
const asHandedIn = '{"value":0.125,"unit":"µS/cm"}';

describe('a campaign as a table', () => {
  it('has the columns of its space, of what is measured and of its goals, with their units', () => {
    const goals = ['ionic_conductivity', 'density'].flatMap((property) => {
      const unit = property === 'density' ? 'g/cm³' : 'S/cm';
      return ['predicted', 'predicted low95', 'predicted high95'].map(
        (what) => `${property} ${what} [${unit}]`,
      );
    });
    expect(text.slice(0, text.indexOf('\r\n'))).toBe(
      [
        ...['experiment', 'state', 'origin', 'Li3PO4', 'Li3BO3', 'pressure [Pa]', '"salt, dry"', 'turns'],
        ...['ionic_conductivity [S/cm]', 'ionic_conductivity uncertainty [S/cm]'],
        ...['density [g/cm³]', 'density uncertainty [g/cm³]', 'voltage [mV]', 'voltage uncertainty [mV]'],
        ...goals,
        ...['outcome', 'measurement status', 'flags', 'measured at [°C]', 'conditions', 'as handed in'],
        ...['measurement note', 'measured on', 'attempt', 'attempt state', 'station', 'device run'],
        ...['started', 'ended', 'attempt note', 'reason', 'experiment note', 'acquisition'],
        ...['acquisition value', 'plan', 'plan based on event', 'planner version', 'model id'],
        ...['approved by', 'approved on', 'proposed on', 'spec hash', 'experiment id', 'attempt id'],
        ...['measurement id', 'artifacts'],
      ].join(','),
    );
  });

  it('has a line for each measurement, with the artifacts of its own and of its attempt', () => {
    const measured = {
      ...{ experiment: '1', state: 'accepted', origin: 'model', ...glass, ...point, outcome: 'measured' },
      ...{ 'measured on': at(6), attempt: '1', 'attempt state': 'accepted', station: 'robot 7' },
      ...{ 'device run': "'+run", started: at(5), ended: at(6), reason: "'-explores" },
      ...{ acquisition: 'log-ei', 'acquisition value': '-1.5', plan: '1', 'plan based on event': '2' },
      ...{ 'planner version': '1.2.3', 'model id': 'model 1', 'approved by': 'Ada', 'approved on': at(3) },
      ...{ 'proposed on': at(2), 'spec hash': 'spec-1', 'experiment id': 'e1', 'attempt id': 'a1' },
    };
    expect(toldOf(rows[0])).toEqual({
      ...measured,
      ...{ 'ionic_conductivity [S/cm]': '0.0002', 'ionic_conductivity uncertainty [S/cm]': '0.00001' },
      ...{ 'measurement status': 'excluded', flags: 'thin; cracked', 'measured at [°C]': '25' },
      ...{ conditions: '{"temperatureC":25}', 'as handed in': asHandedIn, 'measurement note': "'=thin" },
      ...{ 'measurement id': 'm1', artifacts: `${shaOf('a')} ${shaOf('b')}` },
    });
    expect(toldOf(rows[1])).toEqual({
      ...measured,
      ...{ 'density [g/cm³]': '2.5', 'measurement status': 'accepted', conditions: '{}' },
      ...{ 'as handed in': '{"value":2500,"unit":"kg/m³"}', 'measurement id': 'm2' },
      artifacts: `${shaOf('b')} ${shaOf('c')}`,
    });
  });

  it('tells what was predicted of each goal, and between which values it would lie 19 times of 20', () => {
    const predicted = (property: string): readonly number[] =>
      Object.entries(rows[0] ?? {})
        .filter(([name]) => name.startsWith(`${property} predicted`))
        .map(([, cell]) => Number(cell));
    const [middle = NaN, low = NaN, high = NaN] = predicted('ionic_conductivity').map(Math.log10);
    expect(middle).toBeCloseTo(-4, 12);
    expect(low).toBeCloseTo(-4 - 0.5 * 1.959963984540054, 12);
    expect(high).toBeCloseTo(-4 + 0.5 * 1.959963984540054, 12);
    const [mean, least = NaN, most = NaN] = predicted('density');
    expect(mean).toBe(3);
    expect([least, most].map((end) => end.toFixed(6))).toEqual(['2.510009', '3.489991']);
    expect(rows.map((row) => Object.keys(row).filter((name) => name.includes('predicted')).length)).toEqual([
      ...[6, 6, 0, 0, 0, 0],
    ]);
  });

  it('has a line for an attempt that gave nothing, with the parts that are not in it', () => {
    expect(rows[2]).toEqual({
      ...{ experiment: '2', state: 'failed_sample', origin: 'person', Li3PO4: '1', Li3BO3: '0', ...point },
      ...{ outcome: 'failed_sample', attempt: '1', 'attempt state': 'submitted', station: 'robot 7' },
      ...{ started: at(11), ended: at(12), 'attempt note': `'@it broke, in "two"` },
      ...{ reason: 'I think so', 'experiment note': `'@it broke, in "two"`, 'approved by': 'Ada' },
      ...{ 'approved on': at(9), 'proposed on': at(8), 'spec hash': 'spec-2', 'experiment id': 'e2' },
      'attempt id': 'a2',
    });
  });

  it('has a line for what waits, for what could not be made, and for what was measured by hand', () => {
    const person = { origin: 'person', ...glass, ...point };
    expect(rows.slice(3)).toEqual([
      {
        ...{ experiment: '3', state: 'proposed', ...person, reason: ' later', 'proposed on': at(13) },
        ...{ 'spec hash': 'spec-3', 'experiment id': 'e3' },
      },
      {
        ...{ experiment: '4', state: 'infeasible', origin: 'history', ...glass, ...point },
        ...{ outcome: 'infeasible', reason: 'From past.csv, line 2.', 'proposed on': at(14) },
        ...{ 'spec hash': expect.stringMatching(/^[0-9a-f]{64}$/), 'experiment id': 'past-00000004' },
      },
      {
        ...{ experiment: '5', state: 'proposed', ...person, 'ionic_conductivity [S/cm]': '0.0003' },
        ...{ outcome: 'measured', 'measurement status': 'accepted', conditions: '{"temperatureC":"room"}' },
        ...{ 'as handed in': asHandedIn, 'measured on': at(16), reason: 'by hand', 'proposed on': at(15) },
        ...{ 'spec hash': 'spec-5', 'experiment id': 'e5', 'measurement id': 'm5' },
      },
    ]);
  });

  it('quotes what would be read otherwise, and nothing else', () => {
    const lines = text.split('\r\n');
    expect(lines).toHaveLength(8);
    expect(lines.at(-1)).toBe('');
    expect(lines[3]).toContain(`,"'@it broke, in ""two""",I think so,`);
    expect(lines[4]).toContain(',3,,,,,,,,,,,,,,,,,,,,,,,,,,,," later",,');
    expect(lines[5]).toContain(',"From past.csv, line 2.",');
  });
});

describe('a table of nothing', () => {
  it('of a campaign without experiments has its header alone', async () => {
    const { store } = new StoreStory(await toldCampaign());
    const empty = await new StoreStory(store).campaign();
    expect((await textOf(exportCsv(store.read, empty))).split('\r\n')).toHaveLength(2);
  });

  it('of a campaign that is not there is refused', async () => {
    await expect(textOf(exportCsv(read, 'nothing'))).rejects.toMatchObject({
      ...{ code: 'NOT_FOUND', message: 'there is no campaign nothing' },
    });
  });
});

it('a long table has each experiment once, in their order', async () => {
  const story = new StoreStory(await toldCampaign());
  const long = await story.campaign();
  for (const last of [500, 1001]) {
    await story.step(long, (tx) => {
      for (let number = tx.campaign.experiments + 1; number <= last; number += 1) {
        tx.append({ type: 'experiment.added', experiment: newExperiment(number) });
      }
    });
    const numbers = parsedCsv(await textOf(exportCsv(story.store.read, long))).map(
      (row) => row['experiment'],
    );
    expect(numbers).toEqual(Array.from({ length: last }, (_, i) => String(i + 1)));
  }
});
