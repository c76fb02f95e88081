/** Whether a model may be believed in how sure it is: coverage, density and order of its left-out predictions, against thresholds. */
import type { LeftOut, Metrics } from '../contract.js';
import { metricsOf, spearman } from '../metrics.js';

const { abs, max, sqrt } = Math;

export interface GateThresholds {
  /** How far a share of covered values may lie from what it should be; the chance of so few rows is allowed besides. 0.05 where it is left out. */
  readonly coverage?: number;
  /** How much NLPD may exceed that of a normal around the mean of all rows; 0 where it is left out. */
  readonly nlpd?: number;
  /** How much CRPS may exceed that of a normal around the mean of all rows, as a share of it; 0 where it is left out. */
  readonly crps?: number;
  /** The least rank correlation; −1, which is none, where it is left out. */
  readonly spearman?: number;
}

export interface GateVerdict {
  readonly passed: boolean;
  /** What falls short, in words; empty where nothing does. */
  readonly reasons: readonly string[];
  readonly metrics: Metrics & { readonly spearman: number };
}

const levels = [
  { share: 0.5, name: 'coverage50' },
  { share: 0.8, name: 'coverage80' },
  { share: 0.95, name: 'coverage95' },
] as const;

export function calibrationGate(leftOut: LeftOut, thresholds: GateThresholds = {}): GateVerdict {
  const { coverage = 0.05, nlpd = 0, crps = 0, spearman: order = -1 } = thresholds;
  const metrics = { ...metricsOf(leftOut), spearman: spearman(leftOut.actual, leftOut.mean) };
  const n = leftOut.actual.length;
  const plain = metricsOf(plainGuess(leftOut));
  const reasons = levels.flatMap(({ share, name }) => {
    // Two standard deviations of a share of n rows.
    const allowed = coverage + 2 * sqrt((share * (1 - share)) / n);
    const off = metrics[name] - share;
    return abs(off) <= allowed
      ? []
      : [
          `${percent(share)} intervals hold ${percent(metrics[name])} of the values, ${off < 0 ? 'too few' : 'too many'}`,
        ];
  });
  if (metrics.nlpd > plain.nlpd + nlpd)
    reasons.push(
      `its density is worse than that of a guess that knows the mean: NLPD ${short(metrics.nlpd)} against ${short(plain.nlpd)}`,
    );
  if (metrics.crps > plain.crps * (1 + crps))
    reasons.push(
      `it is farther off than a guess that knows the mean: CRPS ${short(metrics.crps)} against ${short(plain.crps)}`,
    );
  if (metrics.spearman < order)
    reasons.push(
      `it orders the rows badly: rank correlation ${short(metrics.spearman)}, wanted ${short(order)}`,
    );
  return { passed: reasons.length === 0, reasons, metrics };
}

/** Each value by the mean and spread of the others; where there are none, by itself. */
function plainGuess({ actual }: LeftOut): LeftOut {
  const n = actual.length;
  const sum = actual.reduce((total, value) => total + value, 0);
  const centre = sum / n;
  const squares = actual.reduce((total, value) => total + (value - centre) * (value - centre), 0);
  const size = actual.reduce((most, value) => max(most, abs(value)), 0) || 1;
  const variance = n > 1 ? max((squares / n) * (1 + 1 / n), 1e-18 * size * size) : size * size;
  return {
    actual,
    mean: actual.map((value) => (n > 1 ? (sum - value) / (n - 1) : value)),
    variance: actual.map(() => variance),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const short = (value: number): string => value.toPrecision(3);
