import { describe, expect, it } from '@jest/globals';
import {
  type Campaign,
  inUse,
  type JsonObject,
  knowledgeHash,
  type Knowledge,
  type RecordedEvent,
} from '@ionloop/domain';
import {
  addKnowledge,
  type AddKnowledge,
  createCampaign,
  type Engine,
  exportBundle,
  importHistory,
  InMemoryArtifactFiles,
  moveCampaign,
  type Planner,
  planRequestOf,
  reconcile,
  removeKnowledge,
  restoreBundle,
  updateCampaign,
  verifyCampaign,
} from '../index.js';
import { fileOf } from './history-contract.js';
import { type TestLoop } from './loop.js';
import { ternary } from './ternary.js';
import { newLoopForEach, type OpenedEngine } from './opened.js';
import { refusal } from './refusal.js';

const temperature = { kind: 'continuous', name: 'temperature', min: 800, max: 1100, unit: '°C' };
const atmosphere = { kind: 'categorical', name: 'atmosphere', choices: ['air', 'argon'] };
const furnace: JsonObject = {
  ...ternary,
  name: 'This furnace',
  space: { parameters: [temperature, atmosphere] },
  objective: { ...(ternary['objective'] as JsonObject), temperatureC: 25 },
  strategy: 'gp-log-ei',
  initial: 2,
  budget: 30,
  parallel: 1,
};
const otherFurnace: JsonObject = {
  ...furnace,
  name: 'Another furnace',
  space: {
    parameters: [
      { kind: 'continuous', name: 'T', min: 1073, max: 1373, unit: 'K' },
      { ...atmosphere, choices: ['air', 'argon', 'vacuum'] },
      { kind: 'continuous', name: 'speed', min: 1, max: 5, unit: 'h' },
    ],
  },
  objective: { ...(ternary['objective'] as JsonObject), unit: 'mS/cm', temperatureC: 60 },
};
const match = { parameters: [{ parameter: 'temperature', from: 'T' }], ignored: ['speed'] };

/** log10 of a conductivity with its best at 950 °C. */
const found = (celsius: number, gas: string, shift = 0): number =>
  10 ** (-5 + shift + 1.5 / (1 + ((celsius - 950) / 60) ** 2) + (gas === 'argon' ? 0.3 : 0));
const gases = ['air', 'argon', 'vacuum'] as const;
const earlier = `T [K],atmosphere,speed,ionic_conductivity [mS/cm],sd\n${Array.from(
  { length: 18 },
  (_, i) => {
    const [celsius, gas] = [805 + 17 * i, gases[i % 3] ?? 'air'];
    return `${(celsius + 273.15).toFixed(2)},${gas},${1 + (i % 4)},${(1e3 * found(celsius, gas, 0.4)).toPrecision(6)},1e-6`;
  },
).join('\n')}`;
const own = `temperature,atmosphere,ionic_conductivity\n${[810, 1090, 870, 1010]
  .map(
    (celsius, i) => `${celsius},${gases[i % 2] ?? ''},${found(celsius, gases[i % 2] ?? '').toPrecision(6)}`,
  )
  .join('\n')}`;
const papers = `temperature / K,atmosphere,conductivity [mS/cm],sd,doi
1123.15,air,"0,05","0,01",10.1000/a
1123.15,air,"0,07",,10.1000/b
1273.15,argon,"0,2","0,02",10.1000/a
1673.15,argon,"0,2",,10.1000/a`;

