/**
 * What must hold of a point beside the bounds of its parameters. Numbers are named `parameter`, the fractions of a
 * mixture `parameter.component`.
 */
export type ConstraintSpec =
  | LinearConstraint
  | SumConstraint
  | RatioConstraint
  | ForbiddenConstraint
  | NeutralConstraint
  | ExpressionConstraint;

export const constraintKinds = [
  'linear',
  'sum',
  'ratio',
  'forbidden',
  'neutral',
  'expression',
] as const satisfies readonly ConstraintSpec['kind'][];

export const relations = ['<=', '>=', '='] as const;
export type Relation = (typeof relations)[number];

/** Σ times·of is at most, at least or equal to `bound`. */
export interface LinearConstraint {
  readonly kind: 'linear';
  readonly name?: string;
  readonly terms: readonly LinearTerm[];
  readonly relation: Relation;
  readonly bound: number;
}

export interface LinearTerm {
  readonly of: string;
  readonly times: number;
}

export interface SumConstraint {
  readonly kind: 'sum';
  readonly name?: string;
  readonly of: readonly string[];
  readonly relation: Relation;
  readonly bound: number;
}

/** min ≤ of/to ≤ max, as min·to ≤ of ≤ max·to: where both are absent it holds. `to` is never negative. */
export interface RatioConstraint {
  readonly kind: 'ratio';
  readonly name?: string;
  readonly of: string;
  readonly to: string;
  readonly min?: number;
  readonly max?: number;
}

/** Not all of these at once. */
export interface ForbiddenConstraint {
  readonly kind: 'forbidden';
  readonly name?: string;
  readonly when: readonly Condition[];
}

/** One of the values named, or a number within limits; with several of them, all hold. */
export interface Condition {
  readonly of: string;
  readonly is?: readonly (string | number)[];
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

/** The charges of a mixture's components, weighed by their fractions, sum to zero. */
export interface NeutralConstraint {
  readonly kind: 'neutral';
  readonly name?: string;
  /** A mixture. */
  readonly of: string;
  /** The charge of one unit of each component; where left out, chemistry knows it by the component's name. */
  readonly charges?: { readonly [component: string]: number };
}

/** A condition in words: `temperature * time <= 5e5 and not (gas = 'H2' and temperature > 600)`. */
export interface ExpressionConstraint {
  readonly kind: 'expression';
  readonly name?: string;
  readonly expression: string;
}
