import type { Json } from '@ionloop/domain';
import type { RememberedAnswer } from '@ionloop/engine';
import { fixed, instant, json, key, nullable, table, text } from './columns.js';

export interface RememberedAnswerRow {
  scope: string;
  key: string;
  campaignId: string;
  requestHash: string;
  response: unknown;
  at: Date;
}

export const rememberedAnswerRow = table<RememberedAnswerRow>({
  name: 'remembered_answer',
  columns: {
    scope: key('remembered_answer', text()),
    key: key('remembered_answer', text()),
    campaignId: fixed(text('campaign_id')),
    requestHash: fixed(text('request_hash')),
    response: fixed(nullable(json())),
    at: fixed(instant()),
  },
  foreignKeys: [
    {
      name: 'remembered_answer_campaign_fkey',
      target: 'campaign',
      columnNames: ['campaignId'],
      referencedColumnNames: ['id'],
    },
  ],
});

export const rememberedAnswerFromRow = ({
  requestHash,
  response,
}: RememberedAnswerRow): RememberedAnswer => ({
  requestHash,
  response: response as Json,
});
