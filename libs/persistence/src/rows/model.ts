import type { Json, Model } from '@ionloop/domain';
import { fixed, instant, integer, json, key, nullable, table, text } from './columns.js';

export interface ModelRow {
  id: string;
  campaignId: string;
  planId: string;
  kind: string;
  dataRevision: number;
  trainingHash: string;
  trainingSize: number;
  bodyHash: string;
  diagnostics: Json;
  createdAt: Date;
}

export const modelRow = table<ModelRow>({
  name: 'model',
  columns: {
    id: key('model', text()),
    campaignId: fixed(text('campaign_id')),
    planId: fixed(text('plan_id')),
    kind: fixed(text()),
    dataRevision: fixed(integer('data_revision')),
    trainingHash: fixed(text('training_hash')),
    trainingSize: fixed(integer('training_size')),
    bodyHash: fixed(text('body_hash')),
    diagnostics: fixed(nullable(json())),
    createdAt: fixed(instant('created_at')),
  },
  foreignKeys: [
    {
      name: 'model_campaign_fkey',
      target: 'campaign',
      columnNames: ['campaignId'],
      referencedColumnNames: ['id'],
    },
    { name: 'model_plan_fkey', target: 'plan', columnNames: ['planId'], referencedColumnNames: ['id'] },
  ],
  uniques: [{ name: 'model_plan_key', columns: ['planId'] }],
  indices: [{ name: 'model_by_campaign', columns: ['campaignId'] }],
});

export const modelFromRow = ({ createdAt, ...rest }: ModelRow): Model => ({
  ...rest,
  createdAt: createdAt.toISOString(),
});

export const modelToRow = ({ createdAt, ...rest }: Model): ModelRow => ({
  ...rest,
  createdAt: new Date(createdAt),
});
