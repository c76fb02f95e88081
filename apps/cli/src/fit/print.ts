import { table } from '../report/table.js';
import type { PredictedRow, PredictedValue } from './evaluate.js';
import type { FitReport } from './report.js';

const worstShown = 5;

export function printedEvaluation(report: FitReport): readonly string[] {
  const { data, target, log, model, inputs, rows, validation, metrics, perRow } = report;
  const figure = (value: number): string => Number(value.toPrecision(4)).toString();
  const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const { mae, rmse, r2, spearman, nlpd, crps } = metrics;
  return [
    `${data}: ${rows} rows, ${inputs.length} inputs → ${log ? `log10 of ${target}` : target}`,
    `${model}, ${validation}`,
    '',
    ...table(
      ['MAE', 'RMSE', 'R²', 'Spearman', 'NLPD', 'CRPS'],
      [[mae, rmse, r2, spearman, nlpd, crps].map(figure)],
      [0, 1, 2, 3, 4, 5],
    ),
    '',
    ...table(
      ['intervals of', '50 %', '80 %', '95 %'],
      [['hold', share(metrics.coverage50), share(metrics.coverage80), share(metrics.coverage95)]],
      [1, 2, 3],
    ),
    '',
    ...(report.weights === undefined ? [] : [earnings(report.weights), '']),
    'Farthest from what was predicted, in standard deviations; the first row is 0:',
    ...table(
      ['row', 'actual', 'predicted', 'sd', 'off'],
      worst(perRow).map(({ row, actual, mean, sd }) => [
        String(row),
        ...[actual, mean, sd].map(figure),
        ((actual - mean) / sd).toFixed(1),
      ]),
      [0, 1, 2, 3, 4],
    ),
  ];
}

/** On average over the folds. */
function earnings(folds: NonNullable<FitReport['weights']>): string {
  const names = [...new Set(folds.flatMap((fold) => fold.map(({ name }) => name)))];
  const each = names.map((name) => {
    const total = folds.reduce((sum, fold) => sum + (fold.find((one) => one.name === name)?.weight ?? 0), 0);
    return { name, weight: total / folds.length };
  });
  const told = each
    .sort((a, b) => b.weight - a.weight)
    .map(({ name, weight }) => `${name} ${(100 * weight).toFixed(0)} %`);
  return `Weights: ${told.join(', ')}`;
}

function worst(rows: readonly PredictedRow[]): readonly PredictedRow[] {
  const off = ({ actual, mean, sd }: PredictedRow): number => (sd > 0 ? Math.abs(actual - mean) / sd : 0);
  return [...rows].sort((a, b) => off(b) - off(a) || a.row - b.row).slice(0, worstShown);
}

export const predictionsHeader = 'row,mean,sd,low80,high80,low95,high95';

export function predictionLine({ row, mean, sd, interval80, interval95 }: PredictedValue): string {
  return [row, mean, sd, ...interval80, ...interval95].join(',');
}
