import type { Attempt, Experiment } from '@ionloop/domain';
import type { LookAhead } from '@ionloop/engine';
import type { DataSource } from 'typeorm';
import { attemptFromRow, type AttemptRow, attemptRow } from '../rows/attempt.js';
import { experimentFromRow, type ExperimentRow, experimentRow } from '../rows/experiment.js';
import { type RememberedAnswerRow, rememberedAnswerRow } from '../rows/remembered-answer.js';
import type { PreparedQuery } from './prepared.js';
import { reading } from './read-rows.js';

const attempts = reading(
  attemptRow,
  'ahead-attempts',
  `WHERE id = ANY ($2::text[]) AND campaign_id = $1 AND state IN ('leased', 'started', 'suspect')`,
);

const theirExperiments = reading(
  experimentRow,
  'ahead-experiments',
  `WHERE campaign_id = $1 AND id IN (SELECT experiment_id FROM attempt WHERE id = ANY ($2::text[]))`,
);

const queued = reading(
  experimentRow,
  'ahead-queued',
  `WHERE campaign_id = $1 AND state = 'queued' ORDER BY rank, number LIMIT $2`,
);

const answers = reading(
  rememberedAnswerRow,
  'ahead-answers',
  'JOIN unnest($1::text[], $2::text[]) AS asked (scope, key) USING (scope, key)',
);

/** What came along with the lock. */
export interface Ahead {
  readonly attempts: readonly Attempt[];
  readonly experiments: readonly Experiment[];
  /** The first of the queue by number; where they are fewer than were asked for, all of it. */
  readonly queued: readonly Experiment[];
  readonly answers: readonly RememberedAnswerRow[];
}

export interface ReadsAhead {
  readonly queries: readonly PreparedQuery[];
  /** Takes the rows of each of the queries. */
  readonly read: (rows: readonly (readonly unknown[])[]) => Ahead;
}

/** The reads that travel along with the lock, for all that look ahead together; those that nobody wants stay at home. */
export function readsAhead(
  dataSource: DataSource,
  campaignId: string,
  wanted: Required<LookAhead>,
): ReadsAhead {
  const queries: PreparedQuery[] = [];
  const asking = (query: PreparedQuery, isWanted: boolean): ((rows: Rows) => readonly unknown[]) => {
    if (!isWanted) return () => [];
    const index = queries.push(query) - 1;
    return (rows) => rows[index] ?? [];
  };
  const byAttempt = [campaignId, wanted.attempts];
  const some = wanted.attempts.length > 0;
  const ofAttempts = asking(attempts(dataSource, byAttempt), some);
  const ofExperiments = asking(theirExperiments(dataSource, byAttempt), some);
  const ofQueue = asking(queued(dataSource, [campaignId, wanted.queued]), wanted.queued > 0);
  const ofAnswers = asking(recalled(dataSource, wanted.answers), wanted.answers.length > 0);
  return {
    queries,
    read: (rows) => ({
      attempts: (ofAttempts(rows) as readonly AttemptRow[]).map(attemptFromRow),
      experiments: (ofExperiments(rows) as readonly ExperimentRow[]).map(experimentFromRow),
      queued: (ofQueue(rows) as readonly ExperimentRow[]).map(experimentFromRow),
      answers: ofAnswers(rows) as readonly RememberedAnswerRow[],
    }),
  };
}

type Rows = readonly (readonly unknown[])[];

export const recalled = (dataSource: DataSource, asked: LookAhead['answers'] = []): PreparedQuery =>
  answers(dataSource, [asked.map(({ scope }) => scope), asked.map(({ key }) => key)]);
