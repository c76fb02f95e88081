import type { Artifact } from '@ionloop/domain';
import type { EntityManager } from 'typeorm';

const sql = `
  INSERT INTO artifact (sha256, bytes, media_type, uploaded_at, station, token_id, workspace)
  VALUES ($1, $2, $3, date_trunc('milliseconds', clock_timestamp()), $4, $5, $6)
  ON CONFLICT DO NOTHING`;

/** Comes to the same however often it is said. */
export async function addArtifact(
  manager: EntityManager,
  { sha256, bytes, mediaType, station, tokenId, workspace }: Omit<Artifact, 'uploadedAt'>,
): Promise<void> {
  await manager.query(sql, [sha256, bytes, mediaType, station, tokenId, workspace]);
}
