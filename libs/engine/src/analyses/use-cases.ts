import {
  type Actor,
  type AnalysisInput,
  type AnalysisRequest,
  type Campaign,
  hashOf,
  invalidState,
  IonloopError,
  type Json,
  notFound,
} from '@ionloop/domain';
import { withGoals } from '../campaigns/changed-goals.js';
import type { Engine } from '../deps.js';
import { madeOnce, sameRequest } from '../idempotency.js';
import { text } from '../input.js';
import type { Planner } from '../planner-port.js';
import { questionOf } from '../planning/request.js';
import { verifyCampaign } from '../planning/verify.js';
import type { PlanningSnapshot, RecordReader } from '../ports.js';
import { type Analysis, type AnalysisHints, type Analyst, AnalysisUnwanted } from './analysis.js';
import { measuredOutcomes } from './measured.js';
import { parseAnalysis } from './requests.js';

/** So many of a campaign may wait or run at a time: they take turns on the same threads as its plans. */
const mostUnfinished = 12;
/** Of each campaign; each may have a million rows. */
const listsKept = 3;
/** Who worked on it and is not heard of for so long is gone. */
const silentSeconds = 60;

/**
 * Asks a question about a campaign. One that was asked of the same state before is not worked on again, and one that was
 * asked under the same key not even where the state has changed.
 */
export async function startAnalysis(
  engine: Engine,
  hints: AnalysisHints,
  actor: Actor,
  campaignId: string,
  input: unknown,
  idempotencyKey?: string,
): Promise<Analysis> {
  const request = parseAnalysis(input);
  if (idempotencyKey === undefined) return start(engine, hints, actor, campaignId, request);
  text(idempotencyKey, 'idempotencyKey', { min: 1, max: 200 });
  const { read, analyses } = engine.store;
  const scope = `startAnalysis/${campaignId}/${actor.name}`;
  const keyed = { scope, key: idempotencyKey, requestHash: hashOf(request) };
  const earlier = await read.recall(scope, idempotencyKey);
  if (earlier) {
    const { id } = sameRequest(earlier, keyed.requestHash, idempotencyKey) as { readonly id: string };
    const [before] = await analyses.byIds([id]);
    if (!before) throw notFound('analysis', id);
    return before;
  }
  const analysis = await start(engine, hints, actor, campaignId, request);
  await engine.store.transact(campaignId, actor, async (tx) => {
    await madeOnce(tx, keyed, () => Promise.resolve({ id: analysis.id }));
  });
  return analysis;
}

async function start(
  engine: Engine,
  hints: AnalysisHints,
  actor: Actor,
  campaignId: string,
  request: AnalysisRequest,
): Promise<Analysis> {
  const { read, analyses } = engine.store;
  const campaign = await read.campaign(campaignId);
  if (!campaign) throw notFound('campaign', campaignId);
  triedOn(campaign, request);
  const key = await keyOf(read, campaign, request);
  const unfinished = await analyses.unfinished(campaignId);
  const analysis = await analyses.ask({
    id: engine.ids.next(),
    campaignId,
    kind: request.kind,
    request,
    key,
    dataRevision: campaign.dataRevision,
    createdBy: actor.name,
  });
  if (analysis.status !== 'waiting') return analysis;
  if (unfinished >= mostUnfinished && (await analyses.unfinished(campaignId)) > mostUnfinished) {
    await analyses.end(analysis.id, 'cancelled', { error: 'too many at a time' });
    throw invalidState(
      `${unfinished} analyses of this campaign are waiting or running; at most ${mostUnfinished} are taken at a time`,
    );
  }
  await hints.analyse(analysis.id);
  return analysis;
}

/** The campaign with the goals, limits and costs that a request tries; refused by name where they make no sense. */
function triedOn(campaign: Campaign, request: AnalysisRequest): Campaign {
  if (request.kind !== 'whatIf') return campaign;
  const { objectives, limits, cost } = request;
  return withGoals(campaign, {
    ...(objectives !== undefined && { objectives }),
    ...(limits !== undefined && { limits }),
    ...(cost !== undefined && { cost }),
  });
}

