import type { ExperimentState } from '@ionloop/domain';
import type { BestResult, ProgressEntry, Standing } from '@ionloop/engine';
import type { EntityManager } from 'typeorm';

const standingsSql = `
  SELECT campaign_id AS id, 'experiment' AS kind, state, count(*)::integer AS count
  FROM experiment WHERE campaign_id = ANY ($1) GROUP BY campaign_id, state
  UNION ALL
  SELECT campaign_id, 'past', 'past', count(*)::integer
  FROM experiment WHERE campaign_id = ANY ($1) AND origin = 'history' GROUP BY campaign_id
  UNION ALL
  SELECT campaign_id, 'attempt', state, count(*)::integer
  FROM attempt WHERE campaign_id = ANY ($1) AND waiting_kind IS NOT NULL GROUP BY campaign_id, state
  UNION ALL
  SELECT id, 'campaign', state, 1 FROM campaign WHERE id = ANY ($1)`;

interface Counted {
  readonly id: string;
  readonly kind: 'experiment' | 'past' | 'attempt' | 'campaign';
  readonly state: string;
  readonly count: number;
}

export async function standings(
  manager: EntityManager,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const rows = await manager.query<Counted[]>(standingsSql, [campaignIds]);
  const there = rows.filter(({ kind }) => kind === 'campaign').map(({ id }) => id);
  const countsOf = (campaign: string, of: Counted['kind']): ReadonlyMap<string, number> =>
    new Map(
      rows.filter(({ id, kind }) => id === campaign && kind === of).map(({ state, count }) => [state, count]),
    );
  return new Map(
    there.map((id) => {
      const counts = countsOf(id, 'experiment') as ReadonlyMap<ExperimentState, number>;
      const attempts = countsOf(id, 'attempt');
      const results = (attempts.get('flagged') ?? 0) + (attempts.get('late') ?? 0);
      const past = countsOf(id, 'past').get('past') ?? 0;
      return [id, { counts, past, suspects: attempts.get('suspect') ?? 0, results }];
    }),
  );
}

/** The first of its campaign in this order, found by an index. */
const foremost = (goal: string, order: 'ASC' | 'DESC'): string => `(
    SELECT id, value FROM experiment
    WHERE campaign_id = campaign.id AND value IS NOT NULL AND campaign.objectives -> 0 ->> 'goal' = '${goal}'
    ORDER BY value ${order}, value_at, number LIMIT 1
  )`;

const bestSql = `
  SELECT campaign.id, best.id AS "experimentId", best.value
  FROM campaign CROSS JOIN LATERAL (
    ${foremost('maximise', 'DESC')} UNION ALL ${foremost('minimise', 'ASC')}
  ) AS best
  WHERE campaign.id = ANY ($1)`;

export async function bestResults(
  manager: EntityManager,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, BestResult>> {
  const rows = await manager.query<(BestResult & { readonly id: string })[]>(bestSql, [campaignIds]);
  return new Map(rows.map(({ id, experimentId, value }) => [id, { experimentId, value }]));
}

/** Read from an index alone, but for the predictions of those that are kept. */
const progressSql = `
  WITH asked AS (
    SELECT id, CASE objectives -> 0 ->> 'goal' WHEN 'maximise' THEN 1 ELSE -1 END AS sign
    FROM campaign WHERE id = ANY ($1)
  ), grown AS (
    SELECT campaign_id, number, value, value_at,
      max(sign * value) OVER handed_in AS best, sign,
      row_number() OVER handed_in - 1 AS place,
      count(*) OVER (PARTITION BY campaign_id) AS total
    FROM experiment JOIN asked ON asked.id = campaign_id
    WHERE value IS NOT NULL
    WINDOW handed_in AS (PARTITION BY campaign_id ORDER BY value_at, number ROWS UNBOUNDED PRECEDING)
  ), marked AS (
    SELECT *,
      best IS DISTINCT FROM lag(best) OVER (PARTITION BY campaign_id ORDER BY place) AS gain,
      CASE WHEN total <= $2 THEN place ELSE place * ($2::integer / 2) / total END AS stretch
    FROM grown
  ), chosen AS (
    SELECT DISTINCT ON (campaign_id, stretch, gain) * FROM marked
    ORDER BY campaign_id, stretch, gain, place DESC
  )
  SELECT campaign_id AS id, number, chosen.value, chosen.value_at AS at, sign * best + 0 AS best,
    predicted_mean AS mean, predicted_sd AS sd
  FROM chosen JOIN experiment USING (campaign_id, number)
  ORDER BY campaign_id, place`;

interface ProgressRow {
  readonly id: string;
  readonly number: number;
  readonly value: number;
  readonly at: Date;
  readonly best: number;
  readonly mean: number | null;
  readonly sd: number | null;
}

export async function progress(
  manager: EntityManager,
  campaignIds: readonly string[],
  points: number,
): Promise<ReadonlyMap<string, readonly ProgressEntry[]>> {
  const entries = new Map<string, ProgressEntry[]>(campaignIds.map((id) => [id, []]));
  const rows = await manager.query<ProgressRow[]>(progressSql, [campaignIds, points]);
  for (const { id, number: experimentNumber, value, best, mean, sd, at } of rows) {
    const prediction = mean === null || sd === null ? null : { mean, sd };
    entries.get(id)?.push({ experimentNumber, value, best, prediction, at: at.toISOString() });
  }
  return entries;
}
