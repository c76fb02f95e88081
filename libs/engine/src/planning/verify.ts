import {
  apply,
  CampaignRecord,
  canonicalJson,
  type CampaignEvent,
  checkChain,
  emptyLog,
  hashOf,
  inUse,
  IonloopError,
  type NewExperiment,
  type PlanAnswer,
  type RecordedEvent,
  type RowKind,
  rowKinds,
  type Rows,
} from '@ionloop/domain';
import type { Planner } from '../planner-port.js';
import type { RecordReader } from '../ports.js';
import { planRequestOf } from './request.js';

export interface PlanVerdict {
  readonly number: number;
  readonly identical: boolean;
  readonly detail: string;
}

export interface Verdict {
  readonly campaignId: string;
  readonly ok: boolean;
  readonly events: number;
  readonly headHash: string;
  /** False where the campaign moved on each time we looked: a busy one is compared once it rests. */
  readonly tablesCompared: boolean;
  /** What is wrong with the log or the tables, named; empty where nothing is. */
  readonly faults: readonly string[];
  readonly plans: readonly PlanVerdict[];
}

const pageSize = 1000;

/**
 * Proves a campaign from its log alone: the chain holds, replaying it gives the current tables, and every plan,
 * recomputed from what the record said at its time, gives the same proposals to the byte.
 */
export async function verifyCampaign(
  read: RecordReader,
  planner: Planner,
  campaignId: string,
): Promise<Verdict> {
  const events = await logAfter(read, campaignId, 0);
  if (events.length === 0) throw new IonloopError('NOT_FOUND', `there is no campaign ${campaignId}`);
  const faults: string[] = [];
  let headHash = emptyLog.hash;
  try {
    headHash = checkChain(events).hash;
  } catch (error) {
    if (!(error instanceof IonloopError)) throw error;
    return {
      campaignId,
      ok: false,
      events: events.length,
      headHash,
      tablesCompared: false,
      faults: [error.message],
      plans: [],
    };
  }
  const plans = await recomputePlans(planner, events);
  const tables = await compareTables(read, campaignId, events);
  faults.push(...(tables ?? []), ...(await forgottenRows(read, campaignId)));
  const ok = faults.length === 0 && plans.every(({ identical }) => identical);
  return { campaignId, ok, events: events.length, headHash, tablesCompared: tables !== null, faults, plans };
}

async function logAfter(
  read: RecordReader,
  campaignId: string,
  after: number,
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await read.events(campaignId, events.at(-1)?.seq ?? after, pageSize);
    events.push(...page);
    if (page.length < pageSize) return events;
  }
}

type Committed = Extract<CampaignEvent, { type: 'plan.committed' }>;

async function recomputePlans(
  planner: Planner,
  events: readonly RecordedEvent[],
): Promise<readonly PlanVerdict[]> {
  const verdicts: PlanVerdict[] = [];
  const past = new CampaignRecord();
  let applied = 0;
  for (const { event } of events) {
    if (event.type !== 'plan.committed') continue;
    while (applied < event.plan.basedOnSeq) {
      const next = events[applied];
      if (!next) break;
      apply(past, next);
      applied += 1;
    }
    verdicts.push(await recompute(planner, past, event));
  }
  return verdicts;
}

async function recompute(planner: Planner, past: CampaignRecord, event: Committed): Promise<PlanVerdict> {
  const { number, plannerVersion } = event.plan;
  const verdict = (detail: string): PlanVerdict => ({ number, identical: detail === identical, detail });
  const knowledge = inUse(past.all('knowledge'));
  const request = planRequestOf({
    seq: event.plan.basedOnSeq,
    campaign: past.campaign,
    experiments: past.all('experiment'),
    accepted: past.all('measurement').filter(({ status }) => status === 'accepted'),
    knowledge,
  });
  if (!request) return verdict('the record at its time asked for no plan');
  if (hashOf(request) !== event.plan.requestHash)
    return verdict('the record at its time asked another question');
  if (canonicalJson(event.plan.knowledge ?? []) !== canonicalJson(knowledge.map(({ hash }) => hash)))
    return verdict('the record at its time had other knowledge from elsewhere');
  const answer = await planner.plan(request);
  if (hashOf(answer) !== event.plan.answerHash || !sameProposals(answer, event)) {
    const versions =
      plannerVersion === planner.version
        ? ''
        : ` (planned by version ${plannerVersion}, checked by ${planner.version})`;
    return verdict(`the planner gives another answer now${versions}`);
  }
  return verdict(identical);
}

