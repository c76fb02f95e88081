import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Campaign, IonloopError, type JsonObject } from '@ionloop/domain';
import {
  addExperiment,
  cancelImport,
  createCampaign,
  type Engine,
  type HistoryImport,
  type HistoryOptions,
  type ImportHints,
  type Planner,
  previewImport,
  runImport,
  startImport,
  uploadImport,
  verifyCampaign,
} from '../index.js';
import type { OpenedEngine } from './opened.js';
import { fileOf } from './history-contract.js';
import { TestLoop } from './loop.js';
import { ternary } from './ternary.js';

const spec: JsonObject = {
  ...ternary,
  name: 'Sintering',
  space: {
    parameters: [
      { kind: 'continuous', name: 'temperature', min: 800, max: 1100, unit: '°C' },
      { kind: 'categorical', name: 'atmosphere', choices: ['air', 'argon'] },
    ],
  },
};
const header = 'temperature,atmosphere,ionic_conductivity';

/** Every seventh row is the point of the one before. */
const manyRows = (count: number): string =>
  Array.from({ length: count }, (_, i) => {
    const n = i % 7 === 6 ? i - 1 : i;
    return `${(800 + (n % 3000) / 10).toFixed(1)},${n < 3000 ? 'air' : 'argon'},${(1e-6 * (i + 1)).toPrecision(6)}`;
  }).join('\n');

