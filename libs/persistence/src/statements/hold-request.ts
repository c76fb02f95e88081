import type { KeyedRequest } from '@ionloop/engine';
import type { PreparedQuery } from './prepared.js';

export interface Holding {
  readonly request: KeyedRequest;
  readonly holder: string;
  readonly seconds: number;
}

export interface HeldRow {
  readonly scope: string;
  readonly key: string;
  readonly ours: boolean;
  readonly requestHash: string | null;
}

/** What a dead server left behind is swept by whoever comes next; the keys that are asked for it takes over. */
const hold = {
  name: 'hold-requests',
  text: `
    WITH asked AS MATERIALIZED (
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::double precision[])
        AS one (scope, key, request_hash, holder, seconds)
    ), swept AS (
      DELETE FROM request_in_flight
      WHERE (scope, key) IN (
        SELECT scope, key FROM request_in_flight
        WHERE deadline <= clock_timestamp() AND (scope, key) NOT IN (SELECT scope, key FROM asked)
        FOR UPDATE SKIP LOCKED
      )
    ), held AS (
      INSERT INTO request_in_flight AS known (scope, key, request_hash, holder, deadline)
      SELECT scope, key, request_hash, holder, clock_timestamp() + seconds * interval '1 second'
      FROM asked ORDER BY scope, key
      ON CONFLICT (scope, key) DO UPDATE SET
        request_hash = excluded.request_hash,
        holder = excluded.holder,
        deadline = excluded.deadline
      WHERE known.holder = excluded.holder OR known.deadline <= clock_timestamp()
      RETURNING scope, key
    )
    SELECT
      asked.scope, asked.key,
      EXISTS (SELECT FROM held WHERE held.scope = asked.scope AND held.key = asked.key) AS ours,
      known.request_hash AS "requestHash"
    FROM asked LEFT JOIN request_in_flight AS known USING (scope, key)`,
};

export const holdRequests = (asked: readonly Holding[]): PreparedQuery => ({
  ...hold,
  values: [
    asked.map(({ request }) => request.scope),
    asked.map(({ request }) => request.key),
    asked.map(({ request }) => request.requestHash),
    asked.map(({ holder }) => holder),
    asked.map(({ seconds }) => seconds),
  ],
});

const release = {
  name: 'release-requests',
  text: `
    DELETE FROM request_in_flight
    USING unnest($1::text[], $2::text[], $3::text[]) AS one (scope, key, holder)
    WHERE request_in_flight.scope = one.scope AND request_in_flight.key = one.key
      AND request_in_flight.holder = one.holder`,
};

export const releaseRequests = (asked: readonly Omit<Holding, 'seconds'>[]): PreparedQuery => ({
  ...release,
  values: [
    asked.map(({ request }) => request.scope),
    asked.map(({ request }) => request.key),
    asked.map(({ holder }) => holder),
  ],
});
