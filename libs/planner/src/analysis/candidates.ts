import { logEi, logPi, ucb } from '@ionloop/acquisition';
import type { AnalysisInput, CandidatesRequest, Point } from '@ionloop/domain';
import { exp } from '@ionloop/linalg';
import { type Feasibility, feasibilityOf } from '../feasibility/feasibility.js';
import { bestMean } from '../models/best-mean.js';
import { spaceOf } from '../request/space.js';
import { type OpenAnalysis, openAnalysis } from './open.js';

const { sqrt } = Math;

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
  private readonly feasibility: Feasibility;
  private readonly best: number;

  constructor(private readonly task: CandidateTask) {
    this.open = openAnalysis(task.input);
    const { space, known, rng, model, response } = this.open;
    this.points =
      space.size === null ? space.sample(task.request.drawn, rng.split('candidates')) : space.enumerate();
    this.feasibility = feasibilityOf(known, space.distance, rng.split('feasibility'));
    this.best = bestMean(model, response.data.X);
  }

  chunk(from: number, to: number): ScoredChunk {
    const { space, model, sign, known } = this.open;
    const points = this.points.slice(from, to);
    if (points.length === 0) return nothing;
    const X = space.encode(points);
    const { mean, variance } = model.predict(X);
    const sd = variance.map(sqrt);
    const logs = this.feasibility.log(X);
    const feasible = Float64Array.from(points, (_, i) => (logs.length === 0 ? 1 : exp(logs[i]!)));
    const score = Float64Array.from(points, (_, i) => this.worth(mean[i]!, sd[i]!, logs[i] ?? 0) + 0);
    return {
      points: points.map((point) => JSON.stringify(point)),
      mean: mean.map((value) => sign * value + 0),
      ...{ sd, score, feasible },
      tried: points.map((point) => known.taken.has(space.key(point))),
    };
  }

  /** Larger is better, whichever way the campaign goes; what may fail counts less where the score says how likely a gain is. */
  private worth(mean: number, sd: number, logFeasible: number): number {
    const { score, beta } = this.task.request;
    switch (score) {
      case 'log-ei':
        return finite(logEi(mean, sd, this.best) + logFeasible);
      case 'pi':
        return exp(logPi(mean, sd, this.best) + logFeasible);
      case 'ucb':
        return ucb(mean, sd, beta);
      case 'mean':
        return mean;
      case 'sd':
        return sd;
      default:
        return score satisfies never;
    }
  }
}

/** A database sorts no −∞ that JSON cannot write. */
const finite = (value: number): number => Math.max(value, -1e300);

const nothing: ScoredChunk = {
  points: [],
  mean: new Float64Array(),
  sd: new Float64Array(),
  score: new Float64Array(),
  feasible: new Float64Array(),
  tried: [],
};
