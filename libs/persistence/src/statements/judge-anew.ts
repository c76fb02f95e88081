import type { AcceptedResult, Campaign } from '@ionloop/domain';
import { standingOf } from '@ionloop/engine';

interface Judged {
  readonly id: string;
  readonly results: readonly AcceptedResult[];
}

interface Asks {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

const atOnce = 5000;

/** What the results of a campaign's experiments come to, by other goals or limits than before. */
export async function judgeAnew(
  runner: Asks,
  campaignId: string,
  campaign: Pick<Campaign, 'objectives' | 'limits'>,
): Promise<void> {
  let last = '';
  for (;;) {
    const page = (await runner.query(
      `SELECT id, results FROM experiment
      WHERE campaign_id = $1 AND id COLLATE "C" > $2 AND json_array_length(results) > 0
      ORDER BY id COLLATE "C" LIMIT ${atOnce}`,
      [campaignId, last],
    )) as readonly Judged[];
    const found = page.map(({ results }) => standingOf(results, campaign));
    await runner.query(
      `UPDATE experiment SET value = found.value, value_at = found.at, merit = found.merit
      FROM unnest($1::text[], $2::float8[], $3::timestamptz[], $4::float8[]) AS found (id, value, at, merit)
      WHERE found.id = experiment.id`,
      [
        page.map(({ id }) => id),
        found.map((one) => one?.value ?? null),
        found.map((one) => one?.at ?? null),
        found.map((one) => one?.merit ?? null),
      ],
    );
    last = page.at(-1)?.id ?? '';
    if (page.length < atOnce) return;
  }
}
