/** What can be varied, as plain data. What it means (bounds, sampling, encoding) is the business of @ionloop/space. */
export type SpaceSpec = { readonly parameters: readonly ParameterSpec[] };

export type ParameterSpec = ContinuousSpec | MixtureSpec | PoolSpec;

export interface ContinuousSpec {
  readonly kind: 'continuous';
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly scale?: 'linear' | 'log';
  readonly unit?: string;
}

/** Fractions that sum to one; `step` is what the dispenser can do (0.01 = one percent). */
export interface MixtureSpec {
  readonly kind: 'mixture';
  readonly name: string;
  readonly components: readonly MixtureComponent[];
  readonly step?: number;
}

export interface MixtureComponent {
  /** What the component is called: a formula where it is one. */
  readonly name: string;
  readonly min?: number;
  readonly max?: number;
}

/** A finite list of candidates, each with its features; a space with a pool has no other parameter. */
export interface PoolSpec {
  readonly kind: 'pool';
  readonly name: string;
  readonly features: readonly string[];
  readonly candidates: readonly PoolCandidate[];
}

export interface PoolCandidate {
  readonly id: string;
  /** One value a feature, in the order of `features`. */
  readonly values: readonly number[];
}

/** One point of a space: a number for a continuous parameter, fractions for a mixture, a candidate's id for a pool. */
export type Point = { readonly [parameter: string]: PointValue };
export type PointValue = number | string | { readonly [component: string]: number };
