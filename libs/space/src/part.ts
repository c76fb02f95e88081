import type { PointValue } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';

/** How models should look at columns that belong together. */
export const blockKinds = ['numbers', 'categorical', 'composition', 'descriptors'] as const;
export type BlockKind = (typeof blockKinds)[number];

/** Neighbouring columns of one kind: each number alone, a category in one column, amounts that make up a whole, properties of one thing. */
export interface PartBlock {
  readonly kind: BlockKind;
  /** How many columns. */
  readonly width: number;
}

/** One parameter of a space at work: what its values are, how models see them, where new ones come from. */
export interface Part {
  readonly name: string;
  /** Names of the columns that models see. */
  readonly columns: readonly string[];
  /** The columns from the first to the last, divided by kind. */
  readonly blocks: readonly PartBlock[];
  /** How many values there are; null where there is a continuum. */
  readonly size: number | null;
  /** How many uniform numbers make one value. */
  readonly uniforms: number;
  /** The value in its canonical form, or a refusal that names `field`. */
  check(value: unknown, field: string): PointValue;
  /** Into the unit cube, one number a column; a column of a categorical block holds the category's number. */
  encode(value: PointValue): ArrayLike<number>;
  /** Whether the columns tell the value as it is: not where it lies beyond the bounds, or is no choice that they know. */
  sees(value: PointValue): boolean;
  /** Uniform numbers in [0, 1) to a uniformly distributed value that can be set in a lab. */
  draw(uniforms: readonly number[]): PointValue;
  /** Every value, where there are finitely many. */
  enumerate(): readonly PointValue[];
  /** What `encode` makes of each of them, one row after the other, where that is kept. */
  readonly rows?: Float64Array;
  /** A value a little away, by about `reach` of the range. */
  step(value: PointValue, reach: number, rng: Philox): PointValue;
  key(value: PointValue): string;
  describe(value: PointValue): string;
  /** What the columns hold where nothing was observed; only of a parameter that is observed and not chosen. */
  readonly unknown?: readonly number[];
  /** The numbers behind a value, where neighbouring numbers are neighbouring values. */
  readonly relaxed?: Relaxation;
}

/** A value as numbers that can be moved freely between bounds, and back to what can be set. */
export interface Relaxation {
  readonly axes: readonly RelaxedAxis[];
  /** The nearest value that can be set. */
  settle(numbers: readonly number[]): PointValue;
  /** The value at full precision; left out where there are steps. */
  exact?(numbers: readonly number[]): PointValue;
  /** Which of the axes are not zero in a value, where the others must stay zero: at most k components, a minimum dose. */
  support?(value: PointValue): readonly boolean[];
}

export interface RelaxedAxis {
  /** Of a mixture, whose axes sum to one. */
  readonly component: string | null;
  readonly min: number;
  readonly max: number;
  /** The distance of two settings; 0 where there are no steps. */
  readonly grid: number;
  readonly logarithmic: boolean;
}
