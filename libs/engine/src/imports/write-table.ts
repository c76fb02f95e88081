import type { Json, PastReplicate } from '@ionloop/domain';
import { invalidState } from '@ionloop/domain';
import { setImmediate as turn } from 'node:timers/promises';
import { refuseWhereOver } from '../experiments/use-cases.js';
import { importScope, repeated } from '../history/import.js';
import { verdictOn } from '../history/look.js';
import { appendPortion, replicatesOf } from '../history/portion.js';
import { isBad } from '../history/read-row.js';
import { type HistoryReport, Tally } from '../history/report.js';
import { columnsOf } from '../history/columns.js';
import { headOf, slices } from '../history/rows.js';
import { Sorting } from '../history/sorting.js';
import { batches, oneAhead } from './batches.js';
import type { RecordReader } from '../ports.js';
import type { ImportOutcome } from './import.js';
import type { ImportWork } from './run.js';
import { settingsChanged } from './use-cases.js';

/** So many rows of the table, whatever they come to, are written in one transaction. */
const batchRows = 4000;

/** So many are sorted before others get their turn. */
const sortedAtOnce = 500;

/** What is remembered with each batch: how far the table was with it. */
type Counts = Pick<
  HistoryReport,
  'rows' | 'experiments' | 'measurements' | 'replicates' | 'failures' | 'duplicates' | 'outside' | 'bad'
>;

/** What is remembered of the batches that were written, and how many they are. */
interface Behind {
  readonly batches: number;
  readonly counts: Counts | null;
}

/**
 * Writes a table that was looked at, a batch at a time. With each batch it is remembered how far the table was with it, so
 * that whoever takes over goes on behind it: no row is written twice, and none is left out.
 */
export async function writeTable(work: ImportWork): Promise<ImportOutcome> {
  const { engine, one, campaign, file, tell } = work;
  const { id, campaignId, sha256, options, report } = one;
  const { read } = engine.store;
  if (report === null) throw invalidState('this table has not been looked at');
  const earlier = await read.recall(importScope(campaignId), sha256);
  if (earlier) return { report: repeated(earlier.response) };
  if (campaign.revision !== one.preview?.revision) throw settingsChanged();
  const surveyed = report.file;
  const { delimiter, decimal, headers } = await headOf(file, surveyed, options);
  const layout = { delimiter, decimal, columns: columnsOf(headers, campaign, options) };
  const sorting = new Sorting(campaign, id, options.keepDuplicates ?? false);
  await sorting.know(read);
  const tally = new Tally();
  const behind = await writtenBefore(read, id);
  Object.assign(tally, behind.counts);
  let number = behind.batches;
  const rows = slices(campaign, file, surveyed, layout, options);
  let told = Promise.resolve();
  for await (const { items, bytes } of oneAhead(batches(rows, batchRows, tally.rows))) {
    for (const [i, row] of items.entries()) {
      verdictOn(row, sorting, tally);
      if (isBad(row) && options.skipBad !== true) throw invalidState(`line ${row.line}: ${row.reason}`);
      if (i % sortedAtOnce === 0) await turn();
    }
    const replicates = await replicatesOf(read, campaignId, sorting);
    await told;
    sorting.settle(await writeBatch(work, sorting, replicates, number, countsOf(tally)));
    number += 1;
    told = tell({ rows: tally.rows, bytes, bad: tally.bad, written: tally.rows - tally.bad });
    // The next batch is sorted meanwhile.
    told.catch(() => undefined);
  }
  await told;
  const done: HistoryReport = { ...report, ...countsOf(tally), importId: id };
  await rememberFile(work, done);
  return { report: done };
}

async function writtenBefore(read: RecordReader, importId: string): Promise<Behind> {
  for (let batches = 0, counts: Counts | null = null; ; batches += 1) {
    const known = await read.recall(scopeOf(importId), String(batches));
    if (!known) return { batches, counts };
    counts = known.response as unknown as Counts;
  }
}

const scopeOf = (importId: string): string => `import/${importId}`;

/** Tells from which number on its experiments are. */
function writeBatch(
  { engine, one, campaign }: ImportWork,
  sorting: Sorting,
  replicates: readonly PastReplicate[],
  number: number,
  counts: Counts,
): Promise<number> {
  const { id, campaignId, fileName, sha256, actor } = one;
  const key = String(number);
  return engine.store.transact(campaignId, actor, async (tx) => {
    if (await tx.recall(scopeOf(id), key)) throw invalidState('another worker writes this table');
    refuseWhereOver(tx.campaign);
    if (tx.campaign.revision !== campaign.revision) throw settingsChanged();
    const imported = { importId: id, source: { name: fileName, sha256 } };
    const first = await appendPortion(tx, imported, sorting, replicates);
    tx.remember(scopeOf(id), key, { requestHash: sha256, response: counts });
    return first;
  });
}

/** The same file is imported once. */
function rememberFile({ engine, one }: ImportWork, report: HistoryReport): Promise<void> {
  const { campaignId, sha256, actor } = one;
  return engine.store.transact(campaignId, actor, async (tx) => {
    if (await tx.recall(importScope(campaignId), sha256)) return;
    tx.remember(importScope(campaignId), sha256, {
      requestHash: sha256,
      response: report as unknown as Json,
    });
  });
}

const countsOf = (tally: Tally): Counts => ({
  rows: tally.rows,
  experiments: tally.experiments,
  measurements: tally.measurements,
  replicates: tally.replicates,
  failures: tally.failures,
  duplicates: tally.duplicates,
  outside: tally.outside,
  bad: tally.bad,
});
