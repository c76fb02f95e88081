import { fixed, instant, json, key, table, text } from './columns.js';

export interface PartialRow {
  attemptId: string;
  seq: string;
  body: unknown;
  at: Date;
}

/** The attempt is checked at the end of the transaction, because it may be written after its first partial. */
export const partialRow = table<PartialRow>({
  name: 'partial',
  columns: {
    attemptId: key('partial', text('attempt_id')),
    seq: key('partial', { type: 'bigint' }),
    body: fixed(json()),
    at: fixed(instant()),
  },
  foreignKeys: [
    {
      name: 'partial_attempt_fkey',
      target: 'attempt',
      columnNames: ['attemptId'],
      referencedColumnNames: ['id'],
      deferrable: 'INITIALLY DEFERRED',
    },
  ],
});
