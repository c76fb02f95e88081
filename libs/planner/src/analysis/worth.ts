import { type Interval, logEi, logPi, logTargetEi, logWindow, ucb } from '@ionloop/acquisition';
import type { Worth } from '@ionloop/domain';
import { exp, type Matrix } from '@ionloop/linalg';
import { meansOf } from '@ionloop/surrogates';
import { type Feasibility, feasibilityOf } from '../feasibility/feasibility.js';
import { bestMean } from '../models/best-mean.js';
import { meritOf } from '../knowledge/merit.js';
import type { OpenAnalysis } from './open.js';

const { max, sqrt } = Math;

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
  /** Of what is expected of the results; of a window how little the nearest lies outside. */
  private readonly best: number;

  constructor(
    private readonly open: OpenAnalysis,
    private readonly worth: Worth,
  ) {
    const { space, known, rng, model, response } = open;
    this.feasibility = feasibilityOf(known, space.distance, rng.split('feasibility'));
    const { data, window } = response;
    this.best =
      window === null
        ? bestMean(model, data.X)
        : meansOf(model, data.X).reduce((best, mean) => max(best, meritOf(mean, window)), -Infinity);
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
    const { window } = this.open.response;
    switch (score) {
      case 'log-ei':
        return finite(this.logGain(mean, sd, window) + logFeasible);
      case 'pi':
        return exp(
          (window === null ? logPi(mean, sd, this.best) : logWindow(mean, sd, window)) + logFeasible,
        );
      case 'ucb':
        // No nearer than inside.
        return window === null ? ucb(mean, sd, beta) : Math.min(0, meritOf(mean, window) + beta * sd);
      case 'mean':
        return meritOf(mean, window);
      case 'sd':
        return sd;
      default:
        return score satisfies never;
    }
  }

  /** Of a window the improvement towards it, and once there is a result inside the probability to lie there, as its strategy has it. */
  private logGain(mean: number, sd: number, window: Interval | null): number {
    if (window === null) return logEi(mean, sd, this.best);
    return this.best < 0 ? logTargetEi(mean, sd, window, -this.best) : logWindow(mean, sd, window);
  }
}

/** A database sorts no −∞ that JSON cannot write. */
const finite = (value: number): number => max(value, -1e300);
