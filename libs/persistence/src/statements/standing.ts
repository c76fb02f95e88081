import type { Campaign, ExperimentState } from '@ionloop/domain';
import {
  type BestResult,
  campaignVolumes,
  type Outcome,
  type ProgressEntry,
  type Standing,
} from '@ionloop/engine';
import type { Asking } from '../database.js';

const standingsSql = `
  SELECT campaign_id AS id, 'experiment' AS kind, state, count(*)::integer AS count,
    (count(*) FILTER (WHERE origin = 'history'))::integer AS past
  FROM experiment WHERE campaign_id = ANY ($1) GROUP BY campaign_id, state
  UNION ALL
  SELECT campaign_id, 'attempt', state, count(*)::integer, 0
  FROM attempt WHERE campaign_id = ANY ($1) AND waiting_kind IS NOT NULL GROUP BY campaign_id, state
  UNION ALL
  SELECT id, 'campaign', state, 1, 0 FROM campaign WHERE id = ANY ($1)`;

interface Counted {
  readonly id: string;
  readonly kind: 'experiment' | 'attempt' | 'campaign';
  readonly state: string;
  readonly count: number;
  /** How many of these are history. */
  readonly past: number;
}

export async function standings(
  asking: Asking,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const rows = await asking.rows<Counted>(standingsSql, [campaignIds]);
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
      const past = rows.reduce((sum, row) => sum + (row.id === id ? row.past : 0), 0);
      return [id, { counts, past, suspects: attempts.get('suspect') ?? 0, results }];
    }),
  );
}

const bestSql = `
  SELECT campaign.id, best.id AS "experimentId", best.value
  FROM campaign CROSS JOIN LATERAL (
    SELECT id, value FROM experiment
    WHERE campaign_id = campaign.id AND merit IS NOT NULL
    ORDER BY merit DESC, value_at, number LIMIT 1
  ) AS best
  WHERE campaign.id = ANY ($1)`;

export async function bestResults(
  asking: Asking,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, BestResult>> {
  const rows = await asking.rows<BestResult & { readonly id: string }>(bestSql, [campaignIds]);
  return new Map(rows.map(({ id, experimentId, value }) => [id, { experimentId, value }]));
}

/** Read from an index alone, but for the predictions of those that are kept. */
const progressSql = `
  WITH grown AS (
    SELECT campaign_id, number, value, value_at, merit,
      max(merit) OVER handed_in AS top,
      row_number() OVER handed_in - 1 AS place,
      count(*) OVER (PARTITION BY campaign_id) AS total
    FROM experiment
    WHERE campaign_id = ANY ($1) AND value IS NOT NULL
    WINDOW handed_in AS (PARTITION BY campaign_id ORDER BY value_at, number ROWS UNBOUNDED PRECEDING)
  ), marked AS (
    SELECT *,
      top IS DISTINCT FROM lag(top) OVER (PARTITION BY campaign_id ORDER BY place) AS gain,
      first_value(value) OVER (PARTITION BY campaign_id, top ORDER BY place) AS best,
      CASE WHEN total <= $2 THEN place ELSE place * ($2::integer / 2) / total END AS stretch
    FROM grown
  ), chosen AS (
    SELECT DISTINCT ON (campaign_id, stretch, gain) * FROM marked
    ORDER BY campaign_id, stretch, gain, place DESC
  )
  SELECT campaign_id AS id, number, place::integer, chosen.value, chosen.value_at AS at,
    CASE WHEN top IS NOT NULL THEN chosen.best END AS best,
    predicted_mean AS mean, predicted_sd AS sd, json_array_length(campaign.objectives) > 1 AS several
  FROM chosen JOIN experiment USING (campaign_id, number) JOIN campaign ON campaign.id = campaign_id
  ORDER BY campaign_id, place`;

interface ProgressRow {
  readonly id: string;
  readonly number: number;
  readonly place: number;
  readonly value: number;
  readonly at: Date;
  readonly best: number | null;
  readonly mean: number | null;
  readonly sd: number | null;
  readonly several: boolean;
}

export async function progress(
  asking: Asking,
  campaignIds: readonly string[],
  points: number,
): Promise<ReadonlyMap<string, readonly ProgressEntry[]>> {
  const entries = new Map<string, ProgressEntry[]>(campaignIds.map((id) => [id, []]));
  const rows = await asking.rows<ProgressRow>(progressSql, [campaignIds, points]);
  const several = new Set(rows.filter((row) => row.several).map(({ id }) => id));
  const volumes = several.size === 0 ? null : await volumesIn(asking, [...several]);
  for (const { id, number: experimentNumber, place, value, best, mean, sd, at } of rows) {
    const prediction = mean === null || sd === null ? null : { mean, sd };
    const volume = volumes?.get(id)?.[place] ?? null;
    entries.get(id)?.push({ experimentNumber, value, best, volume, prediction, at: at.toISOString() });
  }
  return entries;
}

const outcomesSql = `
  SELECT campaign_id AS id, results FROM experiment
  WHERE campaign_id = ANY ($1) AND value IS NOT NULL
  ORDER BY campaign_id, value_at, number`;

type Goals = Pick<Campaign, 'id' | 'objectives' | 'limits'>;

/** Of campaigns with several objectives: how much is beaten after each experiment with a value, in their order. */
async function volumesIn(
  asking: Asking,
  campaignIds: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const campaigns = await asking.rows<Omit<Goals, 'limits'> & { readonly limits: Goals['limits'] | null }>(
    'SELECT id, objectives, limits FROM campaign WHERE id = ANY ($1)',
    [campaignIds],
  );
  const rows = await asking.rows<Outcome & { readonly id: string }>(outcomesSql, [campaignIds]);
  return new Map(
    campaigns.map(({ id, objectives, limits }) => {
      const own = rows.filter((row) => row.id === id);
      return [id, campaignVolumes({ objectives, limits: limits ?? [] }, own) ?? []];
    }),
  );
}
