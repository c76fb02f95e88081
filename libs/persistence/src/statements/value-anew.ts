import type { AcceptedResult, Objective } from '@ionloop/domain';
import { valueOfResults } from '@ionloop/engine';

interface Valued {
  readonly id: string;
  readonly results: readonly AcceptedResult[];
}

interface Asks {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

const atOnce = 5000;

/** What the results of a campaign's experiments come to, by another objective than before. */
export async function valueAnew(runner: Asks, campaignId: string, objective: Objective): Promise<void> {
  let last = '';
  for (;;) {
    const page = (await runner.query(
      `SELECT id, results FROM experiment
      WHERE campaign_id = $1 AND id COLLATE "C" > $2 AND json_array_length(results) > 0
      ORDER BY id COLLATE "C" LIMIT ${atOnce}`,
      [campaignId, last],
    )) as readonly Valued[];
    const found = page.map(({ results }) => valueOfResults(results, objective));
    await runner.query(
      `UPDATE experiment SET value = found.value, value_at = found.at
      FROM unnest($1::text[], $2::float8[], $3::timestamptz[]) AS found (id, value, at)
      WHERE found.id = experiment.id`,
      [page.map(({ id }) => id), found.map((one) => one?.value ?? null), found.map((one) => one?.at ?? null)],
    );
    last = page.at(-1)?.id ?? '';
    if (page.length < atOnce) return;
  }
}
