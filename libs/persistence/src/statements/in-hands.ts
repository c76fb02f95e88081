import type { QueryRunner } from 'typeorm';
import { ask } from './prepared.js';

const hold = {
  name: 'hold-station',
  text: 'SELECT FROM station WHERE id = $1 FOR UPDATE',
};

const count = {
  name: 'in-hands',
  text: `
    SELECT count(*)::integer AS held FROM attempt
    WHERE station_id = $1 AND state IN ('leased', 'started', 'suspect')`,
};

/** Two statements: the second sees what the one who held the station before has committed. */
export async function inHands(runner: QueryRunner, stationId: string): Promise<number> {
  await ask(runner, { ...hold, values: [stationId] });
  const [row] = await ask<{ held: number }>(runner, { ...count, values: [stationId] });
  return row?.held ?? 0;
}
