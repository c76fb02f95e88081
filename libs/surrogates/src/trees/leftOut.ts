/** Running moments over those trees that have not seen a row. */
import type { LeftOut } from '../contract.js';
import { standardisation } from '../data.js';
import { calibrate, type Calibration } from './calibration.js';

export class UnseenMoments {
  readonly count: Float64Array;
  readonly mean: Float64Array;
  private readonly squares: Float64Array;
  private readonly within: Float64Array;

  constructor(private readonly y: Float64Array) {
    this.count = new Float64Array(y.length);
    this.mean = new Float64Array(y.length);
    this.squares = new Float64Array(y.length);
    this.within = new Float64Array(y.length);
  }

  add(i: number, value: number, variance: number): void {
    const count = this.count[i]! + 1;
    const off = value - this.mean[i]!;
    this.count[i] = count;
    this.mean[i] = this.mean[i]! + off / count;
    this.squares[i] = this.squares[i]! + off * (value - this.mean[i]);
    this.within[i] = this.within[i]! + variance;
  }

  /** Variance between the trees and within their leaves. */
  spread(i: number): number {
    return (this.squares[i]! + this.within[i]!) / this.count[i]!;
  }

  /** Where every tree has seen a row, it is left out with the mean and spread of all of y. */
  finish(weights: Float64Array): { readonly leftOut: LeftOut; readonly calibration: Calibration } {
    const { y, count } = this;
    const { centre, spread } = standardisation(y);
    const judged = Array.from(y.keys()).filter((i) => count[i]! > 0 && weights[i]! > 0);
    const calibration =
      judged.length > 0
        ? calibrate(
            Float64Array.from(judged, (i) => y[i]! - this.mean[i]!),
            Float64Array.from(judged, (i) => this.spread(i)),
          )
        : { scale: 1, floor: spread * spread };
    const { scale, floor } = calibration;
    const known = (i: number) => count[i]! > 0;
    return {
      calibration,
      leftOut: {
        mean: Array.from(y, (_, i) => (known(i) ? this.mean[i]! : centre)),
        variance: Array.from(y, (_, i) => (known(i) ? scale * (this.spread(i) + floor) : spread * spread)),
        actual: Array.from(y),
      },
    };
  }
}
