import type { Json, PastReplicate } from '@ionloop/domain';
import { invalidState } from '@ionloop/domain';
import { refuseWhereOver } from '../experiments/use-cases.js';
import { importScope, repeated } from '../history/import.js';
import { verdictOn } from '../history/look.js';
import { appendPortion, replicatesOf } from '../history/portion.js';
import { isBad } from '../history/read-row.js';
import { type HistoryReport, Tally } from '../history/report.js';
import { columnsOf } from '../history/columns.js';
import { headOf, slices } from '../history/rows.js';
import { Sorting } from '../history/sorting.js';
import { batches } from './batches.js';
import type { ImportOutcome } from './import.js';
import type { ImportWork } from './run.js';
import { settingsChanged } from './use-cases.js';

/** So many rows of the table, whatever they come to, are written in one transaction, as one event. */
const batchRows = 500;

/** What is remembered with each batch: how far the table was with it. */
type Counts = Pick<
  HistoryReport,
  'rows' | 'experiments' | 'measurements' | 'replicates' | 'failures' | 'duplicates' | 'outside' | 'bad'
>;

/**
 * Writes a table that was looked at, a batch at a time. With each batch it is remembered that it was written, so that
 * whoever takes over goes on behind it: no row is written twice, and none is left out.
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
  let isBehind = true;
  let number = 0;
  for await (const { items, bytes } of batches(
    slices(campaign, file, surveyed, layout, options),
    batchRows,
  )) {
    const known = isBehind ? await read.recall(scopeOf(id), String(number)) : null;
    if (known) Object.assign(tally, known.response as unknown as Counts);
    else {
      isBehind = false;
      for (const row of items) {
        verdictOn(row, sorting, tally);
        if (isBad(row) && options.skipBad !== true) throw invalidState(`line ${row.line}: ${row.reason}`);
      }
      const replicates = await replicatesOf(read, campaignId, sorting);
      sorting.settle(await writeBatch(work, sorting, replicates, number, countsOf(tally)));
    }
    number += 1;
    await tell({ rows: tally.rows, bytes, bad: tally.bad, written: tally.rows - tally.bad });
  }
  const done: HistoryReport = { ...report, ...countsOf(tally), importId: id };
  await rememberFile(work, done);
  return { report: done };
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
