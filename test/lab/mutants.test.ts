import { expect, it } from '@jest/globals';
import { tell } from './campaign-of-runs.js';
import { mutants } from './mutants.js';

/** As many stories as the sound program is told: a missing guard that they do not find would be found by nobody. */
const budget = { runs: 1000, episodes: 6, shrink: false };

it.each(mutants)(
  'without $without the stories find a fault',
  async ({ verbs, found }) => {
    const { verdict, complaint } = await tell(verbs, { seed: 7, ...budget });
    expect(complaint).toMatch(found);
    expect(verdict.numRuns).toBeLessThanOrEqual(budget.runs);
  },
  300_000,
);
