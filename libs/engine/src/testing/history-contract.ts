import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Campaign, JsonObject } from '@ionloop/domain';
import {
  BadRows,
  type BadRow,
  checkHistory,
  createCampaign,
  type Engine,
  exportCsv,
  type HistoryFile,
  type HistoryOptions,
  type HistoryReport,
  importHistory,
  moveCampaign,
  type Planner,
} from '../index.js';
import { type TestLoop } from './loop.js';
import { ternary } from './ternary.js';
import { newLoopForEach, type OpenedEngine } from './opened.js';

const sintering: JsonObject = {
  ...ternary,
  name: 'Sintering',
  space: {
    parameters: [
      { kind: 'continuous', name: 'temperature', min: 800, max: 1100, unit: '°C' },
      { kind: 'continuous', name: 'time', min: 10, max: 540, scale: 'log', unit: 'min' },
      { kind: 'categorical', name: 'atmosphere', choices: ['air', 'argon'] },
    ],
  },
};

/** Headers as people write them, other units, a decimal comma, a replicate, a failure, a duplicate. */
const table = [
  'Temperature (K);time [h];Atmosphere;conductivity [mS/cm];outcome;Comment;Operator',
  '1123,15;2;air;0,5;;first;Zoë',
  '1173,15;1,5;argon;0,8;measured;;Zoë',
  '1123,15;2;air;0,55;;again;Zoë',
  '1223,15;4;air;;failed;"it broke; in two";Zoë',
  '1123,15;2;air;0,5;;the same again;Zoë',
  '',
  '1273,15;0,5;argon;cracked;;;Zoë',
].join('\r\n');

export const fileOf = (text: string, encoding: BufferEncoding = 'utf8', name = 'old.csv'): HistoryFile => ({
  name,
  open: async function* () {
    const bytes = Buffer.from(text, encoding);
    for (let at = 0; at < bytes.length; at += 37) yield await Promise.resolve(bytes.subarray(at, at + 37));
  },
});