/** That tables come in by a worker, however often it dies, whichever store keeps them. */
export function importContract(name: string, open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe(`imports by a worker, on ${name}`, () => {
    let opened: OpenedEngine;
    let engine: Engine;
    let loop: TestLoop;
    let campaign: Campaign;
    let hinted: string[];
    const hints: ImportHints = {
      import: (id) => {
        hinted.push(id);
        return Promise.resolve();
      },
    };

    beforeEach(async () => {
      opened = await open();
      engine = opened.engine;
      loop = new TestLoop(engine, planner);
      hinted = [];
      campaign = await createCampaign(engine, loop.person, spec);
    });
    afterEach(async () => {
      for (const { id } of await engine.store.read.campaigns()) {
        const verdict = await verifyCampaign(engine.store.read, planner, id);
        expect({ ...verdict, plans: [] }).toMatchObject({ ok: true, tablesCompared: true, faults: [] });
      }
      await opened.close();
    });

    const bring = (text: string, options: HistoryOptions = {}, key?: string): Promise<HistoryImport> =>
      uploadImport(
        engine,
        hints,
        loop.person,
        {
          ...{ campaignId: campaign.id, fileName: 'old.csv', options, maxBytes: 1e6 },
          ...(key !== undefined && { idempotencyKey: key }),
        },
        () => fileOf(text).open(),
      );
    const work = (id: string): Promise<void> => runImport(engine, hints, id);
    const now = async (id: string): Promise<HistoryImport> => {
      const [one] = await engine.store.imports.byIds([id]);
      if (!one) throw new Error('it is gone');
      return one;
    };
    const looked = async (text: string, options?: HistoryOptions): Promise<HistoryImport> => {
      const { id } = await bring(text, options);
      await work(id);
      return now(id);
    };
    const start = (id: string, skipBad = false): Promise<HistoryImport> =>
      startImport(engine, hints, loop.person, { id, skipBad });
    const values = async (): Promise<readonly number[]> =>
      (await engine.store.read.experiments(campaign.id)).flatMap(({ results }) =>
        results.map(({ value }) => value),
      );

    it('are looked at first: how they are written, what columns mean, the first rows and what is wrong in them', async () => {
      const rows = [
        '850,air,1e-4',
        '850,air,2e-4',
        '850,air,1e-4',
        '900,neon,1e-4',
        '1500,air,1e-4',
        '860,air,bad',
      ];
      const { id, state, preview, report, progress } = await looked([header, ...rows].join('\n'));
      expect(hinted).toEqual([id]);
      expect([state, await values()]).toEqual(['surveyed', []]);
      expect(preview).toMatchObject({
        file: { delimiter: ',', decimal: 'point', encoding: 'utf-8' },
        columns: [
          { means: 'temperature', unit: '°C', isAssumed: true },
          { means: 'atmosphere' },
          { means: 'value' },
        ],
        problems: [],
      });
      expect(preview?.meanings).toEqual(
        expect.arrayContaining(['temperature', 'ionic_conductivity', 'ignore']),
      );
      expect(preview?.rows.map(({ line, verdict }) => [line, verdict?.kind, verdict?.column])).toEqual([
        [2, 'experiment', null],
        [3, 'replicate', null],
        [4, 'duplicate', null],
        [5, 'bad', 'atmosphere'],
        [6, 'bad', 'temperature'],
        [7, 'bad', 'ionic_conductivity'],
      ]);
      expect(preview?.rows[5]).toMatchObject({ cells: ['860', 'air', 'bad'] });
      expect(report).toMatchObject({ rows: 6, experiments: 1, replicates: 1, duplicates: 1, bad: 3 });
      expect(progress).toMatchObject({ rows: 6, bad: 3, written: 0 });
      const told = [];
      for await (const some of engine.store.imports.badRows(id)) told.push(...some);
      expect(told.map(({ line }) => line)).toEqual([5, 6, 7]);
      await expect(start(id)).rejects.toMatchObject({ field: 'skipBad' });
      await start(id, true);
      await work(id);
      expect(await now(id)).toMatchObject({
        state: 'done',
        report: { bad: 3, measurements: 2, importId: id },
      });
      expect(await values()).toEqual([1e-4, 2e-4]);
      expect(await start(id)).toMatchObject({ state: 'done' });
    });

    it('tell what is not understood, and are understood as they are told', async () => {
      const table = ['T,where,sigma', '1123.15,air,0.1', '1173.15,argon,0.2'].join('\n');
      const first = await looked(table);
      expect(first).toMatchObject({ state: 'surveyed', report: null });
      expect(first.preview?.problems[0]?.message).toMatch(/no column for "temperature"/);
      expect(first.preview?.rows[0]).toMatchObject({ cells: ['1123.15', 'air', '0.1'], verdict: null });
      await expect(start(first.id)).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'map' });
      const map = { T: 'temperature [K]', where: 'atmosphere', sigma: 'ionic_conductivity [mS/cm]' };
      await previewImport(engine, hints, loop.person, {
        id: first.id,
        options: { map: { ...map, X: 'note' } },
      });
      await work(first.id);
      expect((await now(first.id)).preview?.problems).toMatchObject([{ header: 'X' }]);
      await previewImport(engine, hints, loop.person, { id: first.id, options: { map } });
      await work(first.id);
      expect(await now(first.id)).toMatchObject({ state: 'surveyed', report: { rows: 2, bad: 0 } });
      await start(first.id);
      await work(first.id);
      expect(await values()).toEqual([1e-4, 2e-4]);
    });

    it('go on where a worker died: no row twice, none left out', async () => {
      const rows = 10_000;
      const { id, report } = await looked(`${header}\n${manyRows(rows)}`);
      await start(id);
      for (const written of [1, 1])
        await expect(runImport(dying(engine, written), hints, id)).rejects.toThrow('power cut');
      const between = await engine.store.read.countExperiments(campaign.id);
      expect(between).toBeGreaterThan(0);
      expect(between).toBeLessThan(report?.experiments ?? 0);
      // Somebody goes on meanwhile, so that numbers are not those of the survey.
      const point = { temperature: 801.05, atmosphere: 'argon' };
      await addExperiment(engine, loop.person, { campaignId: campaign.id, point, reason: 'meanwhile' });
      await runImport(impatient(engine), hints, id);
      expect(await now(id)).toMatchObject({
        state: 'done',
        report: { rows, measurements: rows, duplicates: 0, bad: 0 },
      });
      const all = await values();
      expect([all.length, new Set(all).size]).toEqual([rows, rows]);
      expect(await engine.store.read.countExperiments(campaign.id)).toBe((report?.experiments ?? 0) + 1);
      const { id: again } = await looked(`${header}\n${manyRows(rows)}`);
      await start(again);
      await work(again);
      expect((await now(again)).report).toMatchObject({ isRepeated: true });
      expect((await values()).length).toBe(rows);
    });

    it('stop where they are cancelled, and are written one after the other', async () => {
      const first = await looked(`${header}\n${manyRows(1200)}`);
      const second = await looked(`${header}\n860,argon,9e-3`);
      await start(first.id);
      await start(second.id);
      expect(await engine.store.imports.begin(first.id, 60)).not.toBeNull();
      await work(second.id);
      expect(await now(second.id)).toMatchObject({ state: 'importing' });
      await cancelImport(engine, first.id);
      await expect(cancelImport(engine, first.id)).rejects.toBeInstanceOf(IonloopError);
      hinted = [];
      await work(first.id);
      expect([await now(first.id), await values()]).toMatchObject([{ state: 'cancelled' }, []]);
      await work(second.id);
      expect([await now(second.id), await values()]).toMatchObject([{ state: 'done' }, [9e-3]]);
    });

    it('leave out, or keep as knowledge, points outside of the space', async () => {
      const table = [header, '850,air,1e-4', '1500,air,2e-4', '900,neon,3e-4', 'hot,air,4e-4'].join('\n');
      const skipped = await looked(table, { outside: 'skip' });
      expect(skipped.report).toMatchObject({ rows: 4, experiments: 1, outside: 2, bad: 1 });
      const kept = await looked(table, { outside: 'keep' });
      expect(kept.report).toMatchObject({ rows: 4, experiments: 3, outside: 2, bad: 1 });
      await start(kept.id, true);
      await work(kept.id);
      const experiments = await engine.store.read.experiments(campaign.id);
      expect(experiments.map(({ outside, state }) => [outside, state])).toEqual([
        [null, 'accepted'],
        [expect.stringMatching(/1500/), 'accepted'],
        [expect.stringMatching(/neon/), 'accepted'],
      ]);
    });

    it('are looked at again and started once under a key', async () => {
      const { id } = await looked(`${header}\n850,air,1e-4`);
      const again = (options: HistoryOptions): Promise<HistoryImport> =>
        previewImport(engine, hints, loop.person, { id, options, idempotencyKey: 'look' });
      expect(await again({ decimal: 'point' })).toMatchObject({ state: 'surveying' });
      await work(id);
      hinted = [];
      expect(await again({ decimal: 'point' })).toMatchObject({ state: 'surveyed' });
      await expect(again({})).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
      const begin = (skipBad: boolean): Promise<HistoryImport> =>
        startImport(engine, hints, loop.person, { id, skipBad, idempotencyKey: 'begin' });
      expect(hinted).toEqual([]);
      expect(await begin(true)).toMatchObject({ state: 'importing' });
      const run = await engine.store.imports.begin(id, 60);
      await engine.store.imports.end(id, run ?? 0, 'failed', { error: 'a power cut' });
      // The same request, heard late, does not begin it again.
      expect(await begin(true)).toMatchObject({ state: 'failed' });
      await expect(begin(false)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
      expect(hinted).toEqual([id]);
      await start(id);
      await work(id);
      expect([await now(id), await values()]).toMatchObject([{ state: 'done' }, [1e-4]]);
    });

    it('are brought once under a key, and not at all where they are too long or empty', async () => {
      const one = await bring(`${header}\n850,air,1e-4`, {}, 'my key');
      expect((await bring('another', {}, 'my key')).id).toBe(one.id);
      await expect(bring('')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      await expect(bring('x'.repeat(1_000_001))).rejects.toMatchObject({ code: 'TOO_LARGE' });
      expect((await engine.store.imports.ofCampaigns([campaign.id])).map(({ id }) => id)).toEqual([one.id]);
      expect((await engine.store.imports.neglected(-60)).map(({ id }) => id)).toEqual([one.id]);
      await work(one.id);
      expect(await engine.store.imports.sweep(-60)).toBe(1);
      expect(await now(one.id)).toMatchObject({ state: 'cancelled' });
    });
  });
}

/** A worker that has written so many batches when the power goes: not even its end is told. */
function dying(engine: Engine, batches: number): Engine {
  const cut = (): Promise<never> => Promise.reject(new Error('power cut'));
  let left = batches;
  return replaced(impatient(engine), {
    transact: (...args: Parameters<Engine['store']['transact']>) => {
      left -= 1;
      return left < 0 ? cut() : engine.store.transact(...args);
    },
    end: cut,
  });
}

/** One that does not wait for a dead worker to be silent for long. */
const impatient = (engine: Engine): Engine =>
  replaced(engine, { begin: (id: string) => engine.store.imports.begin(id, -60) });

function replaced(engine: Engine, members: Readonly<Record<string, unknown>>): Engine {
  const over = <T extends object>(target: T, own: Readonly<Record<string, unknown>>): T =>
    new Proxy(target, {
      get: (real, member) => {
        if (typeof member === 'string' && Object.hasOwn(own, member)) return own[member];
        const value: unknown = Reflect.get(real, member, real);
        return typeof value === 'function' ? (value.bind(real) as unknown) : value;
      },
    });
  const imports = over(engine.store.imports, members);
  return { ...engine, store: over(engine.store, { ...members, imports }) };
}
