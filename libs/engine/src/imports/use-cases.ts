import {
  type Actor,
  hashOf,
  invalidInput,
  invalidState,
  IonloopError,
  type Json,
  notFound,
} from '@ionloop/domain';
import { createHash } from 'node:crypto';
import type { Engine } from '../deps.js';
import { refuseWhereOver } from '../experiments/use-cases.js';
import { checkOptions, type HistoryOptions } from '../history/options.js';
import { madeOnce, sameRequest } from '../idempotency.js';
import { text } from '../input.js';
import type { HistoryImport, ImportHints } from './import.js';
import { type NumberedPiece, pieces } from './pieces.js';

/** So many of a campaign may be on their way at a time: each has its bytes here. */
const mostUnfinished = 20;

export interface UploadedTable {
  readonly campaignId: string;
  readonly fileName: string;
  readonly options?: HistoryOptions;
  readonly maxBytes: number;
  readonly idempotencyKey?: string;
}

/** Takes in a table as it comes, and has it looked at. The same key names the same upload. */
export async function uploadImport(
  engine: Engine,
  hints: ImportHints,
  actor: Actor,
  { campaignId, fileName, options = {}, maxBytes, idempotencyKey: key }: UploadedTable,
  content: () => AsyncIterable<Uint8Array>,
): Promise<HistoryImport> {
  checkOptions(options);
  text(fileName, 'name', { min: 1, max: 200 });
  if (key !== undefined) text(key, 'idempotencyKey', { min: 1, max: 200 });
  const { read, imports } = engine.store;
  const campaign = await read.campaign(campaignId);
  if (!campaign) throw notFound('campaign', campaignId);
  refuseWhereOver(campaign);
  await refuseTooMany(engine, campaignId);
  const id = engine.ids.next();
  const added = await imports.add({ id, campaignId, fileName, options, actor, key: key ?? null });
  if (added.id !== id) return asBefore(added);
  try {
    const file = await store(engine, id, pieces(content(), maxBytes));
    if (file.bytes === 0) {
      throw invalidInput('file', `${fileName} is empty: its first line must name the columns`);
    }
    if (!(await imports.uploaded(id, file))) throw invalidState('the upload was cancelled meanwhile');
  } catch (error) {
    await imports.remove(id);
    throw error;
  }
  await hints.import(id);
  return known(engine, id);
}

async function store(
  { store: { imports } }: Engine,
  id: string,
  content: AsyncIterable<NumberedPiece>,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let total = 0;
  for await (const { number, bytes } of content) {
    hash.update(bytes);
    total += bytes.byteLength;
    await imports.addPiece(id, number, bytes);
  }
  return { bytes: total, sha256: hash.digest('hex') };
}

function asBefore(before: HistoryImport): HistoryImport {
  if (before.state !== 'uploading') return before;
  throw new IonloopError(
    'IDEMPOTENCY_KEY_IN_FLIGHT',
    'an upload under this key is under way: send this one again in a moment',
    'idempotencyKey',
  );
}

async function refuseTooMany({ store }: Engine, campaignId: string): Promise<void> {
  const unfinished = (await store.imports.ofCampaigns([campaignId])).filter(
    ({ endedAt }) => endedAt === null,
  );
  if (unfinished.length < mostUnfinished) return;
  throw invalidState(
    `${unfinished.length} imports of this campaign are not at their end; at most ${mostUnfinished} are kept at a time: cancel one`,
  );
}

export interface PreviewedImport {
  readonly id: string;
  readonly options: HistoryOptions;
  readonly idempotencyKey?: string;
}

/** Has a table looked at again, understood in another way. The same key asks for it once. */
export async function previewImport(
  engine: Engine,
  hints: ImportHints,
  actor: Actor,
  { id, options, idempotencyKey: key }: PreviewedImport,
): Promise<HistoryImport> {
  checkOptions(options);
  const one = await known(engine, id);
  await askedOnce(engine, actor, one, { verb: 'previewImport', key, request: { ...options } }, async () => {
    const wanted = { state: 'surveying', options, actor } as const;
    if (!(await engine.store.imports.ask(id, ['surveying', 'surveyed', 'failed'], wanted))) {
      throw invalidState(`this import is ${one.state}; it is not looked at again`);
    }
    await hints.import(id);
  });
  return known(engine, id);
}

