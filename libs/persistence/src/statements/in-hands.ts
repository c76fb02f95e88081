import type { QueryRunner } from 'typeorm';
import { ask } from './prepared.js';

const hold = {
  name: 'hold-station',
  text: 'SELECT FROM station WHERE id = $1 FOR UPDATE',
};

const held = {
  name: 'in-hands',
  text: `
    SELECT id FROM attempt
    WHERE station_id = $1 AND state IN ('leased', 'started', 'suspect')`,
};

/** Two statements: the second sees what the one who held the station before has committed. */
export async function inHands(runner: QueryRunner, stationId: string): Promise<readonly string[]> {
  await ask(runner, { ...hold, values: [stationId] });
  const rows = await ask<{ id: string }>(runner, { ...held, values: [stationId] });
  return rows.map(({ id }) => id);
}
