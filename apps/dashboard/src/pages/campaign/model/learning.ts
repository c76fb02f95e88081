import { readDiagnostics } from '../../../api/diagnostics.js';
import type { FittedOnce } from '../../../plots/calibration.js';

interface Kept {
  readonly trainingSize: number;
  readonly diagnostics: unknown;
  readonly createdAt: string;
}

/** The models of a campaign, the oldest first; of several from the same number of results the latest. */
export function learningOf(models: readonly Kept[]): readonly FittedOnce[] {
  const inOrder = [...models].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  const bySize = new Map<number, FittedOnce>();
  for (const { trainingSize: results, diagnostics } of inOrder) {
    const { rmse, coverage95 } = readDiagnostics(diagnostics);
    if (rmse !== null) bySize.set(results, { results, rmse, coverage95 });
  }
  return [...bySize.values()].sort((a, b) => a.results - b.results);
}
