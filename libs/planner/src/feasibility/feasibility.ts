import { log, matrix, type Matrix, type Philox } from '@ionloop/linalg';
import type { Distance } from '@ionloop/space';
import { gaussianProcessClassifier } from '@ionloop/surrogates';
import type { Knowledge } from '../knowledge/knowledge.js';
import { hopeless as hopelessByVote, logFeasibility } from './vote.js';

/** What failures teach. */
export interface Feasibility {
  /** ln P(feasible) of each row; empty where nothing has failed. */
  log(candidates: Matrix): Float64Array;
  /** Below this a candidate waits until nothing else is left. */
  readonly hopeless: number;
}

/** From so many failures on, beside as many points that worked, a classifier sees more than a vote. */
const fewestForClassifier = 4;
/** ln ¾: a rule that has been learned is kept. */
const hopelessByClassifier = -0.2876820724517809;

export function feasibilityOf(
  { X, failed }: Pick<Knowledge, 'X' | 'failed'>,
  distance: Distance,
  rng: Philox,
): Feasibility {
  if (failed.rows < fewestForClassifier || X.rows < fewestForClassifier) {
    return { hopeless: hopelessByVote, log: (candidates) => logFeasibility(candidates, X, failed, distance) };
  }
  const both = matrix(X.rows + failed.rows, X.cols);
  both.data.set(X.data);
  both.data.set(failed.data, X.data.length);
  const labels = Uint8Array.from({ length: both.rows }, (_, i) => (i < X.rows ? 1 : 0));
  const classifier = gaussianProcessClassifier().fit({ X: both, labels }, rng);
  return {
    hopeless: hopelessByClassifier,
    log: (candidates) => classifier.probability(candidates).map((p) => log(Math.max(p, 1e-300))),
  };
}
