import type { CampaignGoalsQuery } from '../../../api/generated/graphql.js';
import type { AnalysisResult } from '../../../api/use-analysis.js';
import type { RehearsedLine } from '../../../plots/rehearsed-line.js';
import type { Objective } from '../../../format/objective.js';

export type Rehearsal = Extract<AnalysisResult, { readonly __typename: 'RehearsalResult' }>;
export type Goals = NonNullable<CampaignGoalsQuery['campaign']>;

/** A property whose results somebody may know something of before there are any. */
export interface MeasuredProperty {
  readonly property: string;
  readonly unit: string;
  readonly log: boolean;
}

/** What is measured beside the first objective, each once. */
export function furtherProperties(goals: Goals | null): readonly MeasuredProperty[] {
  if (goals === null) return [];
  const [first, ...others] = goals.objectives;
  const all = [...others, ...goals.limits.filter(({ low, high }) => low !== null || high !== null)];
  return all
    .filter(
      ({ property }, i) =>
        property !== first?.property && all.findIndex((one) => one.property === property) === i,
    )
    .map(({ property, unit, transform }) => ({ property, unit, log: transform === 'log10' }));
}

/** What a plot of shares has as its objective. */
const share: Objective = {
  ...{ property: 'share of what is possible', unit: '%', temperatureC: null },
  ...{ goal: 'maximise', transform: 'none' },
};

export interface Plotted {
  readonly objective: Objective;
  readonly before: number | null;
  readonly target: number | null;
  readonly lines: readonly RehearsedLine[];
}

/** Values in the unit of the objective, or shares in percent. */
export function plotted(
  { measure, before, target, strategies }: Rehearsal,
  objective: Objective,
  labelOf: (strategy: string) => string,
): Plotted {
  const lines = strategies.map((one) => ({ ...one, label: labelOf(one.strategy) }));
  if (measure !== 'share') return { objective, before, target, lines };
  const percent = (value: number): number => 100 * value;
  return {
    objective: share,
    before: before === null ? null : percent(before),
    // It is a value, and has no place among shares.
    target: null,
    lines: lines.map((line) => ({
      ...line,
      rounds: line.rounds.map((round) => ({
        ...round,
        ...{ median: percent(round.median), low50: percent(round.low50), high50: percent(round.high50) },
        ...{ low90: percent(round.low90), high90: percent(round.high90) },
      })),
    })),
  };
}
