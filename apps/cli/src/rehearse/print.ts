import { table } from '../report/table.js';
import type { Comparison, Expectation, RehearsalReport, RehearsedStrategy } from './report.js';

export function printed(report: RehearsalReport): readonly string[] {
  const { strategies, comparison } = report;
  return [
    ...opening(report),
    '',
    ...table(
      header(report),
      strategies.flatMap(rows(report)),
      header(report)
        .map((_, i) => i)
        .slice(1),
    ),
    '',
    ...strategies.flatMap(ends(report)),
    ...comparison.map(toldComparison),
  ];
}

function opening(report: RehearsalReport): readonly string[] {
  const { property, unit, results, learnedFrom, bestSoFar, seeds, batch, budget, goal, wants } = report;
  const direction = goal === 'minimise' ? 'small' : 'large';
  const what = wants?.join('; ') ?? `${property}${inUnit(unit)}, as ${direction} as can be`;
  const shownBest =
    wants === undefined ? `${shown(bestSoFar ?? 0)}${unit && ` ${unit}`}` : percent(bestSoFar ?? 0);
  return [
    `${what}: ${seeds} campaigns of ${budget} more experiments, ${batch} at a time`,
    learnedFrom === 'results' && bestSoFar !== null
      ? `on responses that ${results} results leave possible; ${wants === undefined ? 'the best so far is' : 'of what is possible together they have reached'} ${shownBest}.`
      : 'on responses as models expect them before there are results, in the range that --expect says.',
  ];
}

const inUnit = (unit: string): string => (unit === '' || unit === '1' ? '' : ` in ${unit}`);

interface Column {
  readonly title: string;
  readonly of: (one: Expectation) => string;
}

/** Those that say something. */
function columnsOf({ measure, target, unit, strategies }: RehearsalReport): readonly Column[] {
  const all = strategies.flatMap(({ expected }) => expected);
  const text = measure === 'share' ? percent : shown;
  const isKept = all.some(({ kept }) => kept !== undefined);
  const hasBest = all.some(({ bestKept }) => bestKept !== undefined && bestKept !== null);
  const isPaid = all.some(({ spent }) => spent !== undefined);
  return [
    { title: 'experiments', of: ({ experiments }) => String(experiments) },
    ...(isPaid ? [{ title: 'spent', of: ({ spent = 0 }: Expectation) => shown(spent) }] : []),
    {
      title: measure === 'share' ? 'of what is possible (median)' : 'best so far (median)',
      of: ({ median }) => text(median.median),
    },
    { title: '95 % of the median', of: ({ median: { ci } }) => `${text(ci[0])} … ${text(ci[1])}` },
    {
      title: '90 % of campaigns',
      of: ({ interval90: [low, high] }) => `${text(low)} … ${text(high)}`,
    },
    { title: 'at the top', of: ({ atTop }) => percent(atTop) },
    ...(isKept ? [{ title: 'keep all', of: ({ kept = 0 }: Expectation) => percent(kept) }] : []),
    ...(hasBest
      ? [
          {
            title: `best that keeps all${inUnit(unit)}`,
            of: ({ bestKept = null }: Expectation) => (bestKept === null ? '–' : shown(bestKept)),
          },
        ]
      : []),
    ...(target === null
      ? []
      : [
          {
            title: `reach ${shown(target)}`,
            of: ({ reachesTarget }: Expectation) => percent(reachesTarget ?? 0),
          },
        ]),
  ];
}

const header = (report: RehearsalReport): readonly string[] => [
  'strategy',
  ...columnsOf(report).map(({ title }) => title),
];

const rows =
  (report: RehearsalReport) =>
  ({ strategy, expected }: RehearsedStrategy): readonly (readonly string[])[] =>
    expected.map((one) => [strategy, ...columnsOf(report).map(({ of }) => of(one))]);

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
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const signed = (value: number): string => `${value >= 0 ? '+' : ''}${value.toPrecision(2)}`;