/** That results of the past come into a campaign whole or not at all, whichever store keeps it. */
export function historyContract(name: string, open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe(`history from a table, on ${name}`, () => {
    let engine: Engine;
    let loop: TestLoop;
    let campaign: Campaign;
    newLoopForEach(open, planner, (opened) => ({ engine, loop } = opened));
    beforeEach(async () => {
      campaign = await createCampaign(engine, loop.person, sintering);
    });

    const bring = (file: HistoryFile, options?: HistoryOptions): Promise<HistoryReport> =>
      importHistory(engine, loop.person, campaign.id, file, options);
    const experiments = () => engine.store.read.experiments(campaign.id);
    const values = async (): Promise<readonly (readonly [number, readonly number[]])[]> =>
      (await experiments()).map(
        ({ number, results }) => [number, results.map(({ value }) => value)] as const,
      );

    it('is understood as it is written: delimiter, decimal comma, headers, units, failures', async () => {
      const report = await bring(fileOf(table));
      expect(report.file).toMatchObject({ encoding: 'utf-8', delimiter: ';', decimal: 'comma' });
      expect(report.columns.map(({ means, unit }) => [means, unit])).toEqual([
        ['temperature', 'K'],
        ['time', 'h'],
        ['atmosphere', null],
        ['value', 'mS/cm'],
        ['outcome', null],
        ['note', null],
        ['ignored', null],
      ]);
      expect(report).toMatchObject({
        ...{ rows: 6, experiments: 4, measurements: 3, replicates: 1, failures: 2, duplicates: 1, bad: 0 },
        duplicateLines: [6],
      });
      const [first, second, third, fourth] = await experiments();
      expect(first).toMatchObject({
        ...{
          number: 1,
          state: 'accepted',
          origin: 'history',
          note: 'first',
          reason: 'From old.csv, line 2.',
        },
        point: { temperature: 850, time: 120, atmosphere: 'air' },
      });
      expect(await values()).toEqual([
        [1, [5e-4, 5.5e-4]],
        [2, [8e-4]],
        [3, []],
        [4, []],
      ]);
      expect(second?.point).toEqual({ temperature: 900, time: 90, atmosphere: 'argon' });
      expect([third?.state, third?.note, fourth?.state]).toEqual([
        'failed_sample',
        'it broke; in two',
        'failed_sample',
      ]);
      const [measurement] = await engine.store.read.measurements(campaign.id);
      expect(measurement).toMatchObject({ unit: 'S/cm', status: 'accepted', attemptId: null });
      expect(measurement?.raw).toEqual({ value: 0.5, unit: 'mS/cm', line: 2 });
    });

    it.each([
      ['UTF-16 with its mark', 'utf-16le', Buffer.from(`\ufeff${table}`, 'utf16le')],
      ['Windows-1252', 'windows-1252', Buffer.from(table, 'latin1')],
      ['UTF-8 with its mark', 'utf-8', Buffer.from(`\ufeff${table}`)],
    ])('is the same in %s', async (_what, encoding, bytes) => {
      const report = await bring(fileOf(bytes.toString('latin1'), 'latin1'));
      expect(report.file.encoding).toBe(encoding);
      expect(report).toMatchObject({ rows: 6, experiments: 4, bad: 0 });
    });

    it('is looked at first, and every row that is wrong is told with its line, its column and the reason', async () => {
      const wrong = [
        'temperature,time,atmosphere,ionic_conductivity',
        '850,60,air,1e-4',
        '2000,60,air,1e-4',
        '850,soon,air,1e-4',
        '850,60,neon,1e-4',
        '850,60,air,-1',
        '850,60,air',
        '850,60,air,',
        '"850",60,"air",2e-4',
      ].join('\n');
      const told: BadRow[] = [];
      const hooks = { onBad: (row: BadRow) => void told.push(row) };
      const report = await checkHistory(engine, campaign.id, fileOf(wrong), {}, hooks);
      expect(told.map(({ line, column }) => [line, column])).toEqual([
        [3, 'temperature'],
        [4, 'time'],
        [5, 'atmosphere'],
        [6, 'ionic_conductivity'],
        [7, null],
        [8, 'ionic_conductivity'],
      ]);
      expect(told[0]?.reason).toContain('must lie between 800 and 1100');
      expect(told[1]?.reason).toBe('"soon" is not a number');
      expect(report).toMatchObject({ rows: 8, bad: 6, experiments: 1, replicates: 1, importId: null });
      await expect(bring(fileOf(wrong))).rejects.toThrow(BadRows);
      await expect(bring(fileOf(wrong))).rejects.toThrow(/6 of 8 rows .* line 3, "temperature"/);
      expect(await experiments()).toEqual([]);
      expect(await bring(fileOf(wrong), { skipBad: true })).toMatchObject({ experiments: 1, bad: 6 });
      expect(await values()).toEqual([[1, [1e-4, 2e-4]]]);
    });

    it('is imported once, and what another table repeats is known', async () => {
      const { importId } = await bring(fileOf(table));
      const before = await engine.store.read.lastSeq(campaign.id);
      expect(await bring(fileOf(table, 'utf8', 'renamed.csv'))).toMatchObject({ importId, isRepeated: true });
      expect(await engine.store.read.lastSeq(campaign.id)).toBe(before);
      const more = `${table}\r\n1123,15;2;air;0,6;;;Ada\r\n`;
      expect(await bring(fileOf(more))).toMatchObject({
        ...{ rows: 7, experiments: 0, measurements: 1, replicates: 1, duplicates: 6, isRepeated: false },
      });
      expect((await values())[0]).toEqual([1, [5e-4, 5.5e-4, 6e-4]]);
    });

    it('spends no budget, and the planner learns from it at once', async () => {
      const rows = Array.from(
        { length: 12 },
        (_, i) => `${810 + 20 * i},${20 + 30 * i},air,${(i + 1) * 1e-5}`,
      );
      await bring(fileOf(['temperature,time,atmosphere,ionic_conductivity', ...rows].join('\n')));
      await moveCampaign(engine, loop.person, campaign.id, 'active');
      await loop.look(campaign.id);
      const proposed = (await experiments()).filter(({ origin }) => origin !== 'history');
      expect(proposed.map(({ origin }) => origin)).toEqual(['model', 'model', 'model']);
      expect((await loop.now(campaign.id)).state).toBe('active');
    });

    it('takes back what was exported', async () => {
      await bring(fileOf(table));
      let text = '';
      for await (const part of exportCsv(engine.store.read, campaign.id)) text += part;
      const other = await createCampaign(engine, loop.person, sintering);
      const report = await importHistory(engine, loop.person, other.id, fileOf(text));
      expect(report).toMatchObject({ experiments: 4, measurements: 3, replicates: 1, failures: 2, bad: 0 });
      const points = async (id: string) =>
        (await engine.store.read.experiments(id)).map(({ point, state }) => ({ point, state }));
      expect(await points(other.id)).toEqual(await points(campaign.id));
    });

    it('does as it is told about columns, and refuses what it cannot know', async () => {
      const plain = ['T,t,gas,sigma', '1123.15,2,air,0.5'].join('\n');
      await expect(bring(fileOf(plain))).rejects.toThrow(/no column for "temperature", "time", "atmosphere"/);
      const map = {
        T: 'temperature [K]',
        t: 'time [h]',
        gas: 'atmosphere',
        sigma: 'ionic_conductivity [mS/cm]',
      };
      await expect(bring(fileOf(plain), { map: { ...map, T: 'temperature [bar]' } })).rejects.toThrow(
        /never °C/,
      );
      await expect(bring(fileOf(plain), { map: { ...map, gas: 'colour' } })).rejects.toThrow(
        /cannot mean "colour"/,
      );
      await expect(bring(fileOf(plain), { map: { ...map, x: 'time' } })).rejects.toThrow(
        /there is no column "x"/,
      );
      expect(await bring(fileOf(plain), { map })).toMatchObject({ experiments: 1, bad: 0 });
      expect((await experiments())[0]?.point).toEqual({ temperature: 850, time: 120, atmosphere: 'air' });
    });

    it('leaves nothing where the table changes while it is written', async () => {
      const rows = Array.from(
        { length: 3000 },
        (_, i) => `${800 + i / 100},${10 + i / 10},air,${(i + 1) * 1e-9}`,
      );
      const text = ['temperature,time,atmosphere,ionic_conductivity', ...rows].join('\n');
      let opens = 0;
      const fickle: HistoryFile = {
        name: 'fickle.csv',
        open: () => {
          opens += 1;
          return fileOf(opens < 4 ? text : text.replace('820,', '821,')).open();
        },
      };
      await expect(bring(fickle)).rejects.toThrow('fickle.csv was changed while it was read');
      expect(opens).toBe(4);
      expect(await experiments()).toEqual([]);
      expect(await engine.store.read.lastSeq(campaign.id)).toBe(1);
      expect(await bring(fileOf(text))).toMatchObject({ experiments: 3000, measurements: 3000 });
      // After the campaign’s own, an event for each 250 rows and for what is left of a portion.
      expect(await engine.store.read.lastSeq(campaign.id)).toBe(14);
    });
  });
}
