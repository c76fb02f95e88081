import { lastAsked, silentSeconds, type Task, type TaskSubject } from '@ionloop/domain';
import type { Forgotten, TaskFilter, TaskPlace } from '@ionloop/engine';
import { taskId } from '@ionloop/engine';
import type { EntityManager } from 'typeorm';
import type { Asking } from '../database.js';
import { canMake, canMeasure } from './can-make.js';

const chosen = `
  FROM task
  WHERE ($1::text IS NULL OR campaign_id = $1)
    AND ($2::text[] IS NULL OR owner = ANY ($2))
    AND ($3::text[] IS NULL OR kind = ANY ($3))
    AND ($4::boolean IS NULL OR (deadline <= clock_timestamp()) = $4)
    AND ($5::text IS NULL OR id = $5)
    AND ($6::text IS NULL OR campaign_id IN (SELECT campaign.id FROM campaign WHERE workspace = $6))`;

const valuesOf = ({
  campaignId,
  owners,
  kinds,
  overdue,
  subject,
  workspace,
}: TaskFilter): readonly unknown[] => [
  campaignId ?? null,
  owners ?? null,
  kinds ?? null,
  overdue ?? null,
  subject ? taskId(subject) : null,
  workspace ?? null,
];

/** By name: a later version may have more of them. */
const columns =
  'kind, owner, escalations, note, campaign_id, subject_kind, subject_id, experiment_id, since, deadline';

type TaskRow = Pick<Task, 'kind' | 'owner' | 'escalations' | 'note'> & {
  readonly campaign_id: string;
  readonly subject_kind: TaskSubject['kind'];
  readonly subject_id: string;
  readonly experiment_id: string | null;
  readonly since: Date;
  readonly deadline: Date;
};

/** The most pressing first. */
export async function tasks(
  asking: Asking,
  filter: TaskFilter,
  { first, after }: { readonly first: number; readonly after?: TaskPlace },
): Promise<readonly Task[]> {
  const rows = await asking.rows<TaskRow>(
    `SELECT ${columns} ${chosen}
      AND ($7::timestamptz IS NULL OR (deadline, id COLLATE "C") > ($7, $8::text))
    ORDER BY deadline, id COLLATE "C"
    LIMIT $9`,
    [...valuesOf(filter), after?.deadline ?? null, after?.id ?? null, first],
  );
  return rows.map(taskFromRow);
}

const taskFromRow = (row: TaskRow): Task => ({
  kind: row.kind,
  since: row.since.toISOString(),
  deadline: row.deadline.toISOString(),
  owner: row.owner,
  escalations: row.escalations,
  note: row.note,
  campaignId: row.campaign_id,
  subject: { kind: row.subject_kind, id: row.subject_id },
  experimentId: row.experiment_id,
});

/** The same page of each campaign. */
export async function tasksOf(
  asking: Asking,
  campaignIds: readonly string[],
  { first, after }: { readonly first: number; readonly after?: TaskPlace },
): Promise<ReadonlyMap<string, readonly Task[]>> {
  const rows = await asking.rows<TaskRow>(
    `SELECT ${columns} FROM unnest($1::text[]) AS asked (id) CROSS JOIN LATERAL (
      SELECT * FROM task
      WHERE campaign_id = asked.id
        AND ($2::timestamptz IS NULL OR (deadline, id COLLATE "C") > ($2, $3::text))
      ORDER BY deadline, id COLLATE "C" LIMIT $4
    ) AS own ORDER BY own.deadline, own.id COLLATE "C"`,
    [campaignIds, after?.deadline ?? null, after?.id ?? null, first],
  );
  const tasksById = new Map<string, Task[]>(campaignIds.map((id) => [id, []]));
  for (const row of rows) tasksById.get(row.campaign_id)?.push(taskFromRow(row));
  return tasksById;
}

export async function countTasks(asking: Asking, filter: TaskFilter): Promise<number> {
  const sql = `SELECT count(*)::integer AS count ${chosen}`;
  const [row] = await asking.rows<{ count: number }>(sql, [...valuesOf(filter)]);
  return row?.count ?? 0;
}

