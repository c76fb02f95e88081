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
  /** A name alone is a number on a linear scale that is known of every candidate. */
  readonly features: readonly (string | PoolFeature)[];
  readonly candidates: readonly PoolCandidate[];
}

/** `amount`: together, the features of this kind are what a candidate is made of. `formula`: a chemical formula. */
export interface PoolFeature {
  readonly name: string;
  readonly kind: 'number' | 'category' | 'amount' | 'formula';
  /** Of a number; linear where it is left out. */
  readonly scale?: 'linear' | 'log';
}

export interface PoolCandidate {
  readonly id: string;
  /** One value a feature, in the order of `features`. */
  readonly values: readonly PoolValue[];
}

/** Null where it is not known: a number is then taken as the median, an amount as 0, a category as one of its own. */
export type PoolValue = number | string | null;

/** One point of a space: a number for a continuous parameter, fractions for a mixture, a candidate's id for a pool. */
export type Point = { readonly [parameter: string]: PointValue };
export type PointValue = number | string | { readonly [component: string]: number };
