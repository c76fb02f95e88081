import type { Campaign, Experiment } from '@ionloop/domain';
import type { BestResult, ProgressEntry } from '../ports.js';
import { meritsOf, type Outcome, volumesOf } from './front.js';
import { type ExperimentStanding, standingOf } from './value.js';

interface Valued extends ExperimentStanding {
  readonly experiment: Experiment;
}

/** In the order in which they were handed in. */
const valuedOf = (campaign: Campaign, experiments: readonly Experiment[]): readonly Valued[] =>
  experiments
    .flatMap((experiment) => {
      const found = standingOf(experiment.results, campaign);
      return found === null ? [] : [{ experiment, ...found }];
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.experiment.number - b.experiment.number));

export function bestOf(campaign: Campaign, experiments: readonly Experiment[]): BestResult | null {
  let best: (BestResult & { readonly merit: number }) | null = null;
  for (const { experiment, value, merit } of valuedOf(campaign, experiments)) {
    if (merit !== null && (best === null || merit > best.merit)) {
      best = { experimentId: experiment.id, value, merit };
    }
  }
  return best && { experimentId: best.experimentId, value: best.value };
}

/** Of more than `points`, the last gain and the last entry of each of half as many stretches. */
export function progressOf(
  campaign: Campaign,
  experiments: readonly Experiment[],
  points: number,
): readonly ProgressEntry[] {
  const valued = valuedOf(campaign, experiments);
  const volumes = campaignVolumes(
    campaign,
    valued.map(({ experiment }) => experiment),
  );
  const kept = new Map<string, ProgressEntry>();
  let best: { readonly value: number; readonly merit: number } | null = null;
  valued.forEach(({ experiment, value, merit, at }, i) => {
    const gain = merit !== null && (best === null || merit > best.merit);
    if (gain) best = { value, merit };
    const stretch = valued.length <= points ? i : Math.floor((i * Math.floor(points / 2)) / valued.length);
    const { number: experimentNumber, prediction } = experiment;
    const name = `${stretch} ${gain ? 'gain' : 'entry'}`;
    // A later one takes the place of the one before, at the end.
    kept.delete(name);
    kept.set(name, {
      experimentNumber,
      value,
      best: best?.value ?? null,
      volume: volumes?.[i] ?? null,
      prediction,
      at,
    });
  });
  return [...kept.values()];
}

/** Of several objectives: how much is beaten after each of these, in the order in which they were handed in. */
export const campaignVolumes = (
  campaign: Pick<Campaign, 'objectives' | 'limits'>,
  outcomes: readonly Outcome[],
): readonly number[] | null =>
  campaign.objectives.length < 2 ? null : volumesOf(outcomes.map((outcome) => meritsOf(outcome, campaign)));
