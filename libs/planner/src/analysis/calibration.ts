import type { AnalysisInput } from '@ionloop/domain';
import { normQuantile } from '@ionloop/linalg';
import { calibrationGate, type Metrics } from '@ionloop/surrogates';
import { residualOutliers } from '@ionloop/surrogates/analysis';
import { leftOutOf, openAnalysis } from './open.js';

/** Predictions of results that the model had not seen, on the models' scale in the property's own direction. */
export interface Calibration {
  readonly kind: string;
  readonly rows: readonly CalibrationRow[];
  /** Of central intervals that should hold a share of the results, the share that they hold. */
  readonly curve: readonly { readonly expected: number; readonly held: number }[];
  readonly metrics: Metrics & { readonly spearman: number };
  readonly passed: boolean;
  /** What falls short, in words. */
  readonly reasons: readonly string[];
}

export interface CalibrationRow {
  readonly number: number;
  readonly actual: number;
  readonly mean: number;
  readonly sd: number;
  /** The error by its median and MAD, in units of the prediction's own spread. */
  readonly robustZ: number;
  readonly outlier: boolean;
}

const shares = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

export function calibration(input: AnalysisInput): Calibration {
  const open = openAnalysis(input);
  const { model, sign, numbers } = open;
  const leftOut = leftOutOf(open);
  const { passed, reasons, metrics } = calibrationGate(leftOut);
  const { robust } = residualOutliers(leftOut);
  const outliers = new Set(robust.outliers);
  const { actual, mean, variance } = leftOut;
  return {
    kind: model.kind,
    rows: actual.map((value, i) => ({
      number: numbers[i]!,
      actual: sign * value + 0,
      mean: sign * mean[i]! + 0,
      sd: Math.sqrt(variance[i]!),
      robustZ: sign * robust.z[i]! + 0,
      outlier: outliers.has(i),
    })),
    curve: shares.map((expected) => {
      const z = normQuantile(0.5 + expected / 2);
      const held = actual.filter((value, i) => Math.abs(value - mean[i]!) <= z * Math.sqrt(variance[i]!));
      return { expected, held: held.length / actual.length };
    }),
    ...{ metrics, passed, reasons },
  };
}
