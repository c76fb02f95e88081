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
}
