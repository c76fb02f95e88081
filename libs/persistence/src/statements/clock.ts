import type { EntityManager } from 'typeorm';

/** The one clock that decides anything. */
export async function clock(manager: EntityManager): Promise<Date> {
  const [row] = await manager.query<{ now: Date }[]>('SELECT clock_timestamp() AS now');
  if (!row) throw new Error('the database did not tell its time');
  return row.now;
}