const identical = 'identical';

/** Plans made before grounds were kept have none: there they are part of the answer's hash alone. */
function sameProposals(answer: PlanAnswer, event: Committed): boolean {
  const withGrounds = event.experiments.some(({ grounds }) => grounds !== undefined);
  const kept = keptOf(withGrounds);
  return canonicalJson(event.experiments.map(kept)) === canonicalJson(answer.proposals.map(kept));
}

/** What the record keeps of a proposal. */
const keptOf =
  (withGrounds: boolean) =>
  ({ point, origin, prediction, acquisition, reason, grounds }: Kept): Kept => ({
    point,
    origin,
    prediction,
    acquisition,
    reason,
    ...(withGrounds && grounds && { grounds }),
  });
type Kept = Pick<NewExperiment, 'point' | 'origin' | 'prediction' | 'acquisition' | 'reason' | 'grounds'>;

/** Tables can only be compared with a log that does not grow meanwhile: it is followed a few times, then left. */
const maxFollowed = 5;

async function compareTables(
  read: RecordReader,
  campaignId: string,
  events: readonly RecordedEvent[],
): Promise<readonly string[] | null> {
  const replayed = new CampaignRecord();
  let applied = 0;
  let newer = events;
  for (let tries = 0; tries < maxFollowed; tries += 1) {
    for (const event of newer) apply(replayed, event);
    applied += newer.length;
    const current = await tablesOf(read, campaignId);
    if ((await read.lastSeq(campaignId)) === applied) {
      return rowKinds.flatMap((kind) => compareRows(kind, replayed.all(kind), current[kind]));
    }
    newer = await logAfter(read, campaignId, applied);
  }
  return null;
}

async function tablesOf(
  read: RecordReader,
  campaignId: string,
): Promise<{ readonly [K in RowKind]: readonly Rows[K][] }> {
  const campaign = await read.campaign(campaignId);
  const experiment = await read.experiments(campaignId);
  return {
    campaign: campaign ? [campaign] : [],
    experiment,
    attempt: await read.attempts(experiment.map(({ id }) => id)),
    measurement: await read.measurements(campaignId),
    attachment: await read.attachments(campaignId),
    plan: await read.plans(campaignId),
    model: await read.models(campaignId),
    knowledge: await read.knowledge([campaignId]),
  };
}

/** One look at the tables, hence also true of a campaign that moves: nothing waits without a deadline or a person. */
const forgottenRows = async (read: RecordReader, campaignId: string): Promise<readonly string[]> =>
  (await read.forgotten(campaignId)).map(({ kind, id, why }) => `${kind} ${id} is forgotten: ${why}`);

function compareRows(
  kind: string,
  replayed: readonly { readonly id: string }[],
  current: readonly { readonly id: string }[],
): readonly string[] {
  const rest = new Map(current.map((row) => [row.id, row]));
  const faults = replayed.flatMap((row) => {
    const now = rest.get(row.id);
    rest.delete(row.id);
    if (!now) return [`${kind} ${row.id} is in the log but not in the tables`];
    return canonicalJson(now) === canonicalJson(row) ? [] : [`${kind} ${row.id} is not what the log says`];
  });
  return [...faults, ...[...rest.keys()].map((id) => `${kind} ${id} is in the tables but not in the log`)];
}
