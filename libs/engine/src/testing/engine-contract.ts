import { describe } from '@jest/globals';
import type { Planner } from '../index.js';
import { failuresContract } from './loop/failures.js';
import { filesContract } from './loop/files.js';
import { progressContract } from './loop/progress.js';
import { resultsContract } from './loop/results.js';
import type { OpenedEngine } from './opened.js';

/** What the loop promises, whichever store keeps its record. */
export function engineContract(name: string, open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe(`the loop on ${name}`, () => {
    progressContract(open, planner);
    failuresContract(open, planner);
    resultsContract(open, planner);
    filesContract(open, planner);
  });
}
