import type { Point } from '@ionloop/domain';
import type { StreamSpec } from '@ionloop/space';
import type { SurrogateJson } from '@ionloop/surrogates';

/** A hard criterion on columns, in their own units where they have some. */
export type Filter = RangeFilter | SumFilter | RatioFilter;

interface Limits {
  readonly name: string;
  readonly min?: number;
  readonly max?: number;
}

export interface RangeFilter extends Limits {
  readonly kind: 'range';
  readonly column: string;
}

export interface SumFilter extends Limits {
  readonly kind: 'sum';
  readonly columns: readonly string[];
}

/** of ÷ to; where `to` is 0 nothing passes. */
export interface RatioFilter extends Limits {
  readonly kind: 'ratio';
  readonly of: string;
  readonly to: string;
}

export const screenAcquisitions = ['mean', 'ucb', 'log-ei'] as const;
export type ScreenAcquisition = (typeof screenAcquisitions)[number];

export interface StudentSettings {
  /** How many candidates the teacher labels. */
  readonly labels: number;
  /** How many times more candidates than are wanted in the end go back to the teacher. */
  readonly alpha: number;
  /** The student's columns, of substitutions: the properties of elements that are looked up for every candidate. */
  readonly properties?: readonly string[];
}

export interface ScreenSettings {
  readonly space: StreamSpec;
  /** How many candidates are wanted. */
  readonly top: number;
  readonly acquisition: ScreenAcquisition;
  /** Standard deviations that optimism adds; of 'ucb' alone. */
  readonly beta: number;
  readonly filters: readonly Filter[];
  readonly student: StudentSettings | null;
  /** Numbers from … to; all where it is left out. */
  readonly range: { readonly from: string; readonly to: string } | null;
  readonly seed: string;
}

/** Everything that any thread or machine needs to score any chunk: plain data. */
export interface ScreenPlan {
  readonly version: 1;
  readonly settings: ScreenSettings;
  readonly from: string;
  readonly to: string;
  /** How many numbers make a chunk. */
  readonly chunk: number;
  /** −1 where small values are wanted: the model is of −y. */
  readonly sign: 1 | -1;
  readonly model: SurrogateJson;
  /** The largest prediction at a measured point, and the smallest response, in the model's direction. */
  readonly best: number;
  readonly floor: number;
  /** Points that worked and points that failed, where any has failed. */
  readonly worked: readonly Point[];
  readonly failed: readonly Point[];
  readonly student: Student | null;
}

/** A polynomial of the standardised columns, and how well it does on labels that it has not seen. */
export interface Student {
  readonly centres: readonly number[];
  readonly spreads: readonly number[];
  /** Term t is term parents[t] times column factors[t]; the first is 1. */
  readonly parents: readonly number[];
  readonly factors: readonly number[];
  readonly weights: readonly number[];
  readonly report: StudentReport;
}

export interface StudentReport {
  readonly degree: number;
  readonly labels: number;
  /** Labels that had no part in training. */
  readonly heldOut: number;
  /** Spearman's rank correlation with the teacher. */
  readonly rankAgreement: number;
  /** The share of the teacher's best `among` held-out candidates that is among the student's best alpha·among. */
  readonly recall: number;
  readonly among: number;
}

/** One of the best, as the teacher sees it. */
export interface ScreenedCandidate {
  readonly index: string;
  readonly point: Point;
  readonly score: number;
  /** On the models' scale, in the property's own direction. */
  readonly mean: number;
  readonly sd: number;
}
