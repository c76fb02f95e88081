import type { PreparedQuery } from './prepared.js';

/** The words that a transaction begins and ends with, prepared like all others. */
export const begin: PreparedQuery = { name: 'BEGIN', text: 'BEGIN', values: [] };
export const commit: PreparedQuery = { name: 'COMMIT', text: 'COMMIT', values: [] };
export const rollback: PreparedQuery = { name: 'ROLLBACK', text: 'ROLLBACK', values: [] };
