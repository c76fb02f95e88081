import type { RecordedEvent } from '@ionloop/domain';
import type { QueryRunner } from 'typeorm';
import { eventChannel } from '../notifications/channel.js';

const sql = 'SELECT pg_notify($1, $2)';

/** Tells whoever listens, once the transaction commits, how far the log now goes. */
export async function notifyEvents(runner: QueryRunner, last: RecordedEvent): Promise<void> {
  await runner.query(sql, [eventChannel, `${last.campaignId}:${last.seq}`]);
}
