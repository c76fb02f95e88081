import type { PreparedQuery } from './prepared.js';

/** What `takeFrom` of the engine says, in one statement and by the database's clock. */
const statement = {
  name: 'take-permits',
  text: `
    INSERT INTO rate_bucket AS bucket (key, permits, granted, at)
    VALUES ($1, $4::double precision - least($2, floor($4::double precision)),
      least($2, floor($4::double precision)), clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET (permits, granted, at) = (
      SELECT held - least($2, floor(held)), least($2, floor(held)), now
      FROM (
        SELECT now, least($4, bucket.permits + $3 * greatest(0, extract(epoch FROM now - bucket.at))) AS held
        FROM clock_timestamp() AS now
      ) AS filled
    )
    RETURNING permits AS left, granted`,
};

export interface TakenRow {
  readonly left: number;
  readonly granted: number;
}

export const takePermits = (key: string, wanted: number, rate: number, burst: number): PreparedQuery => ({
  ...statement,
  values: [key, wanted, rate, burst],
});

/** A bucket that nobody asked for that long is full again, and as good as none. */
export const forgetBuckets = `DELETE FROM rate_bucket WHERE at < clock_timestamp() - interval '1 day'`;
