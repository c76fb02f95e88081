import type { Attachment } from '@ionloop/domain';
import { fixed, instant, key, nullable, table, text } from './columns.js';

export interface AttachmentRow {
  id: string;
  campaignId: string;
  experimentId: string;
  attemptId: string;
  measurementId: string | null;
  sha256: string;
  name: string;
  mediaType: string;
  bytes: string;
  kind: string | null;
  createdAt: Date;
}

/** No foreign key to artifacts: a log can be replayed into a database beside another folder of files. */
export const attachmentRow = table<AttachmentRow>({
  name: 'attachment',
  columns: {
    id: key('attachment', text()),
    campaignId: fixed(text('campaign_id')),
    experimentId: fixed(text('experiment_id')),
    attemptId: fixed(text('attempt_id')),
    measurementId: fixed(nullable(text('measurement_id'))),
    sha256: fixed(text()),
    name: fixed(text()),
    mediaType: fixed(text('media_type')),
    bytes: fixed({ type: 'bigint' }),
    kind: fixed(nullable(text())),
    createdAt: fixed(instant('created_at')),
  },
  foreignKeys: [
    {
      name: 'attachment_campaign_fkey',
      target: 'campaign',
      columnNames: ['campaignId'],
      referencedColumnNames: ['id'],
    },
    {
      name: 'attachment_attempt_fkey',
      target: 'attempt',
      columnNames: ['attemptId'],
      referencedColumnNames: ['id'],
    },
    {
      name: 'attachment_measurement_fkey',
      target: 'measurement',
      columnNames: ['measurementId'],
      referencedColumnNames: ['id'],
    },
  ],
  indices: [{ name: 'attachment_by_attempt', columns: ['campaignId', 'attemptId'] }],
});

export const attachmentFromRow = ({ bytes, createdAt, ...rest }: AttachmentRow): Attachment => ({
  ...rest,
  bytes: Number(bytes),
  createdAt: createdAt.toISOString(),
});

export const attachmentToRow = ({ bytes, createdAt, ...rest }: Attachment): AttachmentRow => ({
  ...rest,
  bytes: String(bytes),
  createdAt: new Date(createdAt),
});
