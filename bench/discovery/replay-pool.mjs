import { readPool } from '../../apps/cli/dist/replay/pool.js';
import { observed } from './pools.mjs';

/** The pool as a seed sees it; a noisy answer is what that seed sees of the row, whoever asks. */
export function replayPool(pool, seed) {
  const { inputs, target, transform, formula, amounts, categories, logarithms, cells } = pool;
  const values = observed(pool, seed);
  const table = {
    file: pool.name,
    columns: [...inputs, target],
    rows: cells.map((row, i) => ({ line: i + 2, cells: [...row, String(values[i])] })),
  };
  const apart = new Set([formula, ...amounts, ...categories]);
  return readPool(table, {
    ...{ target, transform, formula, categories, replicates: 'each' },
    inputs: inputs.filter((input) => !apart.has(input)),
    composition: amounts,
    logInputs: logarithms,
  });
}
