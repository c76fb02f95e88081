import { type Actor, type Campaign, IonloopError, type Json, notFound } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { refuseWhereOver } from '../experiments/use-cases.js';
import { look, type LookHooks, verdictOn } from './look.js';
import { checkOptions, type HistoryOptions } from './options.js';
import { appendPortion, replicatesOf } from './portion.js';
import type { BadRow } from './read-row.js';
import { type HistoryReport, Tally, tallied } from './report.js';
import { layoutOf, slices } from './rows.js';
import { Sorting } from './sorting.js';
import { type HistoryFile, survey } from './survey.js';

export type HistoryHooks = Pick<LookHooks, 'onBad' | 'onProgress'>;

/** Rows of a table cannot be imported, and nothing of it was. */
export class BadRows extends IonloopError {
  constructor(readonly report: HistoryReport) {
    const [first] = report.badRows;
    const where = first ? `; the first is line ${first.line}${inColumn(first)}: ${first.reason}` : '';
    super(
      'INVALID_INPUT',
      `${report.bad} of ${report.rows} rows cannot be imported, and nothing was${where}`,
      'file',
    );
  }
}
const inColumn = ({ column }: BadRow): string => (column === null ? '' : `, "${column}"`);

/** So many experiments and replicates are written out at a time. */
const portion = 1000;

/** Says what an import would do, and changes nothing. */
export async function checkHistory(
  engine: Engine,
  campaignId: string,
  file: HistoryFile,
  options: HistoryOptions = {},
  hooks: HistoryHooks = {},
): Promise<HistoryReport> {
  checkOptions(options);
  const campaign = await known(engine, campaignId);
  const surveyed = await survey(file, options.encoding);
  const layout = await layoutOf(campaign, file, surveyed, options);
  return look(engine.store.read, campaign, file, { surveyed, layout }, options, hooks);
}

/**
 * Brings results of the past into a campaign, all of them or none, and a file only once. Its rows are checked first;
 * then they are written, some at a time, in one transaction that holds the campaign.
 */
export async function importHistory(
  engine: Engine,
  actor: Actor,
  campaignId: string,
  file: HistoryFile,
  options: HistoryOptions = {},
  hooks: HistoryHooks = {},
): Promise<HistoryReport> {
  checkOptions(options);
  const { read } = engine.store;
  const campaign = await known(engine, campaignId);
  const surveyed = await survey(file, options.encoding);
  const { sha256 } = surveyed;
  const scope = importScope(campaignId);
  const earlier = await read.recall(scope, sha256);
  if (earlier) return repeated(earlier.response);
  refuseWhereOver(campaign);
  const layout = await layoutOf(campaign, file, surveyed, options);
  const report = await look(read, campaign, file, { surveyed, layout }, options, hooks);
  if (report.bad > 0 && options.skipBad !== true) throw new BadRows(report);
  const importId = engine.ids.next();
  const done = await engine.store.transact(campaignId, actor, async (tx) => {
    const since = await tx.recall(scope, sha256);
    if (since) return repeated(since.response);
    refuseWhereOver(tx.campaign);
    const tally = new Tally();
    const sorting = new Sorting(tx.campaign, importId, options.keepDuplicates ?? false);
    await sorting.know(read);
    const imported = { importId, source: { name: file.name, sha256 } };
    const write = async (): Promise<void> => {
      const replicates = await replicatesOf(read, campaignId, sorting);
      sorting.settle(await appendPortion(tx, imported, sorting, replicates));
    };
    for await (const { rows, bytes } of slices(campaign, file, surveyed, layout, options)) {
      for (const row of rows) verdictOn(row, sorting, tally);
      if (sorting.size >= portion) await write();
      const { rows: count, bad } = tally;
      await hooks.onProgress?.({ phase: 'writing', bytes, of: surveyed.bytes, rows: count, bad });
    }
    if (sorting.size > 0) await write();
    const written = { ...report, ...tallied(tally), importId };
    tx.remember(scope, sha256, { requestHash: sha256, response: written as unknown as Json });
    return written;
  });
  await engine.wakeUps.wake(campaignId);
  return done;
}

/** Under which what became of a file is remembered, by its hash. */
export const importScope = (campaignId: string): string => `importHistory/${campaignId}`;

export const repeated = (response: Json): HistoryReport => ({
  ...(response as unknown as HistoryReport),
  isRepeated: true,
});

async function known({ store }: Engine, campaignId: string): Promise<Campaign> {
  const campaign = await store.read.campaign(campaignId);
  if (!campaign) throw notFound('campaign', campaignId);
  return campaign;
}
