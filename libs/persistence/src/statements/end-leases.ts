import type { PreparedQuery } from './prepared.js';

const statement = { name: 'end-leases', text: 'DELETE FROM lease WHERE attempt_id = ANY ($1::text[])' };

export const endLeases = (attemptIds: readonly string[]): readonly PreparedQuery[] =>
  attemptIds.length > 0 ? [{ ...statement, values: [attemptIds] }] : [];
