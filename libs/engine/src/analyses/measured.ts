import type { FrontObjective, MeasuredOutcomes } from '@ionloop/domain';
import { groupBy } from '../planning/group.js';
import type { PlanningSnapshot } from '../ports.js';

/** Experiments with an accepted result of each of these properties, by number: the means of their replicates. */
export function measuredOutcomes(
  { experiments, accepted }: PlanningSnapshot,
  objectives: readonly FrontObjective[],
): readonly MeasuredOutcomes[] {
  const byExperiment = groupBy(accepted, ({ experimentId }) => experimentId);
  return [...experiments]
    .sort((a, b) => a.number - b.number)
    .flatMap(({ id, number, point }) => {
      const own = byExperiment.get(id) ?? [];
      const values = objectives.map(({ property }) => {
        const some = own.filter((measurement) => measurement.property === property);
        return some.reduce((sum, { value }) => sum + value, 0) / some.length;
      });
      return values.every(Number.isFinite) ? [{ number, point, values }] : [];
    });
}
