import { fromModelScale, toModelScale } from '@ionloop/chemistry';
import {
  type Attempt,
  type Experiment,
  type ExperimentState,
  type Measurement,
  type Objective,
  spendsBudget,
} from '@ionloop/domain';
import type { PlanningSnapshot } from '@ionloop/engine';

/** What a screen shows of a whole campaign, as of one event. */
export interface CampaignSummary {
  readonly counts: ReadonlyMap<ExperimentState, number>;
  readonly spent: number;
  readonly waiting: Waiting;
  readonly progress: readonly Progress[];
  readonly best: { readonly experiment: Experiment; readonly value: number } | null;
}

export interface Waiting {
  readonly proposals: number;
  readonly suspects: number;
  readonly results: number;
  readonly quarantined: number;
}

export interface Progress {
  readonly experimentNumber: number;
  readonly value: number;
  readonly best: number;
  readonly predictedMean: number | null;
  readonly predictedSd: number | null;
  readonly at: string;
}

export function summarise(snapshot: PlanningSnapshot, attempts: readonly Attempt[]): CampaignSummary {
  const counts = new Map<ExperimentState, number>();
  for (const { state } of snapshot.experiments) counts.set(state, (counts.get(state) ?? 0) + 1);
  const inState = (...states: Attempt['state'][]): number =>
    attempts.filter(({ state }) => states.includes(state)).length;
  return {
    counts,
    spent: [...counts].reduce((sum, [state, count]) => sum + (spendsBudget(state) ? count : 0), 0),
    waiting: {
      proposals: counts.get('proposed') ?? 0,
      suspects: inState('suspect'),
      results: inState('flagged', 'late'),
      quarantined: counts.get('quarantined') ?? 0,
    },
    ...progressOf(snapshot),
  };
}

/** An experiment's value in the objective's unit: its replicates' mean, taken on the scale that the models see. */
export function valueOf(measurements: readonly Measurement[], objective: Objective): number | null {
  const accepted = measurements
    .filter(({ status, property }) => status === 'accepted' && property === objective.property)
    .map(({ value }) => value);
  // A single value is given as it is, not as a logarithm's power.
  if (accepted.length < 2) return accepted[0] ?? null;
  const seen = accepted.map((value) => toModelScale(value, objective.transform));
  return fromModelScale(seen.reduce((sum, value) => sum + value, 0) / seen.length, objective.transform);
}

export const isBetter = (value: number, than: number, goal: Objective['goal']): boolean =>
  goal === 'maximise' ? value > than : value < than;

function progressOf({
  campaign,
  experiments,
  accepted,
}: PlanningSnapshot): Pick<CampaignSummary, 'progress' | 'best'> {
  const [objective] = campaign.objectives;
  const own = new Map<string, Measurement[]>();
  for (const measurement of accepted) {
    const others = own.get(measurement.experimentId);
    if (others) others.push(measurement);
    else own.set(measurement.experimentId, [measurement]);
  }
  const results = experiments
    .flatMap((experiment) => {
      const measurements = own.get(experiment.id) ?? [];
      const value = valueOf(measurements, objective);
      return value === null ? [] : [{ experiment, value, at: firstTime(measurements) }];
    })
    .sort((a, b) => compare(a.at, b.at) || a.experiment.number - b.experiment.number);
  let best: CampaignSummary['best'] = null;
  const progress: Progress[] = [];
  for (const { experiment, value, at } of results) {
    if (best === null || isBetter(value, best.value, objective.goal)) best = { experiment, value };
    progress.push({
      experimentNumber: experiment.number,
      value,
      best: best.value,
      predictedMean: experiment.prediction?.mean ?? null,
      predictedSd: experiment.prediction?.sd ?? null,
      at,
    });
  }
  return { progress, best };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const firstTime = (measurements: readonly Measurement[]): string =>
  measurements.map(({ createdAt }) => createdAt).reduce((a, b) => (a < b ? a : b));
