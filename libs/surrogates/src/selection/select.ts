/** Choosing among candidates by how well they predict rows that they have not seen. */
import { InvalidArgumentError, type Philox } from '@ionloop/linalg';
import type { TrainingData } from '../contract.js';
import { rowsOf } from '../ignoredRows.js';
import type { Candidate } from './candidates.js';
import { acrossFolds, crossValidate, type CrossValidation, type LeftOutReport } from './crossValidate.js';
import type { Fold, Splitting, SplitRows } from './folds.js';

/** Of these, r2 and spearman are better the larger, the others the smaller. */
export const scoreNames = ['nlpd', 'crps', 'rmse', 'mae', 'r2', 'spearman'] as const;
export type ScoreName = (typeof scoreNames)[number];

export interface Score {
  readonly name: string;
  readonly report: LeftOutReport;
}

export interface Selection {
  readonly chosen: Candidate;
  /** Of all candidates, best first. */
  readonly scores: readonly Score[];
}

/** All candidates are held against the same folds and draw from the same streams: their order makes no difference. */
export function selectBest(
  candidates: readonly Candidate[],
  data: TrainingData,
  folds: readonly Fold[],
  score: ScoreName,
  rng: Philox,
): Selection {
  requireCandidates(candidates);
  const scored = candidates.map((candidate) => {
    const { metrics, spearman } = crossValidate(candidate.factory, data, folds, rng.split('candidates'));
    return { candidate, report: { metrics, spearman } };
  });
  scored.sort(
    (a, b) =>
      lossOf(a.report, score) - lossOf(b.report, score) || (a.candidate.name < b.candidate.name ? -1 : 1),
  );
  return {
    chosen: scored[0]!.candidate,
    scores: scored.map(({ candidate, report }) => ({ name: candidate.name, report })),
  };
}

function lossOf({ metrics, spearman }: LeftOutReport, score: ScoreName): number {
  switch (score) {
    case 'r2':
      return -metrics.r2;
    case 'spearman':
      return -spearman;
    default:
      return metrics[score];
  }
}

function requireCandidates(candidates: readonly Candidate[]): void {
  if (candidates.length === 0) throw new InvalidArgumentError('candidates', 'must not be empty');
  const names = candidates.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new InvalidArgumentError('candidates', `must have different names; "${twice}" comes twice`);
}

export interface NestedOptions {
  readonly candidates: readonly Candidate[];
  /** Estimates: what these folds predict has had no part in choosing. */
  readonly outer: Splitting;
  /** Chooses, among the rows that an outer fold fits. */
  readonly inner: Splitting;
  /** `nlpd` where it is left out. */
  readonly score?: ScoreName;
  /** (n) For splittings that keep groups together. */
  readonly groups?: ArrayLike<number | string>;
}

export interface NestedCrossValidation extends CrossValidation {
  /** What each outer fold that predicts a row chose. */
  readonly chosen: readonly string[];
}

/** How good the way of choosing is: in each outer fold the best candidate of the inner folds is fitted on all the rows that may be seen. */
export function nestedCrossValidate(
  data: TrainingData,
  { candidates, outer, inner, score = 'nlpd', groups }: NestedOptions,
  rng: Philox,
): NestedCrossValidation {
  requireCandidates(candidates);
  const folds = outer(splitRowsOf(data, groups), rng.split('outer'));
  const chosen: string[] = [];
  const validation = acrossFolds(data, folds, rng, (train, stream) => {
    const own = rowsOf(data, train);
    const ownGroups = groups && train.map((i) => groups[i]!);
    const innerFolds = inner(splitRowsOf(own, ownGroups), stream.split('inner'));
    const { name, factory } = selectBest(candidates, own, innerFolds, score, stream.split('select')).chosen;
    chosen.push(name);
    return { model: factory.fit(own, stream.split('fit')), factory };
  });
  return { ...validation, chosen };
}

export function splitRowsOf({ y }: TrainingData, groups?: ArrayLike<number | string>): SplitRows {
  return groups === undefined ? { y } : { y, groups };
}
