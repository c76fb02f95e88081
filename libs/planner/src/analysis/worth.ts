import { logEi, logPi, ucb } from '@ionloop/acquisition';
import type { Worth } from '@ionloop/domain';
import { exp, type Matrix } from '@ionloop/linalg';
import { type Feasibility, feasibilityOf } from '../feasibility/feasibility.js';
import { bestMean } from '../models/best-mean.js';
import type { OpenAnalysis } from './open.js';

const { sqrt } = Math;

/** What is believed of places, on the models' scale as the model was fitted: larger is better. */
export interface Weighed {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
  readonly score: Float64Array;
  /** The probability that it can be made. */
  readonly feasible: Float64Array;
}

/** Weighs places by one score: what is opened once serves any number of them. */
export class Scale {
  private readonly feasibility: Feasibility;
  private readonly best: number;

  constructor(
    private readonly open: OpenAnalysis,
    private readonly worth: Worth,
  ) {
    const { space, known, rng, model, response } = open;
    this.feasibility = feasibilityOf(known, space.distance, rng.split('feasibility'));
    this.best = bestMean(model, response.data.X);
  }

  of(X: Matrix): Weighed {
    const { mean, variance } = this.open.model.predict(X);
    const sd = variance.map(sqrt);
    const logs = this.feasibility.log(X);
    return {
      ...{ mean, sd },
      score: mean.map((value, i) => this.scoreOf(value, sd[i]!, logs[i] ?? 0) + 0),
      feasible: mean.map((_, i) => (logs.length === 0 ? 1 : exp(logs[i]!))),
    };
  }

  /** Larger is better, whichever way the campaign goes; what may fail counts less where the score says how likely a gain is. */
  private scoreOf(mean: number, sd: number, logFeasible: number): number {
    const { score, beta } = this.worth;
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
