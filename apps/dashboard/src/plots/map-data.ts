/** An experiment on a map. */
export interface MapPoint {
  readonly experiment: number;
  /** `former`: what would have been proposed on the terms of now, beside what would be on others. */
  readonly kind: 'measured' | 'best' | 'proposed' | 'failed' | 'former';
  readonly label: string;
  /** In place of its number, of what is no experiment. */
  readonly called?: string;
  readonly what: string;
  readonly point: unknown;
  /** In the objective's unit, where there is a result. */
  readonly value: number | null;
}

export const calledOf = ({ called, experiment }: Pick<MapPoint, 'called' | 'experiment'>): string =>
  called ?? `Experiment ${experiment}`;

/** The prediction over the space, on the models' scale. */
export interface MapPosterior {
  readonly points: readonly unknown[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
  /** What one result there is expected to add over the best so far; absent where nothing was measured. */
  readonly gain?: readonly number[];
  /** What a strategy's acquisition gives to each place, and what that is called; absent where nobody asked. */
  readonly score?: readonly number[];
  readonly scoreLabel?: string;
}

export type Shown = 'mean' | 'sd' | 'gain' | 'score';

/** On a log scale: what is farther below the best than this is as good as nothing, and would drown the rest. */
const deepest = 12;

export function valuesOf(posterior: MapPosterior, shown: Shown): readonly number[] {
  const values = posterior[shown] ?? posterior.mean;
  if (shown !== 'score') return values;
  const floor = values.reduce((most, value) => Math.max(most, value), -Infinity) - deepest;
  return values.map((value) => Math.max(value, floor));
}

export const shownWords: Readonly<Record<Shown, string>> = {
  mean: 'predicted mean',
  sd: 'standard deviation of the prediction',
  gain: 'expected gain over the best so far',
  score: 'acquisition',
};
