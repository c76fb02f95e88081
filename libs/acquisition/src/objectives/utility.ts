/** Several responses made one by a utility of an outcome (p), and its expected improvement. */
import { matrix, type Matrix } from '@ionloop/linalg';
import { drawsAt, largestOfRows, logMeanGain, smoothing } from '../belief/draws.js';
import type { OutcomesAcquisition, OutcomesContext } from './contract.js';
import { requireModels } from './expectedHypervolumeImprovement.js';

const { max } = Math;

/** Of an outcome (p), the higher the better. */
export type Utility = (outcome: Float64Array) => number;

/**
 * ln of the expected improvement of a utility over its best of the outcomes so far and, in each draw, of what is pending. By draws of the
 * independent responses, joint over the rows, smooth as in `smoothPlus`.
 */
export function utilityImprovement(
  name: string,
  utilityFor: (context: OutcomesContext) => Utility,
  draws = 256,
): OutcomesAcquisition {
  return {
    name,
    scale: 'log',
    score: (models, candidates, context) => {
      const { outcomes, pending = matrix(0, candidates.cols), rng } = context;
      requireModels(models, outcomes);
      if (candidates.rows === 0) return new Float64Array(0);
      const utility = utilityFor(context);
      const drawn = models.map((model, k) =>
        drawsAt(model, candidates, pending, draws, rng.split(`objective ${k}`)),
      );
      const [at, beside] = (['at', 'beside'] as const).map((part) =>
        utilities(
          drawn.map((each) => each[part]),
          utility,
        ),
      ) as [Matrix, Matrix];
      return logMeanGain(at, largestOfRows(beside, bestUtility(outcomes, utility)), smoothing(at));
    },
  };
}

/** The largest utility of the rows of Y (n,p); −∞ for none. */
export function bestUtility(Y: Matrix, utility: Utility): number {
  let best = -Infinity;
  for (let i = 0; i < Y.rows; i++) best = max(best, utility(Y.data.subarray(i * Y.cols, (i + 1) * Y.cols)));
  return best;
}

/** (S,m), of p draws (S,m). */
function utilities(draws: readonly Matrix[], utility: Utility): Matrix {
  const result = matrix(draws[0]!.rows, draws[0]!.cols);
  const outcome = new Float64Array(draws.length);
  for (let i = 0; i < result.data.length; i++) {
    for (let k = 0; k < draws.length; k++) outcome[k] = draws[k]!.data[i]!;
    result.data[i] = utility(outcome);
  }
  return result;
}
