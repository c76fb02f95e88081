import { type Actor, type Campaign, IonloopError, type Json, notFound } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { refuseWhereOver } from '../experiments/use-cases.js';
import { checkOptions, type HistoryOptions } from './options.js';
import { type BadRow, isBad } from './read-row.js';
import { type HistoryReport, reportedColumn, Tally } from './report.js';
import { type Layout, layoutOf, slices } from './rows.js';
import { Sorting } from './sorting.js';
import { type HistoryFile, type Survey, survey } from './survey.js';

export interface HistoryHooks {
  /** Each row that cannot be imported, as it is found. */
  readonly onBad?: (row: BadRow) => void;
  readonly onProgress?: (progress: HistoryProgress) => void | Promise<void>;
}
export interface HistoryProgress {
  readonly phase: 'checking' | 'writing';
  readonly bytes: number;
  readonly of: number;
  readonly rows: number;
}

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

/** So many experiments and replicates make one event. */
const portion = 1000;

interface Looked {
  readonly survey: Survey;
  readonly layout: Layout;
  readonly report: HistoryReport;
}

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
  const looked = await look(engine, campaign, file, await survey(file, options.encoding), options, hooks);
  return looked.report;
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
  const campaign = await known(engine, campaignId);
  const surveyed = await survey(file, options.encoding);
  const scope = `importHistory/${campaignId}`;
  const earlier = await engine.store.read.recall(scope, surveyed.sha256);
  if (earlier) return repeated(earlier.response);
  refuseWhereOver(campaign);
  const { layout, report } = await look(engine, campaign, file, surveyed, options, hooks);
  if (report.bad > 0 && options.skipBad !== true) throw new BadRows(report);
  const importId = engine.ids.next();
  const done = await engine.store.transact(campaignId, actor, async (tx) => {
    const since = await tx.recall(scope, surveyed.sha256);
    if (since) return repeated(since.response);
    refuseWhereOver(tx.campaign);
    const tally = new Tally();
    const sorting = sortingFor(engine, tx.campaign, importId, tally, options);
    await sorting.know(engine.store.read);
    const [{ property, unit }] = tx.campaign.objectives;
    const source = { name: file.name, sha256: surveyed.sha256 };
    const write = async (): Promise<void> => {
      if (sorting.size === 0) return;
      const some = sorting.portion();
      await Promise.all(some.replicates.map(({ experimentId }) => tx.experiment(experimentId)));
      tx.append({ type: 'history.imported', importId, source, property, unit, ...some });
      await tx.writeOut();
    };
    for await (const { rows, bytes } of slices(campaign, file, surveyed, layout, options)) {
      for (const row of rows) {
        tally.rows += 1;
        if (isBad(row)) tally.addBad(row);
        else await sorting.take(row);
      }
      if (sorting.size >= portion) await write();
      await hooks.onProgress?.({ phase: 'writing', bytes, of: surveyed.bytes, rows: tally.rows });
    }
    await write();
    const written = { ...report, ...tallied(tally), importId };
    tx.remember(scope, surveyed.sha256, {
      requestHash: surveyed.sha256,
      response: written as unknown as Json,
    });
    return written;
  });
  await engine.wakeUps.wake(campaignId);
  return done;
}

async function look(
  engine: Engine,
  campaign: Campaign,
  file: HistoryFile,
  surveyed: Survey,
  options: HistoryOptions,
  { onBad, onProgress }: HistoryHooks,
): Promise<Looked> {
  const layout = await layoutOf(campaign, file, surveyed, options);
  const tally = new Tally();
  const sorting = sortingFor(engine, campaign, '', tally, options);
  await sorting.know(engine.store.read);
  for await (const { rows, bytes } of slices(campaign, file, surveyed, layout, options)) {
    for (const row of rows) {
      tally.rows += 1;
      if (isBad(row)) {
        tally.addBad(row);
        onBad?.(row);
      } else await sorting.take(row);
    }
    sorting.portion();
    await onProgress?.({ phase: 'checking', bytes, of: surveyed.bytes, rows: tally.rows });
  }
  const { delimiter, decimal, columns } = layout;
  const { bytes, sha256, encoding } = surveyed;
  const report: HistoryReport = {
    file: { name: file.name, bytes, sha256, encoding, delimiter, decimal },
    columns: columns.map(reportedColumn),
    ...tallied(tally),
    importId: null,
    isRepeated: false,
  };
  return { survey: surveyed, layout, report };
}

const sortingFor = (
  { store }: Engine,
  campaign: Campaign,
  importId: string,
  tally: Tally,
  { keepDuplicates = false }: HistoryOptions,
): Sorting =>
  new Sorting(campaign, importId, tally, {
    keepDuplicates,
    idOf: async (number) => {
      const [experiment] = await store.read.experiments(campaign.id, {}, { first: 1, after: number - 1 });
      if (!experiment) throw notFound('experiment', String(number));
      return experiment.id;
    },
  });

type Tallied = Omit<HistoryReport, 'file' | 'columns' | 'importId' | 'isRepeated'>;
const tallied = (tally: Tally): Tallied => ({
  rows: tally.rows,
  experiments: tally.experiments,
  measurements: tally.measurements,
  replicates: tally.replicates,
  failures: tally.failures,
  duplicates: tally.duplicates,
  duplicateLines: tally.duplicateLines,
  bad: tally.bad,
  badRows: tally.badRows,
});

const repeated = (response: Json): HistoryReport => ({
  ...(response as unknown as HistoryReport),
  isRepeated: true,
});

async function known({ store }: Engine, campaignId: string): Promise<Campaign> {
  const campaign = await store.read.campaign(campaignId);
  if (!campaign) throw notFound('campaign', campaignId);
  return campaign;
}
