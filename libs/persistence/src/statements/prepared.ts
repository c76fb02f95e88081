import type { PoolClient } from 'pg';
import { type QueryRunner, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { type CopiedRows, copyIn } from './copy-rows.js';

/** By its name the server knows it again: it is parsed and planned once a connection. Without one it is asked as it is. */
export interface PreparedStatement {
  readonly name: string | undefined;
  readonly text: string;
}

export interface PreparedQuery extends PreparedStatement {
  readonly values: readonly unknown[];
}

/** On the runner's connection, past its own `query`, which cannot give a statement a name. */
export async function ask<R>(runner: QueryRunner, query: PreparedQuery): Promise<readonly R[]> {
  const client = await clientOf(runner);
  const { rows } = await client.query({ ...query, values: [...query.values] });
  return rows as R[];
}

/** Sends them one behind the other without waiting in between; the first that fails is the one that is told. */
export async function askAll(
  runner: QueryRunner,
  queries: readonly (PreparedQuery | CopiedRows)[],
): Promise<readonly (readonly unknown[])[]> {
  const client = await clientOf(runner);
  const sent = queries.map((query) =>
    'copy' in query ? copyIn(client, query) : client.query({ ...query, values: [...query.values] }),
  );
  const answers = await Promise.allSettled(sent);
  return answers.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value.rows as unknown[];
  });
}

export async function tellAll(
  runner: QueryRunner,
  queries: readonly (PreparedQuery | CopiedRows)[],
): Promise<void> {
  await askAll(runner, queries);
}

function clientOf(runner: QueryRunner): Promise<PoolClient> {
  if (runner.isReleased) throw new QueryRunnerAlreadyReleasedError();
  return runner.connect() as Promise<PoolClient>;
}
