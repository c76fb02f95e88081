/** What a campaign wants: a measured property, in which direction, on which scale the models see it. */
export interface Objective {
  /** A known property such as `ionic_conductivity`. */
  readonly property: string;
  readonly goal: 'maximise' | 'minimise';
  /** Models see log10 of the value in `unit` where a property spans decades. */
  readonly transform: 'none' | 'log10';
  readonly unit: string;
  /** At which temperature the property is asked for; the lab gets it as a condition. */
  readonly temperatureC?: number;
}
