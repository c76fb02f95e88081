import { centralShare } from './normal.js';

export interface LeftOutPrediction {
  readonly mean: number;
  readonly sd: number;
  readonly actual: number;
}

/** How far a result lies from its prediction, in the prediction's own standard deviations; above 0 where it is higher. */
export const surpriseOf = ({ mean, sd, actual }: LeftOutPrediction): number => (actual - mean) / sd;

export interface CalibrationPoint {
  /** The share that the model promises. */
  readonly promised: number;
  /** The share that came true. */
  readonly held: number;
  /** Where 19 of 20 models that keep their promises would lie, with so few results. */
  readonly low: number;
  readonly high: number;
}

export interface Calibration {
  readonly count: number;
  readonly points: readonly CalibrationPoint[];
  readonly verdict: 'right' | 'too sure' | 'too careful';
}

const levels = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);
const judged = [0.5, 0.8, 0.95];
const twoSided95 = 1.96;

/** For each interval that a model could give, the share of the left-out results that it holds. */
export function calibrationOf(leftOut: readonly LeftOutPrediction[]): Calibration {
  const usable = leftOut.filter(({ sd }) => sd > 0);
  const count = usable.length;
  const depths = usable.map((each) => centralShare(surpriseOf(each)));
  const points = levels.map((promised) => {
    const chance = twoSided95 * Math.sqrt((promised * (1 - promised)) / Math.max(1, count));
    return {
      promised,
      held: depths.filter((depth) => depth <= promised + 1e-9).length / Math.max(1, count),
      low: Math.max(0, promised - chance),
      high: Math.min(1, promised + chance),
    };
  });
  return { count, points, verdict: verdictOf(points) };
}

function verdictOf(points: readonly CalibrationPoint[]): Calibration['verdict'] {
  const marks = judged.flatMap((level) => points.find(({ promised }) => promised === level) ?? []);
  if (marks.some(({ held, low }) => held < low)) return 'too sure';
  return marks.some(({ held, high }) => held > high) ? 'too careful' : 'right';
}

export interface Surprise {
  readonly n: number;
  readonly experiment: number;
  readonly at: string;
  readonly z: number;
}

/** How far each result was from what had been predicted before it was made, in the order the results came. */
export const surprises = (
  progress: readonly {
    readonly experimentNumber: number;
    readonly value: number;
    readonly predictedMean: number | null;
    readonly predictedSd: number | null;
    readonly at: string;
  }[],
  toScale: (value: number) => number,
): readonly Surprise[] =>
  progress.flatMap(({ experimentNumber, value, predictedMean: mean, predictedSd: sd, at }, i) => {
    if (mean === null || sd === null || !(sd > 0)) return [];
    const z = surpriseOf({ mean, sd, actual: toScale(value) });
    return Number.isFinite(z) ? [{ n: i + 1, experiment: experimentNumber, at, z }] : [];
  });

/** The middle one of each value's neighbours within a window, so that a drift is seen through the scatter. */
export function runningMedian(values: readonly number[], width: number): readonly number[] {
  const half = Math.floor(width / 2);
  return values.map((_, i) => {
    const near = values.slice(Math.max(0, i - half), i + half + 1).sort((a, b) => a - b);
    const middle = Math.floor(near.length / 2);
    const upper = near[middle] ?? 0;
    return near.length % 2 === 1 ? upper : (upper + (near[middle - 1] ?? upper)) / 2;
  });
}

/** A model as it was fitted: from how many results, and how far off its left-out predictions were. */
export interface FittedOnce {
  readonly results: number;
  readonly rmse: number;
  readonly coverage95: number | null;
}
