/** An experiment on a map. */
export interface MapPoint {
  readonly experiment: number;
  readonly kind: 'measured' | 'best' | 'proposed' | 'failed';
  readonly label: string;
  readonly what: string;
  readonly point: unknown;
  /** In the objective's unit, where there is a result. */
  readonly value: number | null;
}

/** The prediction over the space, on the models' scale. */
export interface MapPosterior {
  readonly points: readonly unknown[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
  /** What one result there is expected to add over the best so far; absent where nothing was measured. */
  readonly gain?: readonly number[];
}

export type Shown = 'mean' | 'sd' | 'gain';

export const valuesOf = (posterior: MapPosterior, shown: Shown): readonly number[] =>
  posterior[shown] ?? posterior.mean;

export const shownWords: Readonly<Record<Shown, string>> = {
  mean: 'predicted mean',
  sd: 'standard deviation of the prediction',
  gain: 'expected gain over the best so far',
};
