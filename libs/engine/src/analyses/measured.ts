import {
  type AcceptedResult,
  askedOf,
  type Campaign,
  checkLimits,
  type FrontObjective,
  type Measurement,
  type MeasuredOutcomes,
  type PlanObjective,
} from '@ionloop/domain';
import { meritOnScale } from '../experiments/front.js';
import { limitsKept, valueOfResults } from '../experiments/value.js';
import { groupBy } from '../planning/group.js';
import type { PlanningSnapshot } from '../ports.js';

/** Experiments with an accepted result of each of these properties, by number: the means of their replicates. */
export function measuredOutcomes(
  { campaign, experiments, accepted }: PlanningSnapshot,
  objectives: readonly FrontObjective[],
): readonly MeasuredOutcomes[] {
  const goals = objectives.map((objective, k) => goalOf(objective, campaign, k));
  const byExperiment = groupBy(accepted, ({ experimentId }) => experimentId);
  return [...experiments]
    .sort((a, b) => a.number - b.number)
    .flatMap(({ id, number, point }) => {
      const own = [...(byExperiment.get(id) ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
      const results = own.map(asResult);
      const found = goals.flatMap((goal) => {
        const value = valueOfResults(results, goal)?.value ?? null;
        const merit = value === null ? null : meritOnScale(value, goal);
        return value === null || merit === null ? [] : [{ value, merit }];
      });
      if (found.length < goals.length) return [];
      return [
        {
          ...{ number, point },
          values: found.map(({ value }) => value),
          merits: found.map(({ merit }) => merit),
          keepsLimits: limitsKept(results, campaign),
        },
      ];
    });
}

const asResult = ({ id, property, value, createdAt }: Measurement): AcceptedResult => ({
  ...{ measurementId: id, property, value, at: createdAt },
});

/** As the campaign measures it, where it asks for it; a window without ends is the campaign's own. */
function goalOf(
  { property, goal, low = null, high = null }: FrontObjective,
  campaign: Pick<Campaign, 'objectives' | 'limits'>,
  k: number,
): PlanObjective {
  const asked = askedOf(campaign).find((one) => one.property === property);
  const measured = asked ?? { property, unit: '', transform: 'none' as const };
  const { unit, transform } = measured;
  if (goal !== 'window') return { property, unit, transform, goal };
  const own = campaign.objectives.find((one) => one.property === property);
  const isOwn = low === null && high === null && own?.goal === 'window';
  const ends = isOwn ? { low: own.low, high: own.high } : { low, high };
  checkLimits(`request.front.objectives[${k}]`, { ...ends, transform });
  return { property, unit, transform, goal, ...ends };
}
