import type { AnalysisInput, AnalysisOf, FittedModel, PlanRequest, Point, SpaceSpec } from '@ionloop/domain';
import { fromRows, Philox } from '@ionloop/linalg';
import { readSurrogate, type Surrogate, type SurrogateJson } from '@ionloop/surrogates';
import {
  type Advice,
  analysisTasks,
  type Calibration,
  type Dependence,
  type Front,
  type Importances,
  plan,
  type Relations,
  type Slice,
  type WhatIf,
  type WholeKind,
} from '../../src/index.js';
import { measured, plain, request } from '../support.js';

/** Two numbers that models see as they are: the unit square. */
export const square: SpaceSpec = {
  parameters: [
    { kind: 'continuous', name: 'a', min: 0, max: 1 },
    { kind: 'continuous', name: 'b', min: 0, max: 1 },
  ],
};

/** Grows with a, and hardly bends with b. */
export const slope = ({ a, b }: Point): number => 2 * (a as number) - 0.3 * (b as number) ** 2;

const rng = Philox.fromSeed('analysis');
export const scattered: readonly Point[] = Array.from({ length: 14 }, () => ({
  a: rng.uniform(),
  b: rng.uniform(),
}));

/** A campaign of the square whose results are so far those of a slope. */
export const onSquare = (over: Partial<PlanRequest> = {}): PlanRequest => ({
  ...request({ space: square, objective: plain, observations: measured(scattered, slope) }),
  strategy: { name: 'gp-log-ei', initial: 5 },
  ...over,
});

/** The same where less is better: what is measured is the negative. */
export const downhill = (): PlanRequest => ({
  ...onSquare({ observations: measured(scattered, (point) => -slope(point)) }),
  objectives: [{ ...plain, goal: 'minimise' }],
});

/** The experiments have the numbers 101, 102 … */
export const inputOf = (asked: PlanRequest, over: Partial<AnalysisInput> = {}): AnalysisInput => ({
  plan: asked,
  model: null,
  numbers: asked.observations.map((_, i) => 101 + i),
  measured: [],
  budget: 30,
  ...over,
});

interface Answers {
  readonly slice: Slice;
  readonly front: Front;
  readonly importances: Importances;
  readonly dependence: Dependence;
  readonly calibration: Calibration;
  readonly relations: Relations;
  readonly advice: Advice;
  readonly whatIf: WhatIf;
}

/** As a thread is asked, and as the answer comes back from it. */
export const answer = <Q extends AnalysisOf<WholeKind>>(asked: Q, input: AnalysisInput): Answers[Q['kind']] =>
  JSON.parse(JSON.stringify(analysisTasks.analyse({ request: asked, input }))) as Answers[Q['kind']];

/** The model that a campaign keeps of a plan, and the same as its library reads it. */
export function kept(asked: PlanRequest): { readonly model: FittedModel; readonly surrogate: Surrogate } {
  const { model } = plan(asked);
  if (model === null) throw new Error('the plan has no model');
  const { surrogate } = model.body as unknown as { readonly surrogate: SurrogateJson };
  return { model, surrogate: readSurrogate(surrogate) };
}

/** Of points of the square, whose columns need no encoding. */
export const predict = (surrogate: Surrogate, points: readonly (readonly [number, number])[]) => {
  const { mean, variance } = surrogate.predict(fromRows(points));
  return { mean: Array.from(mean), sd: Array.from(variance, Math.sqrt) };
};
