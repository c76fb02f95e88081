import type { Token } from '@ionloop/domain';
import type { EntityManager } from 'typeorm';

const sql = `
  INSERT INTO token (id, name, hash, role, station, one_time, created_at, expires_at, workspace, campaign, instance)
  SELECT $1, $2, $3, $4, $5, $6, now, now + make_interval(secs => $7), $8, $9, $10
  FROM date_trunc('milliseconds', clock_timestamp()) AS now`;

export async function addToken(
  manager: EntityManager,
  token: Omit<Token, 'createdAt' | 'expiresAt' | 'revokedAt'>,
  lifetimeSeconds: number,
): Promise<void> {
  const { id, name, hash, role, station, oneTime, workspace, campaign, instance } = token;
  await manager.query(sql, [
    ...[id, name, hash, role, station, oneTime, lifetimeSeconds],
    ...[workspace, campaign, instance],
  ]);
}
