import { logEi } from '@ionloop/acquisition';
import { exp, type Matrix } from '@ionloop/linalg';
import { type Distance, distanceBy, openSpace, type Stream } from '@ionloop/space';
import { readSurrogate, type Prediction, type Surrogate } from '@ionloop/surrogates';
import { logFeasibility } from '../feasibility/vote.js';
import type { ScreenPlan } from './spec.js';

const { sqrt } = Math;

/** The expensive judge: a model of the response, and what is made of its mean and spread. */
export class Teacher {
  private readonly model: Surrogate;
  private readonly worked: Matrix;
  private readonly failed: Matrix;
  private readonly distance: Distance;

  constructor(
    private readonly plan: Omit<ScreenPlan, 'student'>,
    readonly stream: Stream,
  ) {
    this.model = readSurrogate(plan.model);
    const { space } = plan.settings;
    this.distance =
      'template' in space ? distanceBy([]) : openSpace({ parameters: space.parameters }).distance;
    this.worked = stream.encode(plan.worked);
    this.failed = stream.encode(plan.failed);
  }

  predict(X: Matrix): Prediction {
    return this.model.predict(X);
  }

  /** What a row is worth depends on the row alone, so that no division of the stream changes it. */
  score(X: Matrix, { mean, variance }: Prediction = this.predict(X)): Float64Array {
    const { settings, best, floor } = this.plan;
    const scores = new Float64Array(X.rows);
    const feasible = logFeasibility(X, this.worked, this.failed, this.distance);
    for (let i = 0; i < X.rows; i++) {
      const mu = mean[i]!;
      const logFeasible = feasible[i] ?? 0;
      if (settings.acquisition === 'log-ei') {
        scores[i] = logEi(mu, sqrt(variance[i]!), best) + logFeasible;
        continue;
      }
      const plain = settings.acquisition === 'mean' ? mu : mu + settings.beta * sqrt(variance[i]!);
      scores[i] = logFeasible < 0 && plain > floor ? floor + (plain - floor) * exp(logFeasible) : plain;
    }
    return scores;
  }
}
