import type { Knowledge } from '@ionloop/domain';
import { fixed, instant, integer, json, key, nullable, table, text } from './columns.js';

export interface KnowledgeColumns {
  id: string;
  campaignId: string;
  number: number;
  name: string;
  origin: Knowledge['origin'];
  rows: Knowledge['rows'];
  hash: string;
  addedBy: string;
  createdAt: Date;
  removed: Knowledge['removed'];
}

export const knowledgeRow = table<KnowledgeColumns>({
  name: 'knowledge',
  columns: {
    id: key('knowledge', text()),
    campaignId: fixed(text('campaign_id')),
    number: fixed(integer()),
    name: fixed(text()),
    origin: fixed(json()),
    rows: fixed(json('frozen_rows')),
    hash: fixed(text()),
    addedBy: fixed(text('added_by')),
    createdAt: fixed(instant('created_at')),
    removed: nullable(json()),
  },
  foreignKeys: [
    {
      name: 'knowledge_campaign_fkey',
      target: 'campaign',
      columnNames: ['campaignId'],
      referencedColumnNames: ['id'],
    },
  ],
  uniques: [{ name: 'knowledge_number_key', columns: ['campaignId', 'number'] }],
});

export const knowledgeFromRow = ({ createdAt, ...rest }: KnowledgeColumns): Knowledge => ({
  ...rest,
  createdAt: createdAt.toISOString(),
});

export const knowledgeToRow = ({ createdAt, ...rest }: Knowledge): KnowledgeColumns => ({
  ...rest,
  createdAt: new Date(createdAt),
});
