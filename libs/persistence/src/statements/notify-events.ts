import type { RecordedEvent } from '@ionloop/domain';
import { eventChannel } from '../notifications/channel.js';
import type { PreparedQuery } from './prepared.js';

const statement = { name: 'notify-events', text: 'SELECT pg_notify($1, $2)' };

/** Tells whoever listens, once the transaction commits, how far the log now goes. */
export const notifyEvents = ({ campaignId, seq }: RecordedEvent): PreparedQuery => ({
  ...statement,
  values: [eventChannel, `${campaignId}:${seq}`],
});
