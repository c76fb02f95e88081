import {
  type Actor,
  type Campaign,
  canonicalJson,
  hashOf,
  invalidInput,
  invalidState,
  inUse,
  IonloopError,
  type Knowledge,
  knowledgeHash,
  type KnowledgeOrigin,
  type KnowledgeRow,
  notFound,
} from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { madeOnce, sameRequest } from '../idempotency.js';
import { text } from '../input.js';
import type { CampaignTransaction } from '../ports.js';
import { rowsOfCampaign } from './from-campaign.js';
import { type KnowledgeTable, rowsOfTable } from './from-table.js';
import { mostInUse, mostRowsInUse } from './limits.js';
import type { SpaceMatch } from './match.js';

export interface KnowledgeOfCampaign extends SpaceMatch {
  readonly id: string;
}

export interface KnowledgeOfTable extends KnowledgeTable {
  /** Where it is from: a DOI, a book. */
  readonly citation?: string;
}

/** Exactly one of `campaign` and `table`. */
export interface AddKnowledge {
  readonly campaignId: string;
  /** Where it is left out, that of the campaign or of the file. */
  readonly name?: string;
  readonly campaign?: KnowledgeOfCampaign;
  readonly table?: KnowledgeOfTable;
  readonly idempotencyKey?: string;
}

/**
 * Has a campaign's models learn from results of another campaign of the workspace, or of a table, from now on. They are
 * copied as they are at this moment: what becomes of the other campaign changes no plan of this one.
 */
export async function addKnowledge(engine: Engine, actor: Actor, wanted: AddKnowledge): Promise<Knowledge> {
  const { campaignId, idempotencyKey: key, ...asked } = wanted;
  const { read } = engine.store;
  const once = { scope: `addKnowledge/${campaignId}`, key, requestHash: hashOf(asked) };
  const campaign = await read.campaign(campaignId);
  if (!campaign) throw notFound('campaign', campaignId);
  // Asked again, it is told what was added, whatever became of where it came from.
  const earlier = key === undefined ? null : await read.recall(once.scope, key);
  if (earlier)
    return added(await read.knowledge([campaignId]), sameRequest(earlier, once.requestHash, key ?? ''));
  refuseArchived(campaign);
  const gathered = await gather(engine, campaign, wanted);
  const made = await engine.store.transact(campaignId, actor, async (tx) => {
    const id = await madeOnce(tx, once, async () => {
      refuseChanged(campaign, tx.campaign);
      refuseArchived(tx.campaign);
      return append(engine, tx, gathered);
    });
    return added(await tx.knowledge(), id);
  });
  await engine.wakeUps.wake(campaignId);
  return made;
}

interface Gathered {
  readonly name: string;
  readonly origin: KnowledgeOrigin;
  readonly rows: readonly KnowledgeRow[];
}

async function append(engine: Engine, tx: CampaignTransaction, gathered: Gathered): Promise<string> {
  const { rows } = gathered;
  const all = await tx.knowledge();
  const used = inUse(all);
  const hash = knowledgeHash(rows);
  const same = used.find((one) => one.hash === hash);
  if (same) throw invalidInput('knowledge', `these rows are there already, as "${same.name}"`);
  if (used.length >= mostInUse) {
    throw invalidState(`plans are made with at most ${mostInUse} pieces of knowledge; remove one first`);
  }
  const total = used.reduce((sum, one) => sum + one.rows.length, rows.length);
  if (total > mostRowsInUse) {
    throw invalidState(
      `with these ${rows.length} rows it would be ${total} from elsewhere; plans are made with at most ${mostRowsInUse}`,
    );
  }
  const id = engine.ids.next();
  const number = Math.max(0, ...all.map((one) => one.number)) + 1;
  tx.append({ type: 'knowledge.added', knowledge: { ...gathered, id, number, hash } });
  return id;
}

async function gather(engine: Engine, here: Campaign, wanted: AddKnowledge): Promise<Gathered> {
  const { campaign, table } = wanted;
  const gathered =
    campaign && !table
      ? await ofCampaign(engine, here, campaign)
      : table && !campaign
        ? await ofTable(here, table)
        : refuseSource();
  const name = text(wanted.name ?? gathered.name, 'name', { min: 1, max: 200 });
  if (gathered.rows.length === 0) throw invalidInput(campaign ? 'campaign' : 'table', nothingIn(gathered));
  return { ...gathered, name };
}

function refuseSource(): never {
  throw invalidInput('campaign', 'knowledge is of another campaign or of a table: give exactly one of them');
}

const nothingIn = ({ name, origin }: Gathered): string =>
  origin.kind === 'campaign' && origin.leftOut > 0
    ? `none of the ${origin.leftOut} results of "${name}" is one of this campaign`
    : `"${name}" has no results to learn from`;

async function ofCampaign(
  engine: Engine,
  here: Campaign,
  { id, ...match }: KnowledgeOfCampaign,
): Promise<Gathered> {
  if (id === here.id) {
    throw invalidInput('campaign', 'a campaign learns from its own results anyway; name another');
  }
  const there = await engine.store.read.planningSnapshot(id);
  if (!there) throw notFound('campaign', id);
  const { rows, notes, leftOut } = rowsOfCampaign(here, there, match);
  const { name } = there.campaign;
  return {
    name,
    origin: { kind: 'campaign', campaignId: id, campaignName: name, seq: there.seq, notes, leftOut },
    rows,
  };
}

async function ofTable(here: Campaign, { citation, ...table }: KnowledgeOfTable): Promise<Gathered> {
  const fileName = text(table.fileName, 'table.fileName', { min: 1, max: 200 });
  const { rows, sha256 } = await rowsOfTable(here, { ...table, fileName });
  const said = citation === undefined ? '' : text(citation, 'table.citation', { min: 0, max: 500 });
  return {
    name: fileName,
    origin: { kind: 'table', fileName, sha256, citation: said === '' ? null : said },
    rows,
  };
}

/** Points and values were read as those of the campaign as it was. */
function refuseChanged(before: Campaign, now: Campaign): void {
  const read = ({ space, objectives, limits = [] }: Campaign): string =>
    canonicalJson({ space, objectives, limits });
  if (read(before) === read(now)) return;
  throw new IonloopError(
    'CONFLICT',
    'the space or the goals were changed meanwhile: add it again',
    'campaignId',
  );
}

function refuseArchived({ name, state }: Campaign): void {
  if (state === 'archived') throw invalidState(`campaign "${name}" is archived; bring it back first`);
}

function added(all: readonly Knowledge[], id: unknown): Knowledge {
  const found = all.find((one) => one.id === id);
  if (!found) throw new IonloopError('RECORD_CORRUPT', `knowledge ${String(id)} was added but is not there`);
  return found;
}

export interface RemoveKnowledge {
  readonly campaignId: string;
  readonly id: string;
  readonly reason: string;
}

/** Plans are made without it from now on; those that were made with it can be made again. */
export async function removeKnowledge(
  engine: Engine,
  actor: Actor,
  { campaignId, id, reason: said }: RemoveKnowledge,
): Promise<Knowledge> {
  const reason = text(said, 'reason', { min: 1, max: 2000 });
  const removed = await engine.store.transact(campaignId, actor, async (tx) => {
    refuseArchived(tx.campaign);
    const all = await tx.knowledge();
    if (!all.some((one) => one.id === id)) throw notFound('knowledge', id);
    tx.append({ type: 'knowledge.removed', knowledgeId: id, reason });
    return added(await tx.knowledge(), id);
  });
  await engine.wakeUps.wake(campaignId);
  return removed;
}
