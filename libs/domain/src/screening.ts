/** What a screen gives back, as plain data: what a chunk of it found, and what all of it found. */

/** How many candidates came to a stage of the funnel, and how many it let through. */
export interface StageCount {
  readonly name: string;
  readonly came: number;
  readonly passed: number;
}

/** A candidate by its number in the stream, which may pass 2⁵³ and is therefore written out. */
export interface ScoredIndex {
  readonly index: string;
  readonly score: number;
}

/** Of the candidates from one number up to, not including, another. The same chunk has the same result to the bit. */
export interface ChunkResult {
  readonly from: string;
  readonly to: string;
  readonly stages: readonly StageCount[];
  /** The largest scores first; of equal ones the lower number. */
  readonly best: readonly ScoredIndex[];
}

/** What has been found in all chunks so far, however they were divided. */
export interface ScreenTally {
  readonly stages: readonly StageCount[];
  readonly best: readonly ScoredIndex[];
}

export const emptyTally: ScreenTally = { stages: [], best: [] };

/** Adds what was found elsewhere: in any order and division the sum is the same. Keeps the `most` best. */
export function addTally(a: ScreenTally, b: ScreenTally, most: number): ScreenTally {
  return { stages: addedStages(a.stages, b.stages), best: mergedBest(a.best, b.best, most) };
}

function addedStages(a: readonly StageCount[], b: readonly StageCount[]): readonly StageCount[] {
  if (a.length === 0) return b;
  return a.map((stage, i) => ({
    name: stage.name,
    came: stage.came + (b[i]?.came ?? 0),
    passed: stage.passed + (b[i]?.passed ?? 0),
  }));
}

function mergedBest(
  a: readonly ScoredIndex[],
  b: readonly ScoredIndex[],
  most: number,
): readonly ScoredIndex[] {
  const merged: ScoredIndex[] = [];
  let [i, j] = [0, 0];
  while (merged.length < most) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && (right === undefined || comesFirst(left, right))) {
      merged.push(left);
      i += 1;
    } else if (right !== undefined) {
      merged.push(right);
      j += 1;
    } else break;
  }
  return merged;
}

/** Larger scores first; among equal ones the lower number. */
export function comesFirst(a: ScoredIndex, b: ScoredIndex): boolean {
  if (a.score !== b.score) return a.score > b.score;
  // Numbers without leading zeros: the shorter is the smaller.
  return a.index.length !== b.index.length ? a.index.length < b.index.length : a.index < b.index;
}
