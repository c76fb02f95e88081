import type { ExperimentRowFragment, Goal } from '../../../api/generated/graphql.js';
import type { Objective } from '../../../format/objective.js';

/** A measured property that can be a side of a front. */
export interface FrontProperty {
  readonly property: string;
  readonly unit: string;
  readonly goal: Goal;
  /** Experiments that have an accepted value of it. */
  readonly count: number;
}

type Measured = Pick<ExperimentRowFragment, 'measurements'>;

/** What was measured of a campaign's experiments: the objectives' properties first, then what was measured most. */
export function propertiesOf(
  rows: readonly Measured[],
  objectives: readonly Pick<Objective, 'property' | 'goal'>[],
): readonly FrontProperty[] {
  const found = new Map<string, { unit: string; count: number }>();
  for (const { measurements } of rows) {
    const accepted = measurements.filter(({ status }) => status === 'accepted');
    for (const [property, unit] of new Map(accepted.map((one) => [one.property, one.unit]))) {
      const known = found.get(property);
      found.set(property, { unit: known?.unit ?? unit, count: (known?.count ?? 0) + 1 });
    }
  }
  const turnOf = (property: string): number => {
    const turn = objectives.findIndex((one) => one.property === property);
    return turn < 0 ? objectives.length : turn;
  };
  return [...found]
    .map(([property, { unit, count }]) => ({
      property,
      unit,
      count,
      goal: objectives[turnOf(property)]?.goal ?? ('maximise' as const),
    }))
    .sort((a, b) => turnOf(a.property) - turnOf(b.property) || b.count - a.count);
}

const most = 4;

/** `density:minimise|ionic_conductivity:maximise` of an address, as far as it was measured; else the first two. */
export function chosenProperties(
  known: readonly FrontProperty[],
  text: string | null,
): readonly FrontProperty[] {
  const asked = (text ?? '').split('|').flatMap((part): readonly FrontProperty[] => {
    const [property, goal] = part.split(':');
    const found = known.find((one) => one.property === property);
    return found ? [{ ...found, goal: goalIn(goal, found) }] : [];
  });
  const distinct = asked.filter(
    ({ property }, i) => asked.findIndex((one) => one.property === property) === i,
  );
  return distinct.length >= 2 ? distinct.slice(0, most) : known.slice(0, 2);
}

/** A window is the campaign's own: only what has one there can be held against it. */
function goalIn(text: string | undefined, { goal }: FrontProperty): Goal {
  if (text === 'window' && goal === 'window') return 'window';
  return text === 'minimise' ? 'minimise' : 'maximise';
}

export const textOfProperties = (chosen: readonly FrontProperty[]): string =>
  chosen.map(({ property, goal }) => `${property}:${goal}`).join('|');

/** Positive and over more than two decades: such a property is read on a log axis. */
export function isWide(values: readonly number[]): boolean {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return low > 0 && high / low > 100;
}
