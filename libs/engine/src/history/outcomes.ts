/** What may have become of an experiment of the past. */
export type PastOutcome = 'measured' | 'failed_sample' | 'infeasible';

const words: Readonly<Record<PastOutcome, readonly string[]>> = {
  measured: ['measured', 'ok', 'success', 'successful', 'accepted', 'done'],
  failed_sample: ['failed_sample', 'failed sample', 'failed', 'failure', 'fail', 'broken', 'cracked'],
  infeasible: ['infeasible', 'not feasible', 'impossible', 'cannot be made'],
};
const byWord = new Map(
  Object.entries(words).flatMap(([outcome, all]) =>
    all.map((word) => [word, outcome as PastOutcome] as const),
  ),
);

export const outcomeNamed = (text: string): PastOutcome | null => byWord.get(text.toLowerCase()) ?? null;
