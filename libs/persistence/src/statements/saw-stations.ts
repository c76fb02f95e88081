import type { PreparedQuery } from './prepared.js';

/** In the order of their ids, so that two servers that saw the same stations do not wait for each other. */
const statement = {
  name: 'saw-stations',
  text: `
    UPDATE station SET last_seen_at = clock_timestamp()
    FROM (SELECT id FROM station WHERE id = ANY ($1::text[]) ORDER BY id FOR UPDATE) AS seen
    WHERE station.id = seen.id
    RETURNING station.id`,
};

export const sawStations = (ids: readonly string[]): PreparedQuery => ({ ...statement, values: [ids] });
