/** What the record says of a run, by its own clock. */
export async function figuresOf(client, budget) {
  const { rows: waits } = await client.query(waitsSql, [budget]);
  const { rows } = await client.query(totalsSql);
  const [totals] = rows;
  const all = waits.find(({ quarter }) => quarter === null);
  return {
    results: totals.results,
    plans: totals.plans,
    // From when the first result came: before, all campaigns begin at once.
    perSecond: totals.results / totals.span,
    median: all?.median ?? null,
    p95: all?.p95 ?? null,
    quarters: waits.filter(({ quarter }) => quarter !== null),
    eventsPerCampaign: totals.events / totals.campaigns,
  };
}

/**
 * From each result that was accepted to the first plan of its campaign that knows of it; over all, and by quarters of the budget.
 * A plan that was thought before the result and committed after it is no answer.
 */
const waitsSql = `
  WITH moment AS (
    SELECT campaign_id, seq AS place, at, NULL::timestamptz AS planned
    FROM event WHERE event ->> 'type' = 'attempt.submitted'
    UNION ALL
    SELECT campaign_id, (event -> 'plan' ->> 'basedOnSeq')::bigint, NULL, at
    FROM event WHERE event ->> 'type' = 'plan.committed'
  ), answered AS (
    SELECT at, min(planned) OVER (PARTITION BY campaign_id ORDER BY place
        RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS planned,
      count(at) OVER (PARTITION BY campaign_id ORDER BY place) AS nth
    FROM moment
  ), waited AS (
    SELECT 1 + (4 * (nth - 1) / $1::integer)::integer AS quarter, extract(epoch FROM planned - at)::double precision AS seconds
    FROM answered WHERE at IS NOT NULL AND planned IS NOT NULL
  )
  SELECT quarter,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds) AS p95
  FROM waited GROUP BY GROUPING SETS ((), (quarter)) ORDER BY quarter`;

const totalsSql = `
  SELECT
    count(*) FILTER (WHERE event ->> 'type' = 'attempt.submitted')::integer AS results,
    count(*) FILTER (WHERE event ->> 'type' = 'plan.committed')::integer AS plans,
    count(*)::integer AS events,
    count(DISTINCT campaign_id)::integer AS campaigns,
    extract(epoch FROM max(at) FILTER (WHERE event ->> 'type' = 'attempt.submitted')
      - min(at) FILTER (WHERE event ->> 'type' = 'attempt.submitted'))::double precision AS span
  FROM event`;
