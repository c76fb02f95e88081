import { Client } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';

export async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

export async function until(condition: () => boolean, withinMs = 100_000): Promise<void> {
  const giveUp = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > giveUp) throw new Error(`still not so after ${withinMs} ms`);
    await pause(20);
  }
}