interface AskedOnce {
  readonly verb: string;
  readonly key: string | undefined;
  readonly request: Json;
}

/**
 * What was asked for under this key before is not asked for again. Two at once may both ask, which comes to the same: what
 * is under way is told as it is.
 */
async function askedOnce(
  { store }: Engine,
  actor: Actor,
  { id, campaignId }: HistoryImport,
  { verb, key, request }: AskedOnce,
  ask: () => Promise<void>,
): Promise<void> {
  if (key === undefined) return ask();
  text(key, 'idempotencyKey', { min: 1, max: 200 });
  const keyed = { scope: `${verb}/${id}`, key, requestHash: hashOf(request) };
  const earlier = await store.read.recall(keyed.scope, key);
  if (earlier) {
    sameRequest(earlier, keyed.requestHash, key);
    return;
  }
  await ask();
  await store.transact(campaignId, actor, async (tx) => {
    await madeOnce(tx, keyed, () => Promise.resolve({ id }));
  });
}

export interface StartedImport {
  readonly id: string;
  /** Import the rows that can be, and only list the others. */
  readonly skipBad?: boolean;
  readonly idempotencyKey?: string;
}

/** Has the rows written that were looked at. One that is written already, or just now, is told as it is. */
export async function startImport(
  engine: Engine,
  hints: ImportHints,
  actor: Actor,
  { id, skipBad = false, idempotencyKey: key }: StartedImport,
): Promise<HistoryImport> {
  const one = await known(engine, id);
  await askedOnce(engine, actor, one, { verb: 'startImport', key, request: { skipBad } }, async () => {
    if (one.state === 'importing' || one.state === 'done') return;
    await start(engine, actor, one, skipBad);
    await hints.import(id);
  });
  return known(engine, id);
}

async function start(
  { store: { read, imports } }: Engine,
  actor: Actor,
  one: HistoryImport,
  skipBad: boolean,
): Promise<void> {
  const { report, preview, options } = one;
  const [problem] = preview?.problems ?? [];
  if (problem) throw invalidInput('map', problem.message);
  if (report === null || preview === null || (one.state !== 'surveyed' && one.state !== 'failed')) {
    throw invalidState(`this import is ${one.state}; it is started once its table has been looked at`);
  }
  if (report.bad > 0 && !skipBad) {
    throw invalidInput(
      'skipBad',
      `${report.bad} of ${report.rows} rows cannot be imported: correct them, or say that they are to be left out`,
    );
  }
  const campaign = await read.campaign(one.campaignId);
  if (!campaign) throw notFound('campaign', one.campaignId);
  refuseWhereOver(campaign);
  if (campaign.revision !== preview.revision) throw settingsChanged();
  const wanted = { state: 'importing', options: { ...options, skipBad }, actor } as const;
  if (!(await imports.ask(one.id, ['surveyed', 'failed'], wanted))) {
    throw invalidState('this import was changed by somebody else just now: look at it again');
  }
}

export const settingsChanged = (): IonloopError =>
  invalidState('the campaign’s settings have changed since the table was looked at: have it looked at again');

/** What is in the campaign already stays there. */
export async function cancelImport(engine: Engine, id: string): Promise<HistoryImport> {
  const one = await known(engine, id);
  if (!(await engine.store.imports.cancel(id))) {
    throw invalidState(`this import is ${one.state}; only one that is not over can be cancelled`);
  }
  return known(engine, id);
}

async function known({ store }: Engine, id: string): Promise<HistoryImport> {
  const [one] = await store.imports.byIds([id]);
  if (!one) throw notFound('import', id);
  return one;
}
