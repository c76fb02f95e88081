import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Campaign } from '@ionloop/domain';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  addExperiment,
  checkBundle,
  exportBundle,
  exportCsv,
  InMemoryArtifactFiles,
  moveCampaign,
  type Planner,
  restoreBundle,
  startAttempt,
  submit,
  verifyCampaign,
} from '../index.js';
import { filesIn, rewritten, stream, textIn, whole } from './archives.js';
import { parsedCsv } from './csv.js';
import type { OpenedEngine } from './opened.js';
import { TestLoop } from './loop.js';

/** That a campaign can be taken away and brought back, whichever stores it lies in. */
export function exchangeContract(name: string, open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe(`a campaign in a file, on ${name}`, () => {
    let here: OpenedEngine;
    let there: OpenedEngine;
    let loop: TestLoop;
    let campaign: Campaign;
    const spectra = new InMemoryArtifactFiles(() => new Date());

    beforeEach(async () => {
      [here, there] = await Promise.all([open(), open()]);
      loop = new TestLoop(here.engine, planner);
      campaign = await loop.campaign({ name: 'Glasses, "ternary"', budget: 9, parallel: 4 });
      await runAFew();
    });
    afterEach(async () => {
      await here.close();
      await there.close();
    });

    /** A result with its spectrum, a failed sample, one with a remark, and one that is being measured. */
    async function runAFew(): Promise<void> {
      const voice = await loop.station();
      const spectrum = Buffer.from('frequency,real,imaginary\n1,2,3\n');
      const sha256 = createHash('sha256').update(spectrum).digest('hex');
      const piece = { sha256, owner: 'robot', offset: 0, total: spectrum.length };
      await spectra.receive(piece, stream(spectrum));
      await here.engine.store.artifacts.add({
        ...{ sha256, bytes: spectrum.length, mediaType: 'text/csv', station: 'robot', tokenId: 'token' },
      });
      const first = await loop.startOne(voice);
      await submit(here.engine, voice, {
        ...loop.measured(first, 3e-5),
        artifacts: [{ sha256, name: 'spectrum.csv', measurement: 0 }],
      });
      const second = await loop.startOne(voice);
      await submit(here.engine, voice, {
        ...loop.measured(second),
        outcome: 'failed_sample',
        note: '=HYPERLINK("evil"), the pellet broke\nin two',
        measurements: [],
      });
      await loop.runOne(voice, 2e-4);
      await loop.look(campaign.id);
      await startAttempt(here.engine, voice, await loop.claimOne(voice));
      await addExperiment(here.engine, loop.person, {
        campaignId: campaign.id,
        point: { composition: { Li3PO4: 0.2, Li3BO3: 0.2, Li2SO4: 0.6 } },
        reason: 'it looks good',
      });
    }

    const bundle = async (id = campaign.id): Promise<Buffer> =>
      whole(await exportBundle(here.engine.store, spectra, id));
    const restore = (bytes: Buffer) =>
      restoreBundle(there.engine, new InMemoryArtifactFiles(() => new Date()), () => stream(bytes));

    it('is a table with every experiment, attempt and measurement', async () => {
      const text = (await whole(bytesOf(exportCsv(here.engine.store.read, campaign.id)))).toString();
      const rows = parsedCsv(text);
      const experiments = await here.engine.store.read.experiments(campaign.id);
      expect(new Set(rows.map((row) => row['experiment']))).toEqual(
        new Set(experiments.map(({ number }) => String(number))),
      );
      const measured = rows.filter((row) => row['outcome'] === 'measured');
      expect(measured.map((row) => row['ionic_conductivity [S/cm]'])).toEqual(['0.00003', '0.0002']);
      expect(measured[0]).toMatchObject({
        state: 'accepted',
        attempt: '1',
        'measurement status': 'accepted',
      });
      expect(measured[0]?.['artifacts']).toMatch(/^[0-9a-f]{64}$/);
      const failed = rows.find((row) => row['outcome'] === 'failed_sample');
      expect(failed?.['experiment note']).toBe(`'=HYPERLINK("evil"), the pellet broke\nin two`);
      for (const row of rows) {
        const sum = ['Li3PO4', 'Li3BO3', 'Li2SO4'].reduce((total, part) => total + Number(row[part]), 0);
        expect(sum).toBeCloseTo(1, 12);
      }
    });

    it('comes back from a bundle to the same hash, verifies, and goes on', async () => {
      const restored = await restore(await bundle());
      const lastHere = await lastHash(here, campaign.id);
      expect(restored).toMatchObject({ isNew: true, headHash: lastHere, artifacts: 1 });
      expect(await lastHash(there, campaign.id)).toBe(lastHere);
      const verdict = await verifyCampaign(there.engine.store.read, planner, campaign.id);
      expect(verdict).toMatchObject({ ok: true, tablesCompared: true, faults: [], headHash: lastHere });
      expect(verdict.plans.length).toBeGreaterThan(0);
      const model = await here.engine.store.read.latestModel(campaign.id);
      if (model) {
        const { read } = there.engine.store;
        expect(await read.modelBody(model.id)).toEqual(await here.engine.store.read.modelBody(model.id));
      }
      await moveCampaign(there.engine, loop.person, campaign.id, 'paused');
      const after = await verifyCampaign(there.engine.store.read, planner, campaign.id);
      expect(after).toMatchObject({ ok: true, events: verdict.events + 1 });
    });

    it('gives the same bytes twice, and is not brought back twice', async () => {
      const bytes = await bundle();
      expect((await bundle()).equals(bytes)).toBe(true);
      await restore(bytes);
      expect(await restore(bytes)).toMatchObject({ isNew: false });
      await moveCampaign(here.engine, loop.person, campaign.id, 'paused');
      await moveCampaign(there.engine, loop.person, campaign.id, 'completed');
      await expect(restore(await bundle())).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    it('is refused where a line of the log was changed, and the line is named', async () => {
      const changed = await rewritten(await bundle(), 'events.jsonl', (text) =>
        text.replace('"value":0.0002', '"value":0.0009'),
      );
      const at = (await textIn(changed, 'events.jsonl'))
        .split('\n')
        .findIndex((line) => line.includes('"value":0.0009'));
      await expect(restore(changed)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringMatching(
          new RegExp(`^events\\.jsonl, line ${at + 1}: .*event ${at + 1} .*was changed after it was written`),
        ) as unknown,
      });
      expect(await there.engine.store.read.campaigns()).toEqual([]);
    });

    it('is refused where a line is missing, is no JSON, or a file was changed', async () => {
      const bytes = await bundle();
      const without = await rewritten(bytes, 'events.jsonl', (text) =>
        text.split('\n').toSpliced(4, 1).join('\n'),
      );
      await expect(restore(without)).rejects.toThrow(/^events\.jsonl, line 5: .*event 5 is missing/);
      const broken = await rewritten(bytes, 'events.jsonl', (text) => text.replace('{', '<'));
      await expect(restore(broken)).rejects.toThrow('events.jsonl, line 1 is not JSON');
      const [spectrum = ''] = (await filesIn(bytes)).map(({ name }) => name).filter((n) => /^art/.test(n));
      const other = await rewritten(bytes, spectrum, (text) => text.replace('1,2,3', '1,2,4'));
      await expect(restore(other)).rejects.toThrow(new RegExp(`^${spectrum} was changed`));
      expect(await there.engine.store.read.campaigns()).toEqual([]);
    });

    it('is refused where bytes are missing or none of ours', async () => {
      const bytes = await bundle();
      await expect(restore(bytes.subarray(0, bytes.length - 40))).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
      await expect(restore(Buffer.from('no archive'))).rejects.toThrow(/damaged/);
      await expect(restore(gzipSync(Buffer.alloc(1024)))).rejects.toThrow('the bundle is empty');
      const manifest = await checkBundle(() => stream(bytes));
      expect(manifest.campaignId).toBe(campaign.id);
    });
  });
}

async function lastHash({ engine }: OpenedEngine, id: string): Promise<string> {
  const { read } = engine.store;
  const [last] = await read.events(id, (await read.lastSeq(id)) - 1, 1);
  return last?.hash ?? '';
}

async function* bytesOf(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const part of text) yield Buffer.from(part);
}
