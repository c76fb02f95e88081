import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { newDataSource } from '../src/data-source.js';
import { type MeasurementRow, measurementRow } from '../src/rows/measurement.js';
import { copyIn, copyRows } from '../src/statements/copy-rows.js';
import { withAdmin } from './support/admin.js';
import { migratedDatabase, type Opened } from './support/database.js';

const as = <T>(row: T): T => row;
const mark = fc.constantFrom('a', '\\', '\t', '\n', '\r', '"', '{', ',', '\\N', '\\.', 'ß', '🜁', ' ');
const text = fc.array(mark, { maxLength: 6 }).map((marks) => marks.join(''));
/** −0 is 0 in JSON. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const json = fc.dictionary(text, fc.oneof(text, number));
const row: fc.Arbitrary<MeasurementRow> = fc.record({
  id: fc.uuid(),
  campaignId: text,
  experimentId: text,
  attemptId: fc.option(text),
  property: text,
  value: number,
  unit: fc.constantFrom('S/cm', 'K'),
  uncertainty: fc.option(number),
  conditions: json,
  raw: json,
  flags: fc.array(text, { maxLength: 2 }),
  status: fc.constantFrom('accepted', 'flagged'),
  supersedes: fc.constant(null),
  note: fc.option(text),
  createdAt: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => new Date(date)),
});

describe('rows that are copied', () => {
  let opened: Opened;
  let dataSource: DataSource;
  beforeAll(async () => {
    opened = await migratedDatabase();
    dataSource = await newDataSource({ url: opened.url, poolSize: 1 }).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await opened.close();
  });

  const textOf = (rows: readonly MeasurementRow[]): string =>
    copyRows(dataSource, measurementRow, rows, as)
      .map((copied) => copied.text)
      .join('');

  it('are written each as it would be alone, whatever they share', () => {
    const shared = fc.tuple(row, fc.array(fc.record({ other: row, shares: fc.boolean() }), { maxLength: 8 }));
    fc.assert(
      fc.property(shared, ([first, others]) => {
        const rows = [
          first,
          ...others.map(({ other, shares }) => ({ ...(shares ? first : other), id: other.id })),
        ];
        expect(textOf(rows)).toBe(rows.map((one) => textOf([one])).join(''));
      }),
    );
  });

  it('are read by the database as they were given', async () => {
    await withAdmin(opened.url, async (client) => {
      await client.query(`CREATE TEMPORARY TABLE measurement (LIKE public.measurement)`);
      for (const rows of fc.sample(fc.array(row, { minLength: 1, maxLength: 8 }), { numRuns: 40, seed: 7 })) {
        await client.query('TRUNCATE measurement');
        for (const copied of copyRows(dataSource, measurementRow, rows, as)) await copyIn(client, copied);
        const { rows: found } = await client.query<{ id: string; given: object }>(
          `SELECT id, json_build_object('campaign', campaign_id, 'attempt', attempt_id, 'value', value, 'note', note,
             'raw', raw, 'flags', flags, 'at', created_at) AS given FROM measurement`,
        );
        const byId = new Map(found.map(({ id, given }) => [id, given]));
        for (const { id, campaignId, attemptId, value, note, raw, flags, createdAt } of rows) {
          const { at, ...given } = byId.get(id) as { at: string };
          expect(given).toEqual({
            campaign: campaignId,
            attempt: attemptId,
            value,
            note,
            raw,
            flags,
          });
          expect(new Date(at)).toEqual(createdAt);
        }
      }
    });
  });
});
