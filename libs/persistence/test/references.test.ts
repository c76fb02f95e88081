import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StoreStory } from '@ionloop/engine/testing';
import type { Client } from 'pg';
import { newDataSource } from '../src/data-source.js';
import { migrate } from '../src/migrate.js';
import { copyIn } from '../src/statements/copy-rows.js';
import { withAdmin } from './support/admin.js';
import { migratedDatabase, type Opened } from './support/database.js';

/** What experiments and measurements refer to: column by column, to which table, and the name of the refusal. */
const references = [
  ['experiment', 'campaign_id', 'campaign', 'experiment_campaign_fkey'],
  ['experiment', 'plan_id', 'plan', 'experiment_plan_fkey'],
  ['experiment', 'replicate_of', 'experiment', 'experiment_replicate_fkey'],
  ['measurement', 'campaign_id', 'campaign', 'measurement_campaign_fkey'],
  ['measurement', 'experiment_id', 'experiment', 'measurement_experiment_fkey'],
  ['measurement', 'attempt_id', 'attempt', 'measurement_attempt_fkey'],
  ['measurement', 'supersedes', 'measurement', 'measurement_supersedes_fkey'],
] as const;

/** New rows like one that is there, each with what is changed in it. */
const like = (table: string): string => `
  INSERT INTO ${table}
  SELECT (json_populate_record(one, change)).*
  FROM ${table} AS one, json_array_elements($2) AS change
  WHERE one.id = (SELECT id FROM ${table} WHERE campaign_id = $1 ORDER BY id LIMIT 1)`;

it('a database from before keeps its rows, and the way back is open', async () => {
  const opened = await migratedDatabase();
  const dataSource = await newDataSource({ url: opened.url, poolSize: 1 }).initialize();
  try {
    const id = await new StoreStory(opened.persistence.store).everything();
    const kept = async (): Promise<unknown> => [
      await dataSource.query('SELECT * FROM experiment ORDER BY id'),
      await dataSource.query('SELECT * FROM measurement ORDER BY id'),
    ];
    const stranger = (): Promise<unknown> =>
      dataSource.query(like('measurement'), [
        id,
        JSON.stringify([{ id: 'new', experiment_id: 'nobody', supersedes: null }]),
      ]);
    const before = await kept();
    await dataSource.undoLastMigration();
    const refused = { driverError: { constraint: 'measurement_experiment_fkey' } };
    await expect(stranger()).rejects.toMatchObject(refused);
    expect(await migrate(dataSource)).toEqual(['References0000000000019']);
    await expect(stranger()).rejects.toMatchObject(refused);
    expect(await kept()).toEqual(before);
  } finally {
    await dataSource.destroy();
    await opened.close();
  }
});

