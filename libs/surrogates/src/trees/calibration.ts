/**
 * What the trees say of their own spread is too wide for the mean of many of them, and 0 where all leaves are pure. It is therefore taken as
 * scale·(spread + floor): the floor is a share of the mean squared left-out error, and the scale is the one for which the quantiles of the left-out
 * errors, in units of their spread, lie on average where those of a normal lie. Few rows say little: they leave the scale nearer to 1.
 */
import { exp, log } from '@ionloop/linalg';

const { abs, ceil, max, min, sqrt } = Math;

export interface Calibration {
  readonly scale: number;
  /** In units of y². */
  readonly floor: number;
}

const rowsOfDoubt = 10;
/** Central intervals and the normal's half-width of each. */
const intervals = [
  { share: 0.5, half: 0.6744897501960817 },
  { share: 0.6, half: 0.8416212335729143 },
  { share: 0.7, half: 1.0364333894937896 },
  { share: 0.8, half: 1.2815515655446004 },
  { share: 0.9, half: 1.6448536269514722 },
  { share: 0.95, half: 1.959963984540054 },
];

/** From left-out errors and the spread (a variance) that was predicted for each. */
export function calibrate(errors: Float64Array, spread: Float64Array, floorShare = 0.03): Calibration {
  const n = errors.length;
  if (n === 0) return { scale: 1, floor: 0 };
  const meanSquare = errors.reduce((sum, error) => sum + error * error, 0) / n;
  if (meanSquare === 0) return { scale: 1, floor: 0 };
  const floor = floorShare * meanSquare;
  const z = errors.map((error, i) => abs(error) / sqrt(spread[i]! + floor)).sort();
  let sum = 0;
  for (const { share, half } of intervals) {
    const quantile = z[min(n, ceil(share * (n + 1))) - 1]!;
    // Some errors may be 0: a ratio of a tenth is as far as the scale follows.
    sum += log(max(0.1, quantile / half));
  }
  const mean = sum / intervals.length;
  return { scale: exp((2 * mean * n) / (n + rowsOfDoubt)), floor };
}
