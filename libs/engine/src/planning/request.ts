import {
  type Campaign,
  type CampaignCost,
  costOfAll,
  type Experiment,
  hashOf,
  isOpen,
  isSpent,
  type Knowledge,
  limitsOf,
  type Measurement,
  type Observation,
  type PlanObjective,
  type PlanRequest,
  type SpaceSpec,
  spendsBudget,
  teachesFeasibility,
} from '@ionloop/domain';
import { openSpace } from '@ionloop/space';
import type { PlanningSnapshot } from '../ports.js';
import { observedElsewhere } from './elsewhere.js';
import { groupBy } from './group.js';
import { replicatesOf } from './replicates.js';

/**
 * What the planner is asked, as a pure function of the record at one event. Live planning and verification build it
 * here, so the same record always asks the same question, word for word.
 */
export function planRequestOf(snapshot: PlanningSnapshot): PlanRequest | null {
  const count = wanted(snapshot);
  return count === 0 ? null : questionOf(snapshot, count).question;
}

/** The question for so many proposals, whether they are wanted or not, and whose results its first observations are. */
export function questionOf(
  snapshot: PlanningSnapshot,
  count: number,
): { readonly question: PlanRequest; readonly numbers: readonly number[] } {
  const { campaign } = snapshot;
  const experiments = [...snapshot.experiments].sort((a, b) => a.number - b.number);
  const seen = seenIn(campaign.space, experiments);
  const avoid = seen
    .filter(({ avoidUntil }) => avoidUntil !== null && campaign.experiments < avoidUntil)
    .map(({ point }) => point);
  const observed = observedIn(campaign, seen, snapshot.accepted);
  const elsewhere = observedElsewhere(campaign, snapshot.knowledge);
  const limits = limitsOf(campaign);
  const question: PlanRequest = {
    space: campaign.space,
    objectives: campaign.objectives,
    ...(limits.length > 0 && { constraints: limits }),
    ...(campaign.cost && { cost: { ...campaign.cost, spent: costSoFar(campaign.cost, experiments) } }),
    strategy: campaign.strategy,
    seed: `${campaign.seed}/plan-${campaign.plans + 1}`,
    count,
    // What was made before counts here: the initial design need not be made again.
    experimentsSoFar: experiments.filter(({ state }) => spendsBudget(state)).length,
    observations: [...observed.map(({ observation }) => observation), ...elsewhere],
    failures: seen.filter(({ state }) => teachesFeasibility(state)).map(({ point }) => point),
    pending: seen.filter(({ state }) => isOpen(state)).map(({ point }) => point),
    ...(avoid.length > 0 && { avoid }),
  };
  return { question, numbers: observed.map(({ number }) => number) };
}

/** What all that spends the budget comes to, whether it is made or only in hand. */
export const costSoFar = (cost: CampaignCost, experiments: readonly Experiment[]): number =>
  costOfAll(
    cost,
    experiments.filter(({ state, origin }) => spendsBudget(state, origin)).map(({ point }) => point),
  );

/** Those that models of this space see as they are: a result beyond the bounds would be taken for one at the bounds. */
function seenIn(spec: SpaceSpec, experiments: readonly Experiment[]): readonly Experiment[] {
  if (experiments.every(({ outside }) => outside === null)) return experiments;
  const space = openSpace(spec);
  return experiments.filter(({ outside, point }) => outside === null || space.sees(point));
}

/** What the campaign may cost is spent, or will be by what is in hand. */
export const isCostSpent = ({ cost }: Pick<Campaign, 'cost'>, experiments: readonly Experiment[]): boolean =>
  cost !== undefined && isSpent({ ...cost, spent: costSoFar(cost, experiments) });

/** How many proposals the campaign lacks: up to `parallel` open ones and those asked for, within what is left of its budget. */
export function wanted({ campaign, experiments }: PlanningSnapshot): number {
  if (campaign.state !== 'active' || isCostSpent(campaign, experiments)) return 0;
  const open = experiments.filter(({ state }) => isOpen(state)).length;
  const spent = experiments.filter(({ state, origin }) => spendsBudget(state, origin)).length;
  const lacking = campaign.proposing ? Math.max(0, campaign.parallel - open) : 0;
  return Math.max(0, Math.min(lacking + campaign.asked, campaign.budget - spent));
}

interface Observed {
  readonly number: number;
  readonly observation: Observation;
}

/** Each experiment's accepted results as one, on the models' scale; null for a property that has none. */
export function observedIn(
  campaign: Pick<Campaign, 'objectives' | 'limits'>,
  experiments: readonly Experiment[],
  accepted: readonly Measurement[],
): readonly Observed[] {
  const { objectives } = campaign;
  const limits = limitsOf(campaign);
  const byExperiment = groupBy(inOrder(accepted), ({ experimentId }) => experimentId);
  return experiments.flatMap(({ id, number, point, acquisition }) => {
    const own = byExperiment.get(id) ?? [];
    const wanted = objectives.map((objective) => replicatesOf(own, objective));
    const limited = limits.map((limit) => replicatesOf(own, limit)?.mean ?? null);
    if ([...wanted, ...limited].every((one) => one === null)) return [];
    const variances = wanted.map((one) => one?.variance ?? null);
    const observation: Observation = {
      point,
      values: wanted.map((one) => one?.mean ?? null),
      ...(variances.some((variance) => variance !== null) && { variances }),
      ...(limits.length > 0 && { limited }),
      ...(acquisition !== null && { proposedBy: acquisition.name }),
    };
    return [{ number, observation }];
  });
}

/** Of one objective alone. */
export const observationsOf = (
  experiments: readonly Experiment[],
  accepted: readonly Measurement[],
  objective: PlanObjective,
): readonly Observation[] =>
  observedIn({ objectives: [objective] }, experiments, accepted).map(({ observation }) => observation);

const inOrder = (measurements: readonly Measurement[]): readonly Measurement[] =>
  [...measurements].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** Names exactly what was learned from: which measurements, with which values, and which knowledge from elsewhere. */
export function trainingHash(
  accepted: readonly Measurement[],
  knowledge: readonly Pick<Knowledge, 'hash'>[] = [],
): string {
  const own = inOrder(accepted).map(({ id, value }) => [id, value]);
  return hashOf(knowledge.length === 0 ? own : { own, elsewhere: knowledge.map(({ hash }) => hash) });
}