/** That results from elsewhere are learned from, and frozen, whichever store keeps them. */
export function knowledgeContract(name: string, open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe(`knowledge from elsewhere, on ${name}`, () => {
    let engine: Engine;
    let loop: TestLoop;
    newLoopForEach(open, planner, (opened) => ({ engine, loop } = opened));

    const made = async (spec: JsonObject, table: string): Promise<Campaign> => {
      const campaign = await createCampaign(engine, loop.person, spec);
      await importHistory(engine, loop.person, campaign.id, fileOf(table));
      return campaign;
    };
    const both = async () => ({ here: await made(furnace, own), there: await made(otherFurnace, earlier) });
    const add = (campaignId: string, wanted: Omit<AddKnowledge, 'campaignId'>): Promise<Knowledge> =>
      addKnowledge(engine, loop.person, { campaignId, ...wanted });
    const log = async (id: string): Promise<readonly RecordedEvent[]> =>
      engine.store.read.events(id, 0, 1000);
    const proposal = async (id: string) => {
      const all = await engine.store.read.experiments(id);
      const last = all.at(-1);
      if (!last) throw new Error('nothing was proposed');
      return last;
    };

    it('is copied from another campaign in this one’s parameters and units, and plans are made with it', async () => {
      const { here, there } = await both();
      const added = await add(here.id, { campaign: { id: there.id, ...match } });
      expect(added).toMatchObject({
        ...{ number: 1, name: 'Another furnace', addedBy: 'ada', removed: null },
        hash: knowledgeHash(added.rows),
        origin: {
          kind: 'campaign',
          campaignId: there.id,
          seq: await engine.store.read.lastSeq(there.id),
          // A third of the results are of a vacuum, which this campaign does not have.
          leftOut: 6,
          notes: [
            'temperature: T there',
            'temperature: K there, °C here',
            'atmosphere: without vacuum, which only the other campaign has',
            'speed: ignored',
            'ionic_conductivity: mS/cm there, S/cm here',
            'ionic_conductivity: at 60 °C there, at 25 °C here',
          ],
        },
      });
      expect(added.rows).toHaveLength(12);
      const [first] = added.rows;
      expect(first).toMatchObject({ point: { temperature: 805, atmosphere: 'air' }, note: 'experiment 1' });
      expect(first?.values[0]?.value).toBeCloseTo(found(805, 'air', 0.4), 10);
      expect(first?.values[0]?.sd).toBeCloseTo(1e-9, 18);

      await moveCampaign(engine, loop.person, here.id, 'active');
      await loop.look(here.id);
      const [plan] = await engine.store.read.plans(here.id);
      expect(plan?.knowledge).toEqual([added.hash]);
      const { reason, grounds } = await proposal(here.id);
      expect(grounds?.elsewhere?.[0]).toMatchObject({
        property: 'ionic_conductivity',
        sources: [{ source: 1, results: 12 }],
      });
      expect(reason).toMatch(/12 results from elsewhere/);
      const [model] = await engine.store.read.models(here.id);
      expect(model).toMatchObject({
        trainingSize: 4,
        diagnostics: { n: 4, elsewhere: { sources: [{ source: 1, results: 12 }] } },
      });
    });

    it('stays what it was, whatever becomes of where it came from: plans are made again to the bit', async () => {
      const { here, there } = await both();
      const added = await add(here.id, { campaign: { id: there.id, ...match } });
      await moveCampaign(engine, loop.person, here.id, 'active');
      await loop.look(here.id);
      await importHistory(
        engine,
        loop.person,
        there.id,
        fileOf('T [K],atmosphere,speed,ionic_conductivity [mS/cm]\n1200,air,2,9', 'utf8', 'more.csv'),
      );
      await moveCampaign(engine, loop.person, there.id, 'archived');
      expect(await engine.store.read.knowledge([here.id])).toEqual([added]);
      const verdict = await verifyCampaign(engine.store.read, planner, here.id);
      expect(verdict).toMatchObject({ ok: true, plans: [{ identical: true }] });
    });

    it('of a table is read as an import reads it, with repeats, deviations and where each row is from', async () => {
      const here = await made(furnace, own);
      const table = { fileName: 'papers.csv', text: papers, citation: 'a review, 2020' };
      const added = await add(here.id, { name: 'Papers', table });
      expect(added.origin).toMatchObject({
        kind: 'table',
        fileName: 'papers.csv',
        citation: 'a review, 2020',
      });
      expect(added.rows.map(({ point, note }) => [point['temperature'], note])).toEqual([
        [850, '10.1000/a; 10.1000/b'],
        [1000, '10.1000/a'],
        [1400, '10.1000/a'],
      ]);
      const repeats = added.rows[0]?.values.map(({ value, sd }) => [value, sd ?? null]);
      expect(repeats).toEqual([
        [expect.closeTo(5e-5, 12), expect.closeTo(1e-5, 12)],
        [expect.closeTo(7e-5, 12), null],
      ]);
      const snapshot = await engine.store.read.planningSnapshot(here.id);
      if (!snapshot) throw new Error('the campaign is gone');
      const asked = planRequestOf({ ...snapshot, campaign: { ...snapshot.campaign, state: 'active' } });
      const elsewhere = asked?.observations.filter(({ source }) => source === 1) ?? [];
      // 1400 °C lies beyond what models of this space see as it is.
      expect(elsewhere).toHaveLength(2);
      const [repeated, single] = elsewhere;
      const logs = [Math.log10(5e-5), Math.log10(7e-5)] as const;
      expect(repeated?.values[0]).toBeCloseTo((logs[0] + logs[1]) / 2, 12);
      expect(repeated?.variances?.[0]).toBeCloseTo((logs[0] - logs[1]) ** 2 / 4, 12);
      // 0.02 of 0.2, as a part of a decade.
      expect(single?.variances?.[0]).toBeCloseTo((0.1 / Math.LN10) ** 2, 12);
    });

    it('that does not fit is refused with all that does not, parameter by parameter', async () => {
      const { here, there } = await both();
      await expect(add(here.id, { campaign: { id: there.id } })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringMatching(
          /temperature: the other campaign has no such parameter.*T: only the other campaign varies it.*speed: only/,
        ) as unknown,
      });
      const time = { parameter: 'temperature', from: 'speed' };
      await expect(
        add(here.id, { campaign: { id: there.id, parameters: [time], ignored: ['T'] } }),
      ).rejects.toThrow(/temperature: it is in h there and in °C here/);
      const kinds = { parameters: [{ parameter: 'temperature', from: 'atmosphere' }] };
      await expect(add(here.id, { campaign: { id: there.id, ...kinds } })).rejects.toThrow(
        /temperature: it is categorical there and continuous here/,
      );
      const strange = { ...match, parameters: [...match.parameters, { parameter: 'pressure', from: 'T' }] };
      await expect(add(here.id, { campaign: { id: there.id, ...strange } })).rejects.toThrow(
        /pressure: this campaign has no such parameter/,
      );
      const held = {
        parameters: [{ parameter: 'temperature', value: 900 }, { parameter: 'atmosphere' }],
        ignored: ['T', 'speed'],
      };
      const added = await add(here.id, { campaign: { id: there.id, ...held } });
      expect(new Set(added.rows.map(({ point }) => point['temperature']))).toEqual(new Set([900]));

      await expect(add(here.id, { campaign: { id: here.id } })).rejects.toEqual(refusal('INVALID_INPUT'));
      await expect(add(here.id, { campaign: { id: 'nowhere' } })).rejects.toEqual(refusal('NOT_FOUND'));
      await expect(add(here.id, {})).rejects.toEqual(refusal('INVALID_INPUT', /exactly one/));
      const wrong = { fileName: 'w.csv', text: `${papers}\nhot,air,1,,` };
      await expect(add(here.id, { table: wrong })).rejects.toThrow(/line 6.*"hot" is not a number/);
      const empty = { fileName: 'e.csv', text: 'temperature,atmosphere,ionic_conductivity\n' };
      await expect(add(here.id, { table: empty })).rejects.toThrow(/no results to learn from/);
    });

    it('is added once under a key and once at all, and removed once; plans without it are others', async () => {
      const here = await made(furnace, own);
      const table = { fileName: 'papers.csv', text: papers };
      const added = await add(here.id, { table, idempotencyKey: 'k' });
      const events = (await log(here.id)).length;
      expect(await add(here.id, { table, idempotencyKey: 'k' })).toEqual(added);
      expect((await log(here.id)).length).toBe(events);
      await expect(add(here.id, { table: { ...table, text: own }, idempotencyKey: 'k' })).rejects.toEqual(
        refusal('IDEMPOTENCY_KEY_REUSED'),
      );
      await expect(add(here.id, { table })).rejects.toThrow(/there already, as "papers.csv"/);

      const before = await loop.now(here.id);
      const gone = { campaignId: here.id, id: added.id, reason: 'another method' };
      const removed = await removeKnowledge(engine, loop.person, gone);
      expect(removed.removed).toMatchObject({ by: 'ada', reason: 'another method' });
      const after = await loop.now(here.id);
      expect(after.revision).toBe(before.revision + 1);
      expect(after.dataRevision).toBe(before.dataRevision + 1);
      await expect(removeKnowledge(engine, loop.person, gone)).rejects.toEqual(refusal('INVALID_STATE'));
      await expect(removeKnowledge(engine, loop.person, { ...gone, id: 'nothing' })).rejects.toEqual(
        refusal('NOT_FOUND'),
      );
      expect((await engine.store.read.planningSnapshot(here.id))?.knowledge).toEqual([]);
      const again = await add(here.id, { table });
      expect(again).toMatchObject({ number: 2, hash: added.hash });
      expect(inUse(await engine.store.read.knowledge([here.id])).map(({ id }) => id)).toEqual([again.id]);

      await moveCampaign(engine, loop.person, here.id, 'archived');
      await expect(add(here.id, { table: { ...table, text: own } })).rejects.toEqual(
        refusal('INVALID_STATE', /archived/),
      );
    });

    it('that was added while a plan was thought of overtakes it', async () => {
      const here = await made(furnace, own);
      await moveCampaign(engine, loop.person, here.id, 'active');
      let isFirst = true;
      const slow: Planner = {
        version: planner.version,
        plan: async (request) => {
          if (isFirst) await add(here.id, { table: { fileName: 'papers.csv', text: papers } });
          isFirst = false;
          return planner.plan(request);
        },
      };
      await reconcile(engine, slow, here.id);
      const plans = await engine.store.read.plans(here.id);
      expect(plans.map(({ knowledge }) => knowledge?.length ?? 0)).toEqual([1]);
    });

    it('goes along in a bundle, to the same hash', async () => {
      const { here, there } = await both();
      await add(here.id, { campaign: { id: there.id, ...match } });
      const second = await add(here.id, { table: { fileName: 'papers.csv', text: papers } });
      await removeKnowledge(engine, loop.person, { campaignId: here.id, id: second.id, reason: 'wrong' });
      await updateCampaign(engine, loop.person, { id: here.id, change: { budget: 40 }, reason: 'more' });
      await moveCampaign(engine, loop.person, here.id, 'active');
      await loop.look(here.id);
      const files = new InMemoryArtifactFiles(() => new Date());
      const chunks: Uint8Array[] = [];
      for await (const chunk of await exportBundle(engine.store, files, here.id)) chunks.push(chunk);
      const other = await open();
      try {
        const restored = await restoreBundle(other.engine, files, async function* () {
          yield* await Promise.resolve(chunks);
        });
        expect(restored).toMatchObject({ isNew: true, headHash: (await log(here.id)).at(-1)?.hash });
        const { read } = other.engine.store;
        expect(await read.knowledge([here.id])).toEqual(await engine.store.read.knowledge([here.id]));
        // Where the other campaign never was.
        expect(await read.campaign(there.id)).toBeNull();
        expect(await verifyCampaign(read, planner, here.id)).toMatchObject({
          ok: true,
          tablesCompared: true,
          plans: [{ identical: true }],
        });
      } finally {
        await other.close();
      }
    });
  });
}
