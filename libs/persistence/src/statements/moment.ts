import type { Asking } from '../database.js';

/**
 * The same text for as long as nothing is written by anybody: which transactions are over, as a statement sees it that begins
 * now. Two statements that begin between two equal ones see the same rows.
 */
export async function moment(asking: Asking): Promise<string> {
  const [row] = await asking.rows<{ readonly moment: string }>(
    'SELECT pg_current_snapshot()::text AS moment',
    [],
  );
  if (!row) throw new Error('the database did not tell its moment');
  return row.moment;
}
