import type { Token } from '@ionloop/domain';
import type { AskedUnder } from '@ionloop/engine';
import type { EntityManager } from 'typeorm';

const sql = `
  INSERT INTO token (id, name, hash, role, station, one_time, created_at, expires_at, workspace, campaign, instance,
    request_key, request_hash)
  SELECT $1, $2, $3, $4, $5, $6, now, now + make_interval(secs => $7), $8, $9, $10, $11, $12
  FROM date_trunc('milliseconds', clock_timestamp()) AS now
  ON CONFLICT (request_key) DO NOTHING`;

export async function addToken(
  manager: EntityManager,
  token: Omit<Token, 'createdAt' | 'expiresAt' | 'revokedAt'>,
  lifetimeSeconds: number,
  asked: AskedUnder | null,
): Promise<void> {
  const { id, name, hash, role, station, oneTime, workspace, campaign, instance } = token;
  await manager.query(sql, [
    ...[id, name, hash, role, station, oneTime, lifetimeSeconds],
    ...[workspace, campaign, instance, asked?.key ?? null, asked?.requestHash ?? null],
  ]);
}
