import type { Json } from '@ionloop/domain';
import { type EntityManager, type EntitySchema, IsNull } from 'typeorm';
import type { AnalysisRow } from './rows/analysis.js';
import type { ScreenRow } from './rows/screen.js';

export type Ending = 'completed' | 'failed' | 'cancelled';
export interface Outcome {
  readonly result?: Json;
  readonly error?: string;
}

/** Writes how a long work ended; false where it had ended before. */
export async function ended(
  manager: EntityManager,
  row: EntitySchema<AnalysisRow> | EntitySchema<ScreenRow>,
  id: string,
  status: Ending,
  { result, error }: Outcome,
): Promise<boolean> {
  const { affected } = await manager.update<AnalysisRow | ScreenRow>(
    row,
    { id, endedAt: IsNull() },
    {
      status,
      error: error ?? null,
      ...(result !== undefined && { result: result as object }),
      endedAt: () => 'clock_timestamp()',
    },
  );
  return affected === 1;
}
