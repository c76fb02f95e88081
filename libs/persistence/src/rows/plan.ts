import type { Plan, StrategySpec } from '@ionloop/domain';
import { fixed, instant, integer, json, key, nullable, table, text } from './columns.js';

export interface PlanRow {
  id: string;
  campaignId: string;
  number: number;
  basedOnSeq: number;
  dataRevision: number;
  strategy: StrategySpec;
  seed: string;
  requestHash: string;
  answerHash: string;
  plannerVersion: string;
  modelId: string | null;
  knowledge: readonly string[] | null;
  createdAt: Date;
}

/** The model points to its plan by a foreign key; the way back is left unchecked, or neither could be first. */
export const planRow = table<PlanRow>({
  name: 'plan',
  columns: {
    id: key('plan', text()),
    campaignId: fixed(text('campaign_id')),
    number: fixed(integer()),
    basedOnSeq: fixed(integer('based_on_seq')),
    dataRevision: fixed(integer('data_revision')),
    strategy: fixed(json()),
    seed: fixed(text()),
    requestHash: fixed(text('request_hash')),
    answerHash: fixed(text('answer_hash')),
    plannerVersion: fixed(text('planner_version')),
    modelId: fixed(nullable(text('model_id'))),
    knowledge: fixed(nullable(json())),
    createdAt: fixed(instant('created_at')),
  },
  foreignKeys: [
    {
      name: 'plan_campaign_fkey',
      target: 'campaign',
      columnNames: ['campaignId'],
      referencedColumnNames: ['id'],
    },
  ],
  uniques: [{ name: 'plan_number_key', columns: ['campaignId', 'number'] }],
});

export const planFromRow = ({ createdAt, knowledge, ...rest }: PlanRow): Plan => ({
  ...rest,
  ...(knowledge !== null && { knowledge }),
  createdAt: createdAt.toISOString(),
});

export const planToRow = ({ createdAt, knowledge, ...rest }: Plan): PlanRow => ({
  ...rest,
  knowledge: knowledge ?? null,
  createdAt: new Date(createdAt),
});
