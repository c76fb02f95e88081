import {
  type Campaign,
  hashOf,
  type NewExperiment,
  type PlanAnswer,
  type PlanRequest,
  theLoop,
} from '@ionloop/domain';
import type { Engine } from '../deps.js';
import { approveInside } from '../experiments/use-cases.js';
import { labSpecs, specHashOf } from '../lab-spec.js';
import type { Planner } from '../planner-port.js';
import type { CampaignTransaction, PlanningSnapshot } from '../ports.js';
import { planRequestOf, trainingHash, wanted } from './request.js';

export type PlanOutcome = 'nothing wanted' | 'nothing left to try' | 'overtaken' | 'committed';

/**
 * Looks, thinks, writes. The thinking holds no lock; the commit goes through only if no other plan was committed
 * and no setting changed since the look, so a planner that was killed or raced leaves either its whole batch or nothing.
 */
export async function planOnce(engine: Engine, planner: Planner, campaignId: string): Promise<PlanOutcome> {
  const snapshot = await engine.store.read.planningSnapshot(campaignId);
  if (!snapshot) return 'nothing wanted';
  const request = planRequestOf(snapshot);
  if (!request) return 'nothing wanted';
  const answer = await answerOf(planner, request);
  if (answer.proposals.length === 0) return 'nothing left to try';
  return engine.store.transact(campaignId, theLoop, (tx) =>
    commit(engine, planner.version, tx, { snapshot, request, answer }),
  );
}

/** The planner has no answer to this question. */
export class PlanningFailed extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.name = 'PlanningFailed';
  }
}

async function answerOf(planner: Planner, request: PlanRequest): Promise<PlanAnswer> {
  try {
    return await planner.plan(request);
  } catch (error) {
    throw new PlanningFailed(error instanceof Error ? error : new Error(String(error)));
  }
}

interface Thought {
  readonly snapshot: PlanningSnapshot;
  readonly request: PlanRequest;
  readonly answer: PlanAnswer;
}

async function commit(
  engine: Engine,
  plannerVersion: string,
  tx: CampaignTransaction,
  { snapshot, request, answer }: Thought,
): Promise<PlanOutcome> {
  const { campaign } = tx;
  const room = wanted({ ...snapshot, campaign, experiments: await tx.experiments() });
  if (isOvertaken(campaign, snapshot.campaign) || room < answer.proposals.length) return 'overtaken';
  const planId = engine.ids.next();
  const modelId = answer.model === null ? null : engine.ids.next();
  const experiments = newExperiments(engine, tx, planId, answer);
  tx.append({
    type: 'plan.committed',
    plan: {
      id: planId,
      number: campaign.plans + 1,
      basedOnSeq: snapshot.seq,
      dataRevision: snapshot.campaign.dataRevision,
      strategy: request.strategy,
      seed: request.seed,
      requestHash: hashOf(request),
      answerHash: hashOf(answer),
      plannerVersion,
      modelId,
      ...(snapshot.knowledge.length > 0 && { knowledge: snapshot.knowledge.map(({ hash }) => hash) }),
    },
    model:
      answer.model === null || modelId === null
        ? null
        : {
            id: modelId,
            planId,
            kind: answer.model.kind,
            dataRevision: snapshot.campaign.dataRevision,
            trainingHash: trainingHash(snapshot.accepted, snapshot.knowledge),
            trainingSize: request.observations.filter(({ source = 0 }) => source === 0).length,
            bodyHash: hashOf(answer.model.body),
            diagnostics: answer.model.diagnostics,
          },
    experiments,
  });
  if (answer.model !== null && modelId !== null) tx.saveModelBody(modelId, answer.model.body);
  if (campaign.approval === 'automatic') {
    for (const { id } of experiments) approveInside(tx, await tx.experiment(id));
  }
  return 'committed';
}

/** Another plan was made since the look, or something else is wanted now. */
const isOvertaken = (now: Campaign, seen: Campaign): boolean =>
  now.plans !== seen.plans || now.revision !== seen.revision || now.asked !== seen.asked;

function newExperiments(
  engine: Engine,
  tx: CampaignTransaction,
  planId: string,
  answer: PlanAnswer,
): readonly NewExperiment[] {
  const specOf = labSpecs(tx.campaign);
  return answer.proposals.map((proposal, i) => {
    const number = tx.campaign.experiments + 1 + i;
    const { point, origin, prediction, acquisition, reason, grounds } = proposal;
    return {
      point,
      origin,
      prediction,
      acquisition,
      reason,
      ...(grounds && { grounds }),
      id: engine.ids.next(),
      number,
      specHash: specHashOf(specOf({ number, point })),
      planId,
    };
  });
}
