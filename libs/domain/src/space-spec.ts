import type { ConstraintSpec } from './constraint-spec.js';

/** What can be varied, as plain data. What it means (bounds, sampling, encoding) is the business of @ionloop/space. */
export type SpaceSpec = {
  readonly parameters: readonly ParameterSpec[];
  /** What else must hold of a point. */
  readonly constraints?: readonly ConstraintSpec[];
};

export type ParameterSpec =
  ContinuousSpec | IntegerSpec | LevelsSpec | CategoricalSpec | MixtureSpec | PoolSpec | ContextSpec;

export const parameterKinds = [
  'continuous',
  'integer',
  'levels',
  'categorical',
  'mixture',
  'pool',
  'context',
] as const satisfies readonly ParameterSpec['kind'][];

export type Scale = 'linear' | 'log';

export interface ContinuousSpec {
  readonly kind: 'continuous';
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly scale?: Scale;
  readonly unit?: string;
  /** What the instrument can be set to: min, min + step, min + 2·step …, also on a logarithmic scale. */
  readonly step?: number;
}

/** Whole numbers from min to max. */
export interface IntegerSpec {
  readonly kind: 'integer';
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly scale?: Scale;
  readonly unit?: string;
}

/** A few numbers with an order: sieve sizes, the speeds of a mill. */
export interface LevelsSpec {
  readonly kind: 'levels';
  readonly name: string;
  /** Ascending. */
  readonly levels: readonly number[];
  /** On which models see how far apart the levels are. */
  readonly scale?: Scale;
  readonly unit?: string;
}

/** Named choices without an order. */
export interface CategoricalSpec {
  readonly kind: 'categorical';
  readonly name: string;
  readonly choices: readonly string[];
}

/** Fractions that sum to one; `step` is what the dispenser can do (0.01 = one percent). */
export interface MixtureSpec {
  readonly kind: 'mixture';
  readonly name: string;
  readonly components: readonly MixtureComponent[];
  readonly step?: number;
  /** At most so many components are in one mixture. */
  readonly mostComponents?: number;
  /** The smallest fraction that can be added: a component is absent or at least so much. */
  readonly minimumDose?: number;
}

export interface MixtureComponent {
  /** What the component is called: a formula where it is one. */
  readonly name: string;
  readonly min?: number;
  readonly max?: number;
}

/** A finite list of candidates, each with its features. */
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

/**
 * Observed, not chosen: the temperature of the room, the humidity of the glove box. A point may leave it out, and a
 * proposal always does; models see it where it is known and `usual` where it is not.
 */
export interface ContextSpec {
  readonly kind: 'context';
  readonly name: string;
  /** The range that is expected: it scales what models see and refuses nothing. */
  readonly min: number;
  readonly max: number;
  readonly scale?: Scale;
  readonly unit?: string;
  /** What is taken where nothing was observed, and so what predictions are made for; the middle where it is left out. */
  readonly usual?: number;
}

/**
 * One point of a space: a number for a continuous, an integer or a levels parameter and for a context, the name of a
 * choice, fractions for a mixture, a candidate's id for a pool.
 */
export type Point = { readonly [parameter: string]: PointValue };
export type PointValue = number | string | { readonly [component: string]: number };
