import type { Campaign, Experiment } from '@ionloop/domain';
import type { BestResult, ProgressEntry } from '../ports.js';
import { type ExperimentValue, isBetter, valueOfResults } from './value.js';

interface Valued extends ExperimentValue {
  readonly experiment: Experiment;
}

/** In the order in which they were handed in. */
function valuedOf(
  { objectives: [objective] }: Campaign,
  experiments: readonly Experiment[],
): readonly Valued[] {
  return experiments
    .flatMap((experiment) => {
      const found = valueOfResults(experiment.results, objective);
      return found === null ? [] : [{ experiment, ...found }];
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.experiment.number - b.experiment.number));
}

export function bestOf(campaign: Campaign, experiments: readonly Experiment[]): BestResult | null {
  const [{ goal }] = campaign.objectives;
  let best: BestResult | null = null;
  for (const { experiment, value } of valuedOf(campaign, experiments)) {
    if (best === null || isBetter(value, best.value, goal)) best = { experimentId: experiment.id, value };
  }
  return best;
}

/** Of more than `points`, the last gain and the last entry of each of half as many stretches. */
export function progressOf(
  campaign: Campaign,
  experiments: readonly Experiment[],
  points: number,
): readonly ProgressEntry[] {
  const [{ goal }] = campaign.objectives;
  const valued = valuedOf(campaign, experiments);
  const kept = new Map<string, ProgressEntry>();
  let best: number | null = null;
  valued.forEach(({ experiment, value, at }, i) => {
    const gain = best === null || isBetter(value, best, goal);
    best = best === null || gain ? value : best;
    const stretch = valued.length <= points ? i : Math.floor((i * Math.floor(points / 2)) / valued.length);
    const { number: experimentNumber, prediction } = experiment;
    const name = `${stretch} ${gain ? 'gain' : 'entry'}`;
    // A later one takes the place of the one before, at the end.
    kept.delete(name);
    kept.set(name, { experimentNumber, value, best, prediction, at });
  });
  return [...kept.values()];
}
