import { table } from '../report/table.js';
import type { Comparison, Expectation, RehearsalReport, RehearsedStrategy } from './report.js';

export function printed(report: RehearsalReport): readonly string[] {
  const { strategies, comparison } = report;
  return [
    ...opening(report),
    '',
    ...table(header(report), strategies.flatMap(rows(report)), [1, 2, 3, 4, 5]),
    '',
    ...strategies.flatMap(ends(report)),
    ...comparison.map(toldComparison),
  ];
}

function opening({
  property,
  unit,
  results,
  learnedFrom,
  bestSoFar,
  seeds,
  batch,
  budget,
  goal,
}: RehearsalReport) {
  const direction = goal === 'minimise' ? 'small' : 'large';
  return [
    `${property}${inUnit(unit)}, as ${direction} as can be: ${seeds} campaigns of ${budget} more experiments, ${batch} at a time`,
    learnedFrom === 'results' && bestSoFar !== null
      ? `on responses that ${results} results leave possible; the best so far is ${shown(bestSoFar)}${unit && ` ${unit}`}.`
      : 'on responses as models expect them before there are results, in the range that --expect says.',
  ];
}

const inUnit = (unit: string): string => (unit === '' || unit === '1' ? '' : ` in ${unit}`);

const header = ({ target }: RehearsalReport): readonly string[] => [
  'strategy',
  'experiments',
  'best so far (median)',
  '95 % of the median',
  '90 % of campaigns',
  'at the top',
  ...(target === null ? [] : [`reach ${shown(target)}`]),
];

const rows =
  ({ target }: RehearsalReport) =>
  ({ strategy, expected }: RehearsedStrategy): readonly (readonly string[])[] =>
    expected.map(({ experiments, median, interval90, atTop, reachesTarget }: Expectation) => [
      strategy,
      String(experiments),
      shown(median.median),
      range(median.ci),
      range(interval90),
      percent(atTop),
      ...(target === null ? [] : [percent(reachesTarget ?? 0)]),
    ]);

const ends =
  ({ target, budget }: RehearsalReport) =>
  ({ strategy, likelyAfter, targetAfter }: RehearsedStrategy): readonly string[] => [
    likelyAfter === null
      ? `${strategy}: fewer than half of the campaigns come near the top of their response within ${budget} experiments.`
      : `${strategy}: half of the campaigns are near the top of their response after ${likelyAfter} experiments.`,
    ...(target === null
      ? []
      : [
          targetAfter === null
            ? `${strategy}: fewer than half of the campaigns reach ${shown(target)} within ${budget} experiments.`
            : `${strategy}: half of the campaigns reach ${shown(target)} after ${targetAfter} experiments.`,
        ]),
  ];

const toldComparison = ({ strategy, than, experiments, gain, verdict }: Comparison): string =>
  `${strategy} is ${verdict === 'not told apart' ? `not told apart from ${than}` : `${verdict} than ${than}`} after ${experiments} experiments: ` +
  `${signed(gain.median)} [${signed(gain.ci[0])}, ${signed(gain.ci[1])}] on the scale that models see.`;

const shown = (value: number): string => {
  const size = Math.abs(value);
  return size > 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(2) : value.toPrecision(3);
};
const range = ([low, high]: readonly [number, number]): string => `${shown(low)} … ${shown(high)}`;
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const signed = (value: number): string => `${value >= 0 ? '+' : ''}${value.toPrecision(2)}`;
