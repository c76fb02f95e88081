import type { Attachment, Attempt, Campaign, Experiment, Measurement, Plan } from '@ionloop/domain';
import { notFound } from '@ionloop/domain';
import { groupBy } from '../planning/group.js';
import type { RecordReader } from '../ports.js';

/** An experiment with all that came of it. */
export interface ExperimentInFull {
  readonly experiment: Experiment;
  readonly plan: Plan | null;
  readonly attempts: readonly Attempt[];
  readonly measurements: readonly Measurement[];
  readonly attachments: readonly Attachment[];
}

const pageSize = 500;

export async function campaignToExport(read: RecordReader, campaignId: string): Promise<Campaign> {
  const campaign = await read.campaign(campaignId);
  if (!campaign) throw notFound('campaign', campaignId);
  return campaign;
}

/** All experiments by number, a page in memory at a time. */
export async function* experimentsInFull(
  read: RecordReader,
  campaignId: string,
): AsyncGenerator<ExperimentInFull> {
  const plans = new Map((await read.plans(campaignId)).map((plan) => [plan.id, plan]));
  for (let after = 0; ;) {
    const page = await read.experiments(campaignId, {}, { first: pageSize, after });
    yield* await inFull(read, campaignId, page, plans);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.number;
  }
}

async function inFull(
  read: RecordReader,
  campaignId: string,
  page: readonly Experiment[],
  plans: ReadonlyMap<string, Plan>,
): Promise<readonly ExperimentInFull[]> {
  const ids = page.map(({ id }) => id);
  const attempts = await read.attempts(ids);
  const measurements = groupBy(await read.measurements(campaignId, ids), ({ experimentId }) => experimentId);
  const attachments = groupBy(
    await read.attachments(
      campaignId,
      attempts.map(({ id }) => id),
    ),
    ({ experimentId }) => experimentId,
  );
  const byExperiment = groupBy(attempts, ({ experimentId }) => experimentId);
  return page.map((experiment) => ({
    experiment,
    plan: experiment.planId === null ? null : (plans.get(experiment.planId) ?? null),
    attempts: byExperiment.get(experiment.id) ?? [],
    measurements: measurements.get(experiment.id) ?? [],
    attachments: attachments.get(experiment.id) ?? [],
  }));
}
