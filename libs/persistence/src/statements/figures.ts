import { silentSeconds } from '@ionloop/domain';
import type { EntityManager } from 'typeorm';

/** Numbers of the whole record for those who watch over it. */
export interface Figures {
  readonly campaigns: Readonly<Record<string, number>>;
  /** Proposals that wait for a person. */
  readonly openProposals: number;
  readonly queuedExperiments: number;
  readonly attempts: { readonly leased: number; readonly started: number; readonly suspect: number };
  /** In seconds, of the attempts that are leased or started; null where there are none. */
  readonly oldestLeaseAge: number | null;
  readonly overdueLeases: number;
  readonly waitingTasks: number;
  readonly overdueTasks: number;
  readonly stations: { readonly heard: number; readonly silent: number; readonly paused: number };
  /** Since the database's statistics began. */
  readonly eventsWritten: number;
  readonly eventLogBytes: number;
  /** In seconds, of the models behind the latest plans of active campaigns; null where there are none. */
  readonly oldestModelAge: number | null;
}

/** What is counted is counted so far: more than this is all the same to whoever is called. */
export const mostCounted = 10_000;
const mostCampaignsWithModels = 500;

const upTo = (rows: string): string =>
  `(SELECT count(*)::integer FROM (SELECT FROM ${rows} LIMIT ${mostCounted}) AS few)`;

const tasks = (condition: string): string =>
  ['campaign', 'experiment', 'attempt']
    .map((table) =>
      upTo(`${table} WHERE waiting_kind IS NOT NULL AND waiting_owner IS NOT NULL ${condition}`),
    )
    .join(' + ');

/** Every part is answered from an index, and none looks at more than so many rows. */
const sql = `
  SELECT
    (
      SELECT json_object_agg(state, ${upTo('campaign WHERE campaign.state = known.state')})
      FROM unnest($1::text[]) AS known (state)
    ) AS campaigns,
    ${upTo(`experiment WHERE waiting_kind IS NOT NULL AND state = 'proposed'`)} AS "openProposals",
    ${upTo(`experiment WHERE waiting_kind IS NOT NULL AND state = 'queued'`)} AS "queuedExperiments",
    (
      SELECT json_build_object(
        'leased', count(*) FILTER (WHERE state = 'leased'),
        'started', count(*) FILTER (WHERE state = 'started'),
        'suspect', count(*) FILTER (WHERE state = 'suspect'),
        'oldest', extract(epoch FROM clock_timestamp() - min(leased_at) FILTER (WHERE state <> 'suspect'))
      )
      FROM (
        SELECT state, leased_at FROM attempt WHERE state IN ('leased', 'started', 'suspect') LIMIT ${mostCounted}
      ) AS live
    ) AS attempts,
    ${upTo('lease WHERE deadline <= clock_timestamp()')} AS "overdueLeases",
    ${tasks('')} AS "waitingTasks",
    ${tasks('AND waiting_deadline <= clock_timestamp()')} AS "overdueTasks",
    (
      SELECT json_build_object(
        'paused', count(*) FILTER (WHERE paused),
        'heard', count(*) FILTER (WHERE NOT paused AND heard),
        'silent', count(*) FILTER (WHERE NOT paused AND NOT heard)
      )
      FROM (
        SELECT paused, last_seen_at >= clock_timestamp() - make_interval(secs => ${silentSeconds}) AS heard
        FROM station LIMIT ${mostCounted}
      ) AS known
    ) AS stations,
    pg_stat_get_tuples_inserted('event'::regclass)::double precision AS "eventsWritten",
    pg_total_relation_size('event'::regclass)::double precision AS "eventLogBytes",
    (
      SELECT extract(epoch FROM clock_timestamp() - min(model.created_at))::double precision
      FROM (
        SELECT id, plans FROM campaign WHERE state = 'active' ORDER BY created_at LIMIT ${mostCampaignsWithModels}
      ) AS active
      JOIN plan ON plan.campaign_id = active.id AND plan.number = active.plans
      JOIN model ON model.id = plan.model_id
    ) AS "oldestModelAge"`;

type Row = Omit<Figures, 'attempts' | 'oldestLeaseAge'> & {
  readonly attempts: Figures['attempts'] & { readonly oldest: number | null };
};

export async function figures(manager: EntityManager, campaignStates: readonly string[]): Promise<Figures> {
  const [row] = await manager.query<Row[]>(sql, [campaignStates]);
  if (!row) throw new Error('the database counted nothing');
  const { oldest, ...attempts } = row.attempts;
  return { ...row, attempts, oldestLeaseAge: oldest };
}
