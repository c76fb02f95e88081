import type { EntityManager } from 'typeorm';

const sql = `
  UPDATE token SET revoked_at = clock_timestamp()
  WHERE hash = $1 AND one_time AND revoked_at IS NULL AND expires_at > clock_timestamp()`;

/** True for the one caller that took it. */
export async function redeemToken(manager: EntityManager, hash: string): Promise<boolean> {
  const [, taken] = await manager.query<[unknown[], number]>(sql, [hash]);
  return taken === 1;
}
