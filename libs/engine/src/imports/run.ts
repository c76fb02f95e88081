import { type Campaign, IonloopError, notFound } from '@ionloop/domain';
import { ScopedStore } from '../access/scoped-store.js';
import type { Engine } from '../deps.js';
import type { HistoryFile } from '../history/survey.js';
import type { HistoryImport, ImportHints, ImportProgress } from './import.js';
import { surveyTable } from './survey-table.js';
import { writeTable } from './write-table.js';

/** Who worked on it and is not heard of for so long is gone. */
const silentSeconds = 60;

/** Tables that were brought and never gone on with are forgotten after so long. */
const keptSeconds = 7 * 86_400;

/** Nobody wants it any more, or another works on it. */
export class ImportUnwanted extends Error {
  constructor() {
    super('this run of the import is over');
    this.name = 'ImportUnwanted';
  }
}

/** What an import is worked on with. */
export interface ImportWork {
  readonly engine: Engine;
  readonly one: HistoryImport;
  readonly campaign: Campaign;
  readonly run: number;
  readonly file: HistoryFile;
  /** Throws `ImportUnwanted` where this run is over. */
  readonly tell: (far: ImportProgress) => Promise<void>;
}

/** Looks at a table or writes it, unless another does or nobody wants it any more. Any number may try at once. */
export async function runImport(engine: Engine, hints: ImportHints, id: string): Promise<void> {
  const { imports } = engine.store;
  const run = await imports.begin(id, silentSeconds);
  if (run === null) return;
  const beat = setInterval(
    () => {
      // A lost beat is made up for by the next.
      imports.progress(id, run, null).catch(() => undefined);
    },
    (silentSeconds * 1000) / 4,
  );
  try {
    const work = await workOn(engine, id, run);
    if (work.one.state === 'surveying') {
      await imports.end(id, run, 'surveyed', await surveyTable(work));
    } else {
      await imports.end(id, run, 'done', await writeTable(work));
      await engine.wakeUps.wake(work.campaign.id);
    }
    await hintNext(engine, hints, work.one);
  } catch (error) {
    if (error instanceof ImportUnwanted) return;
    await imports.end(id, run, 'failed', { error: error instanceof Error ? error.message : String(error) });
    // What the table itself is to blame for is told to whoever brought it, and is no trouble of ours.
    if (!(error instanceof IonloopError)) throw error;
  } finally {
    clearInterval(beat);
  }
}

async function workOn(engine: Engine, id: string, run: number): Promise<ImportWork> {
  const [one] = await engine.store.imports.byIds([id]);
  if (!one) throw notFound('import', id);
  const { campaignId } = one;
  const workspace = await engine.store.workspaces.ofCampaign(campaignId);
  const campaign = await engine.store.read.campaign(campaignId);
  if (!campaign || workspace === null) throw notFound('campaign', campaignId);
  const store = new ScopedStore(engine.store, { workspace, campaign: null });
  const { imports } = store;
  return {
    engine: { ...engine, store },
    one,
    campaign,
    run,
    file: { name: one.fileName, open: () => imports.content(id) },
    tell: async (far) => {
      if (!(await imports.progress(id, run, far))) throw new ImportUnwanted();
    },
  };
}

/** A campaign's tables are written one after the other. */
async function hintNext(
  { store }: Engine,
  hints: ImportHints,
  { id, campaignId }: HistoryImport,
): Promise<void> {
  for (const other of await store.imports.ofCampaigns([campaignId])) {
    if (other.id !== id && other.state === 'importing') await hints.import(other.id);
  }
}

/** Those whose hint was lost, or whose worker is gone, get another. */
export async function reviveImports({ store: { imports } }: Engine, hints: ImportHints): Promise<void> {
  for (const { id } of await imports.neglected(silentSeconds)) await hints.import(id);
  await imports.sweep(keptSeconds);
}