describe('what experiments and measurements refer to', () => {
  let opened: Opened;
  let campaignId: string;

  beforeAll(async () => {
    opened = await migratedDatabase();
    campaignId = await new StoreStory(opened.persistence.store).everything();
  });
  afterAll(() => opened.close());

  const run = <T = unknown>(sql: string, values: unknown[] = []): Promise<readonly T[]> =>
    withAdmin(opened.url, async (client) => (await client.query(sql, values)).rows as T[]);
  const insert = (client: Client, table: string, rows: readonly object[]): Promise<unknown> =>
    client.query(like(table), [campaignId, JSON.stringify(rows)]);
  const rolledBack = (client: Client, work: () => Promise<void>): Promise<void> =>
    client
      .query('BEGIN')
      .then(work)
      .finally(() => client.query('ROLLBACK'));
  let drawn = 0;
  const fresh = (): { id: string; number: number } => {
    drawn += 1;
    return { id: `new-${drawn}`, number: 100_000 + drawn };
  };

  it.each(references)(
    'a new %s whose %s names no %s is refused, among good ones too',
    async (...reference) => {
      const [table, column, , constraint] = reference;
      await withAdmin(opened.url, async (client) => {
        const stranger = { ...fresh(), supersedes: null, [column]: 'nobody' };
        const good = { ...fresh(), supersedes: null };
        const refused = { code: '23503', constraint };
        await expect(insert(client, table, [stranger])).rejects.toMatchObject(refused);
        await expect(insert(client, table, [good, stranger])).rejects.toMatchObject(refused);
        await rolledBack(client, () => insert(client, table, [good]).then(() => undefined));
      });
    },
  );

  it.each(references)('a new %s whose %s names a %s is taken', async (...reference) => {
    const [table, column, to] = reference;
    await withAdmin(opened.url, (client) =>
      rolledBack(client, async () => {
        const { rows } = await client.query<{ id: string }>(
          `SELECT id FROM ${to} WHERE id NOT IN (SELECT supersedes FROM measurement WHERE supersedes IS NOT NULL) LIMIT 1`,
        );
        expect(rows).toHaveLength(1);
        await insert(client, table, [{ ...fresh(), supersedes: null, [column]: rows[0]?.id }]);
      }),
    );
  });

  it('rows of one statement may refer to each other', async () => {
    await withAdmin(opened.url, (client) =>
      rolledBack(client, async () => {
        const [first, second] = [fresh(), fresh()];
        await insert(client, 'experiment', [{ ...second, replicate_of: first.id }, first]);
      }),
    );
  });

  it('copied rows are looked through as well', async () => {
    await withAdmin(opened.url, (client) =>
      rolledBack(client, async () => {
        const copy =
          'COPY measurement (id, campaign_id, experiment_id, property, value, unit, conditions, raw, flags, status, created_at) FROM STDIN';
        const { rows } = await client.query<{ id: string }>('SELECT id FROM experiment LIMIT 1');
        const line = (id: string, experimentId: string): string =>
          `${[id, campaignId, experimentId, 'p', 1, 'S/cm', '{}', '{}', '{}', 'accepted', '2026-01-01'].join('\t')}\n`;
        const known = rows[0]?.id ?? '';
        await copyIn(client, { copy, text: line('copied-1', known) });
        const text = `${line('copied-2', known)}${line('copied-3', 'nobody')}`;
        await expect(copyIn(client, { copy, text })).rejects.toMatchObject({
          constraint: 'measurement_experiment_fkey',
        });
      }),
    );
  });

  it('what another transaction has not committed is not there', async () => {
    await withAdmin(opened.url, async (writing) => {
      const experiment = fresh();
      await rolledBack(writing, async () => {
        await insert(writing, 'experiment', [experiment]);
        await withAdmin(opened.url, async (other) => {
          const rows = [{ ...fresh(), experiment_id: experiment.id, supersedes: null }];
          await expect(insert(other, 'measurement', rows)).rejects.toMatchObject({
            constraint: 'measurement_experiment_fkey',
          });
        });
      });
    });
  });

  it.each(['campaign', 'plan', 'experiment', 'attempt', 'measurement'])(
    'no %s goes, whoever refers to it and whoever is just about to',
    async (table) => {
      await withAdmin(opened.url, (writing) =>
        rolledBack(writing, async () => {
          await insert(writing, 'measurement', [{ ...fresh(), supersedes: null }]);
          await expect(run(`DELETE FROM ${table}`)).rejects.toThrow(/append-only/);
        }),
      );
      await expect(run(`TRUNCATE ${table} CASCADE`)).rejects.toThrow(/append-only/);
      expect(await run(`SELECT 1 FROM ${table} LIMIT 1`)).toHaveLength(1);
    },
  );

  it.each(['campaign', 'plan', 'experiment', 'attempt', 'measurement'])(
    'the id of a %s stays as it is',
    async (table) => {
      await expect(run(`UPDATE ${table} SET id = id || '-other'`)).rejects.toMatchObject({ code: '23001' });
    },
  );

  it.each(['campaign_id', 'plan_id', 'replicate_of'])(
    'an experiment refers to nothing else by its %s afterwards',
    async (column) => {
      const { rowCount } = await withAdmin(opened.url, (client) =>
        client.query('UPDATE experiment SET rank = rank, campaign_id = campaign_id, plan_id = plan_id'),
      );
      expect(rowCount).toBeGreaterThan(0);
      await expect(run(`UPDATE experiment SET ${column} = 'nobody'`)).rejects.toMatchObject({
        code: '23001',
      });
      const upsert = `INSERT INTO experiment SELECT * FROM experiment ON CONFLICT (id) DO UPDATE SET ${column} = 'nobody'`;
      await expect(run(upsert)).rejects.toMatchObject({ code: '23001' });
    },
  );

  it('an experiment may be no replicate any more', async () => {
    await withAdmin(opened.url, (client) =>
      rolledBack(client, async () => {
        const again = fresh();
        const { rows } = await client.query<{ id: string }>('SELECT id FROM experiment LIMIT 1');
        await insert(client, 'experiment', [{ ...again, replicate_of: rows[0]?.id }]);
        const { rowCount } = await client.query('UPDATE experiment SET replicate_of = NULL WHERE id = $1', [
          again.id,
        ]);
        expect(rowCount).toBe(1);
      }),
    );
  });

  it('ids are looked up by an index, even where nothing is known of how many rows there are', async () => {
    const notices: string[] = [];
    await withAdmin(opened.url, (client) =>
      rolledBack(client, async () => {
        client.on('notice', ({ message }) => notices.push(message ?? ''));
        await client.query(`LOAD 'auto_explain'`);
        await client.query(`
          SET LOCAL auto_explain.log_min_duration = 0; SET LOCAL auto_explain.log_nested_statements = on;
          SET LOCAL auto_explain.log_level = notice`);
        await insert(client, 'measurement', [{ ...fresh(), supersedes: null }]);
      }),
    );
    const plans = notices.filter((plan) => /FROM added/.test(plan));
    expect(plans).toHaveLength(4);
    for (const plan of plans) {
      expect(plan).toMatch(/Index (Only )?Scan using \w+_pkey/);
      expect(plan).not.toMatch(/Seq Scan/);
    }
  });
});
