import type { PlanRequest, Point } from '@ionloop/domain';
import { calibrationGate, type LeftOut, type Metrics, spearman } from '@ionloop/surrogates';
import { residualOutliers } from '@ionloop/surrogates/analysis';
import { openBelieved } from './believed.js';

export interface Diagnosis {
  readonly trust: 'yes' | 'with care' | 'no';
  /** Why, in a sentence. */
  readonly verdict: string;
  /** What speaks against the model; empty where nothing does. */
  readonly faults: readonly string[];
  /** Of left-out predictions on the models' scale: errors, density and how many results the intervals hold. */
  readonly metrics: Metrics;
  /** Of left-out predictions with results. */
  readonly rankCorrelation: number;
  /** Rank correlation of left-out errors with the order of the results: far from 0 where the laboratory drifts. */
  readonly drift: number;
  /** Whether that is more than chance would have it once in a hundred times. */
  readonly drifts: boolean;
  /** Results far from what the model says without them, the farthest first. */
  readonly outliers: readonly Outlier[];
}

export interface Outlier {
  /** Which of the request's observations. */
  readonly observation: number;
  readonly point: Point;
  /** By median and MAD of the left-out errors in units of their own spread; above 0 where it is larger than predicted. */
  readonly robustZ: number;
}

const fewestRows = 5;
const wellExplained = 0.5;
/** Two-sided, of a normal. */
const onceInAHundred = 2.576;
/** In the model's own spreads: what lies nearer is nothing to speak of, however exact the others are. */
const farOff = 2;

/** Whether the model of a request can be trusted, by what it says of results that it has not seen; null of fewer than five results. */
export function diagnose(request: PlanRequest): Diagnosis | null {
  const { model, response, observations } = openBelieved(request, true);
  const { data, points } = response;
  const n = data.y.length;
  if (model === null || n < fewestRows) return null;
  const leftOut = firstRows(model.diagnostics().leftOut, n);
  const { passed, reasons, metrics: found } = calibrationGate(leftOut);
  const { spearman: rankCorrelation, ...metrics } = found;
  const { studentised, residual, robust } = residualOutliers(leftOut);
  const drift = spearman(residual, Array.from(residual.keys()));
  const drifts = Math.abs(drift) * Math.sqrt(n - 1) > onceInAHundred;
  const outliers = robust.outliers
    .filter((row) => Math.abs(studentised[row]!) > farOff)
    .map((row) => ({
      observation: observations[row]!,
      point: points[row]!,
      robustZ: response.sign * robust.z[row]!,
    }));
  const faults = [
    ...(metrics.r2 < wellExplained
      ? [
          `it explains ${Math.max(0, Math.round(100 * metrics.r2))} % of the differences of results that it has not seen`,
        ]
      : []),
    ...(passed ? [] : reasons),
    ...(drifts ? [`its errors go with time: rank correlation ${drift.toFixed(2)}`] : []),
    ...(outliers.length === 0
      ? []
      : [
          `${outliers.length === 1 ? 'one result lies' : `${outliers.length} results lie`} far from what the others say`,
        ]),
  ];
  const trust = metrics.r2 <= 0 || rankCorrelation <= 0 ? 'no' : faults.length === 0 ? 'yes' : 'with care';
  return {
    trust,
    verdict: verdictOf(trust, faults, metrics),
    faults,
    metrics,
    rankCorrelation,
    drift,
    drifts,
    outliers,
  };
}

function verdictOf(
  trust: Diagnosis['trust'],
  faults: readonly string[],
  { r2, coverage95 }: Metrics,
): string {
  if (trust === 'yes') {
    return `To be trusted: it explains ${Math.round(100 * r2)} % of the differences of results that it has not seen, and its 95 % intervals hold ${Math.round(100 * coverage95)} % of them.`;
  }
  return `${trust === 'no' ? 'Not to be trusted' : 'To be taken with care'}: ${faults.join('; ')}.`;
}

/** Rows of this campaign come first; those of elsewhere are not judged. */
const firstRows = ({ actual, mean, variance }: LeftOut, n: number): LeftOut => ({
  actual: actual.slice(0, n),
  mean: mean.slice(0, n),
  variance: variance.slice(0, n),
});
