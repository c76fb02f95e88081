import type { Artifact } from '@ionloop/domain';
import { fixed, instant, key, table, text } from './columns.js';
import { inWorkspace, toWorkspace } from './workspace.js';

export interface ArtifactRow {
  workspace: string;
  sha256: string;
  /** As TypeORM gives 64 bits; a whole number up to 2^53 here. */
  bytes: string;
  mediaType: string;
  uploadedAt: Date;
  station: string;
  tokenId: string;
}

export const artifactRow = table<ArtifactRow>({
  name: 'artifact',
  columns: {
    workspace: key('artifact', inWorkspace()),
    sha256: key('artifact', text()),
    bytes: fixed({ type: 'bigint' }),
    mediaType: fixed(text('media_type')),
    uploadedAt: fixed(instant('uploaded_at')),
    station: fixed(text()),
    tokenId: fixed(text('token_id')),
  },
  foreignKeys: [toWorkspace('artifact')],
});

export const artifactFromRow = ({ bytes, uploadedAt, ...rest }: ArtifactRow): Artifact => ({
  ...rest,
  bytes: Number(bytes),
  uploadedAt: uploadedAt.toISOString(),
});
