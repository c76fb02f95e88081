import type { ScreenTally, StageCount } from '@ionloop/domain';
import { topK } from '@ionloop/linalg';
import { openStream } from '@ionloop/space';
import type { ScreenedCandidate, ScreenPlan } from './spec.js';
import { Teacher } from './teacher.js';

const { sqrt } = Math;

export interface FinishedScreen {
  readonly stages: readonly StageCount[];
  readonly best: readonly ScreenedCandidate[];
}

/** Looks once more at what the chunks kept: the teacher has the last word, and each candidate gets its point. */
export function finishScreen(plan: ScreenPlan, { stages, best }: ScreenTally): FinishedScreen {
  const teacher = new Teacher(plan, openStream(plan.settings.space));
  // By their numbers, so that among equal scores the lower number wins.
  const indices = best.map(({ index }) => BigInt(index)).sort((a, b) => (a < b ? -1 : 1));
  const points = indices.map((index) => teacher.stream.pointAt(index));
  const X = teacher.stream.encode(points);
  const prediction = teacher.predict(X);
  const scores = teacher.score(X, prediction);
  const chosen = [...topK(scores, Math.min(plan.settings.top, scores.length)).indices];
  return {
    stages: finalStages(stages, plan, indices.length, chosen.length),
    best: chosen.map((i) => ({
      index: String(indices[i]!),
      point: points[i]!,
      score: scores[i]! + 0,
      mean: plan.sign * prediction.mean[i]! + 0,
      sd: sqrt(prediction.variance[i]!),
    })),
  };
}

function finalStages(
  stages: readonly StageCount[],
  { student }: ScreenPlan,
  kept: number,
  chosen: number,
): readonly StageCount[] {
  const before = stages.slice(0, -1);
  const last = stages.slice(-1).map((stage) => ({ ...stage, passed: kept }));
  return student === null
    ? [...before, ...last]
    : [...before, ...last, { name: 'teacher', came: kept, passed: chosen }];
}
