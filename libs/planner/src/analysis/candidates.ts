import type { AnalysisInput, CandidatesRequest, Point } from '@ionloop/domain';
import { spaceOf } from '../request/space.js';
import { type OpenAnalysis, openAnalysis } from './open.js';
import { Scale } from './worth.js';

/** What all chunks of a list of candidates need. */
export interface CandidateTask {
  readonly input: AnalysisInput;
  readonly request: CandidatesRequest;
}

/** Candidates from `from` on, column by column, on the models' scale in the property's own direction. */
export interface ScoredChunk {
  /** Each point as JSON. */
  readonly points: readonly string[];
  readonly mean: Float64Array;
  readonly sd: Float64Array;
  readonly score: Float64Array;
  readonly feasible: Float64Array;
  readonly tried: readonly boolean[];
}

/** How many candidates there are, and whether that is all of the space. */
export function countCandidates({ input, request }: CandidateTask): {
  readonly count: number;
  readonly whole: boolean;
} {
  const { size } = spaceOf(input.plan.space);
  return size === null ? { count: request.drawn, whole: false } : { count: size, whole: true };
}

/** A list of candidates at work: what is opened and drawn once serves every chunk. */
export class CandidateList {
  private readonly open: OpenAnalysis;
  private readonly points: readonly Point[];
  private readonly scale: Scale;

  constructor(task: CandidateTask) {
    this.open = openAnalysis(task.input);
    const { space, rng } = this.open;
    this.points =
      space.size === null ? space.sample(task.request.drawn, rng.split('candidates')) : space.enumerate();
    this.scale = new Scale(this.open, task.request);
  }

  chunk(from: number, to: number): ScoredChunk {
    const { space, sign, known } = this.open;
    const points = this.points.slice(from, to);
    if (points.length === 0) return nothing;
    const { mean, ...rest } = this.scale.of(space.encode(points));
    return {
      points: points.map((point) => JSON.stringify(point)),
      mean: mean.map((value) => sign * value + 0),
      ...rest,
      tried: points.map((point) => known.taken.has(space.key(point))),
    };
  }
}

const nothing: ScoredChunk = {
  points: [],
  mean: new Float64Array(),
  sd: new Float64Array(),
  score: new Float64Array(),
  feasible: new Float64Array(),
  tried: [],
};
