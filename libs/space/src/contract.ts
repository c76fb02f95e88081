import type { DesignName, Point, SpaceSpec } from '@ionloop/domain';
import type { Matrix, Philox } from '@ionloop/linalg';
import type { Block } from './columns.js';
import type { Effects } from './constraints/effects.js';
import type { Distance } from './distance.js';

/** What can be tried. A point that has passed `check` is good for every other function. */
export interface Space {
  readonly spec: SpaceSpec;
  /** How many columns models see. */
  readonly dimension: number;
  readonly names: readonly string[];
  /** All columns, by how models should look at them. */
  readonly blocks: readonly Block[];
  /** The columns that hold category numbers: what models call `categorical`. */
  readonly categorical: readonly number[];
  /** How far encoded points are from each other, whatever their columns hold. */
  readonly distance: Distance;
  /** How many points there are, where that is finite and at most a million. */
  readonly size: number | null;
  /** The point in its canonical form, or a refusal that names what is wrong with it. */
  check(point: unknown): Point;
  /** Whether models see the point as it is: not where a number lies beyond its bounds, or a choice is not known. */
  sees(point: Point): boolean;
  /** (m, dimension), in the unit cube but for category numbers, which are whole. */
  encode(points: readonly Point[]): Matrix;
  /** The same of the points from `from` up to `to` of those that `enumerate` lists, without looking at each where that can be. */
  encodeListed(from: number, to: number): Matrix;
  /** Every point, where `size` says how many there are. */
  enumerate(): readonly Point[];
  /** Different points, evenly spread by chance; fewer than `count` only where the space has no more. */
  sample(count: number, rng: Philox): readonly Point[];
  /** How many numbers in [0, 1) make a point. */
  readonly uniforms: number;
  /** The point of so many uniform numbers: evenly drawn where they are; null where a constraint refuses it. */
  drawn(numbers: readonly number[]): Point | null;
  /** Points to start with, none of them to avoid: by `spread` far from each other and from those, or by another design. */
  initialDesign(count: number, rng: Philox, avoid?: readonly Point[], design?: DesignName): readonly Point[];
  /** Different points near `point`, without itself; possibly fewer than `count`. */
  neighbours(point: Point, rng: Philox, count: number): readonly Point[];
  /** Two points are the same experiment if their keys are. */
  key(point: Point): string;
  describe(point: Point): string;
  /** What each constraint takes away; of all points where they can be listed, else of some drawn evenly. */
  effects(): Effects;
  /** Points for a map; null where the space cannot be drawn. */
  grid(resolution: number): readonly Point[] | null;
}