export async function taskCounts(
  asking: Asking,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await asking.rows<{ id: string; count: number }>(
    'SELECT campaign_id AS id, count(*)::integer AS count FROM task WHERE campaign_id = ANY ($1) GROUP BY 1',
    [campaignIds],
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}

const passed = (table: string): string =>
  `${table}.waiting_deadline <= clock_timestamp() AND ${table}.waiting_owner <> '${lastAsked}'`;

const dueSql = `
  SELECT 'campaign' AS kind, id FROM campaign WHERE id = $1 AND ${passed('campaign')}
  UNION ALL
  SELECT 'attempt', id FROM attempt WHERE campaign_id = $1 AND waiting_kind IS NOT NULL AND ${passed('attempt')}
  UNION ALL
  (
    SELECT 'experiment', experiment.id
    FROM experiment
    JOIN campaign ON campaign.id = experiment.campaign_id
    WHERE experiment.campaign_id = $1 AND experiment.waiting_kind IS NOT NULL
      AND experiment.waiting_deadline <= clock_timestamp()
      AND CASE WHEN experiment.waiting_owner IS NULL THEN campaign.state = 'active' AND campaign.dispatch
        ELSE experiment.waiting_owner <> '${lastAsked}' END
    ORDER BY experiment.waiting_deadline
    LIMIT $2
  )
  LIMIT $2`;

export const due = (
  manager: EntityManager,
  campaignId: string,
  limit: number,
): Promise<readonly TaskSubject[]> => manager.query<TaskSubject[]>(dueSql, [campaignId, limit]);

/** Looks at the head of the queue: what stands behind it comes to the head in its time, or to its deadline. */
const looked = 500;

const stuckSql = `
  WITH searched AS MATERIALIZED (
    SELECT id, workspace, objectives, limits, clock_timestamp() - make_interval(secs => (lab ->> 'leaseSeconds')::double precision) AS latest
    FROM campaign WHERE id = $1 AND state = 'active' AND dispatch
  ), there AS MATERIALIZED (
    SELECT station.limits::jsonb AS limits
    FROM station, searched
    WHERE NOT station.paused
      AND station.workspace = searched.workspace
      AND station.last_seen_at >= clock_timestamp() - make_interval(secs => ${silentSeconds})
      AND ${canMeasure('station.properties', 'station.limits::jsonb', { objectives: 'searched.objectives', limits: 'searched.limits' })}
  ), queued AS MATERIALIZED (
    (
      SELECT experiment.id, number, point, 'unable' AS if_so
      FROM experiment JOIN searched ON searched.id = experiment.campaign_id
      WHERE state = 'queued' AND waiting_kind = 'claim' AND waiting_since <= searched.latest
      ORDER BY number LIMIT ${looked}
    )
    UNION ALL
    (
      SELECT experiment.id, number, point, 'able'
      FROM experiment JOIN searched ON searched.id = experiment.campaign_id
      WHERE state = 'queued' AND waiting_kind = 'no_station'
      ORDER BY number LIMIT ${looked}
    )
  )
  SELECT id, if_so FROM queued
  WHERE (if_so = 'able') = EXISTS (SELECT FROM there WHERE ${canMake('there.limits', 'queued.point')})
  ORDER BY number`;

export async function stuck(
  manager: EntityManager,
  campaignId: string,
  limit: number,
): Promise<{ readonly unable: readonly string[]; readonly ableAgain: readonly string[] }> {
  const rows = await manager.query<{ id: string; if_so: string }[]>(stuckSql, [campaignId]);
  const of = (what: string): readonly string[] =>
    rows
      .filter(({ if_so }) => if_so === what)
      .map(({ id }) => id)
      .slice(0, limit);
  return { unable: of('unable'), ableAgain: of('able') };
}

export const forgotten = (manager: EntityManager, campaignId: string): Promise<readonly Forgotten[]> =>
  manager.query<Forgotten[]>('SELECT kind, id, why FROM forgotten WHERE campaign_id = $1 ORDER BY kind, id', [
    campaignId,
  ]);