/** All that an answer depends on, by what is cheap to look up. */
async function keyOf(read: RecordReader, campaign: Campaign, request: AnalysisRequest): Promise<string> {
  const { id, revision, dataRevision, plans, experiments, budget } = campaign;
  const counts = (await read.standings([id])).get(id)?.counts;
  const failed = (counts?.get('failed_sample') ?? 0) + (counts?.get('infeasible') ?? 0);
  const log = request.kind === 'verification' ? await read.lastSeq(id) : null;
  return hashOf({ request, revision, dataRevision, plans, experiments, budget, failed, log });
}

export async function cancelAnalysis(engine: Engine, id: string): Promise<Analysis> {
  const { analyses } = engine.store;
  const [before] = await analyses.byIds([id]);
  if (!before) throw notFound('analysis', id);
  if (!(await analyses.end(id, 'cancelled', {}))) {
    throw invalidState(`this analysis is ${before.status}; only one that is not over can be cancelled`);
  }
  const [after = before] = await analyses.byIds([id]);
  return after;
}

/** Works on it, unless another does or nobody wants it any more. Any number may try at once. */
export async function runAnalysis(
  engine: Engine,
  analyst: Analyst,
  planner: Planner,
  id: string,
): Promise<void> {
  const { analyses } = engine.store;
  const [analysis] = await analyses.byIds([id]);
  if (!analysis || !(await analyses.begin(id, silentSeconds))) return;
  const beat = setInterval(
    () => {
      // A lost beat is made up for by the next.
      analyses.progress(id, null).catch(() => undefined);
    },
    (silentSeconds * 1000) / 4,
  );
  try {
    const result = await answerTo(engine, analyst, planner, analysis);
    await analyses.end(id, 'completed', { result });
    if (analysis.kind === 'candidates') await analyses.forgetCandidates(analysis.campaignId, listsKept);
  } catch (error) {
    if (error instanceof AnalysisUnwanted) return;
    const message = error instanceof Error ? error.message : String(error);
    await analyses.end(id, 'failed', { error: message });
    // What the question itself is to blame for is told to whoever asked, and is no trouble of ours.
    if (!(error instanceof IonloopError)) throw error;
  } finally {
    clearInterval(beat);
  }
}

async function answerTo(
  { store }: Engine,
  analyst: Analyst,
  planner: Planner,
  { id, campaignId, request }: Analysis,
): Promise<Json> {
  if (request.kind === 'verification') {
    return (await verifyCampaign(store.read, planner, campaignId)) as unknown as Json;
  }
  const snapshot = await store.read.planningSnapshot(campaignId);
  if (!snapshot) throw notFound('campaign', campaignId);
  const input = await inputOf(store.read, snapshot, request);
  return analyst.analyse(request, input, {
    progress: async (done, total) => {
      if (!(await store.analyses.progress(id, { done, total }))) throw new AnalysisUnwanted();
    },
    candidates: (some) => store.analyses.addCandidates(id, some),
  });
}

/** The campaign's own question to its planner, and the model that was kept where it knows all of its results. */
export async function inputOf(
  read: RecordReader,
  snapshot: PlanningSnapshot,
  request: AnalysisRequest,
): Promise<AnalysisInput> {
  const { campaign } = snapshot;
  const tried = { ...snapshot, campaign: triedOn(campaign, request) };
  const { question, numbers } = questionOf(tried, Math.max(1, campaign.parallel));
  const latest = await read.latestModel(campaign.id);
  const isCurrent =
    latest !== null &&
    latest.dataRevision === campaign.dataRevision &&
    (campaign.plansBefore === 0 || (await planNumber(read, latest.planId)) > campaign.plansBefore);
  const body = isCurrent ? await read.modelBody(latest.id) : null;
  return {
    plan: question,
    model: isCurrent && body !== null ? { kind: latest.kind, diagnostics: null, body } : null,
    numbers,
    measured: request.kind === 'front' ? measuredOutcomes(snapshot, request.objectives) : [],
    budget: campaign.budget,
  };
}

const planNumber = async (read: RecordReader, planId: string): Promise<number> =>
  (await read.lists.plansById([planId]))[0]?.number ?? 0;

/** Those whose hint was lost, or whose worker is gone, get another. */
export async function reviveAnalyses(engine: Engine, hints: AnalysisHints): Promise<void> {
  for (const { id } of await engine.store.analyses.neglected(silentSeconds)) await hints.analyse(id);
}
