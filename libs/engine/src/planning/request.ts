import { toModelScale } from '@ionloop/chemistry';
import {
  type Experiment,
  hashOf,
  isOpen,
  type Measurement,
  type Observation,
  type PlanRequest,
  type SpaceSpec,
  spendsBudget,
  teachesFeasibility,
} from '@ionloop/domain';
import { openSpace } from '@ionloop/space';
import type { PlanningSnapshot } from '../ports.js';
import { groupBy } from './group.js';

/**
 * What the planner is asked, as a pure function of the record at one event. Live planning and verification build it
 * here, so the same record always asks the same question, word for word.
 */
export function planRequestOf(snapshot: PlanningSnapshot): PlanRequest | null {
  const count = wanted(snapshot);
  return count === 0 ? null : questionOf(snapshot, count).question;
}

/** The question for so many proposals, whether they are wanted or not, and whose results its observations are. */
export function questionOf(
  snapshot: PlanningSnapshot,
  count: number,
): { readonly question: PlanRequest; readonly numbers: readonly number[] } {
  const { campaign } = snapshot;
  const experiments = [...snapshot.experiments].sort((a, b) => a.number - b.number);
  const [objective] = campaign.objectives;
  const seen = seenIn(campaign.space, experiments);
  const avoid = seen
    .filter(({ avoidUntil }) => avoidUntil !== null && campaign.experiments < avoidUntil)
    .map(({ point }) => point);
  const question: PlanRequest = {
    space: campaign.space,
    objectives: [objective],
    strategy: campaign.strategy,
    seed: `${campaign.seed}/plan-${campaign.plans + 1}`,
    count,
    // What was made before counts here: the initial design need not be made again.
    experimentsSoFar: experiments.filter(({ state }) => spendsBudget(state)).length,
    observations: observationsOf(seen, snapshot.accepted, objective.property, objective.transform),
    failures: seen.filter(({ state }) => teachesFeasibility(state)).map(({ point }) => point),
    pending: seen.filter(({ state }) => isOpen(state)).map(({ point }) => point),
    ...(avoid.length > 0 && { avoid }),
  };
  const measured = new Set(
    snapshot.accepted
      .filter(({ property }) => property === objective.property)
      .map(({ experimentId }) => experimentId),
  );
  return { question, numbers: seen.filter(({ id }) => measured.has(id)).map(({ number }) => number) };
}

/** Those that models of this space see as they are: a result beyond the bounds would be taken for one at the bounds. */
function seenIn(spec: SpaceSpec, experiments: readonly Experiment[]): readonly Experiment[] {
  if (experiments.every(({ outside }) => outside === null)) return experiments;
  const space = openSpace(spec);
  return experiments.filter(({ outside, point }) => outside === null || space.sees(point));
}

/** How many proposals the campaign lacks: up to `parallel` open ones and those asked for, within what is left of its budget. */
export function wanted({ campaign, experiments }: PlanningSnapshot): number {
  if (campaign.state !== 'active') return 0;
  const open = experiments.filter(({ state }) => isOpen(state)).length;
  const spent = experiments.filter(({ state, origin }) => spendsBudget(state, origin)).length;
  const lacking = campaign.proposing ? Math.max(0, campaign.parallel - open) : 0;
  return Math.max(0, Math.min(lacking + campaign.asked, campaign.budget - spent));
}

/** Each experiment's accepted results as one, on the models' scale. */
export function observationsOf(
  experiments: readonly Experiment[],
  accepted: readonly Measurement[],
  property: string,
  transform: 'none' | 'log10',
): readonly Observation[] {
  const byExperiment = groupBy(
    inOrder(accepted.filter((measurement) => measurement.property === property)),
    ({ experimentId }) => experimentId,
  );
  return experiments.flatMap(({ id, point, acquisition }) => {
    const values = (byExperiment.get(id) ?? []).map(({ value }) => toModelScale(value, transform));
    if (values.length === 0) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const proposedBy = acquisition === null ? {} : { proposedBy: acquisition.name };
    if (values.length === 1) return [{ point, values: [mean], ...proposedBy }];
    const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
    const variance = squares / (values.length - 1) / values.length;
    return [{ point, values: [mean], variances: [variance], ...proposedBy }];
  });
}

const inOrder = (measurements: readonly Measurement[]): readonly Measurement[] =>
  [...measurements].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** Names exactly the accepted set: which measurements, with which values. */
export const trainingHash = (accepted: readonly Measurement[]): string =>
  hashOf(inOrder(accepted).map(({ id, value }) => [id, value]));
