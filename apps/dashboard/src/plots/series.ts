import { fromModel, type Objective } from '../format/objective.js';

export interface ProgressPoint {
  readonly experimentNumber: number;
  readonly value: number;
  readonly best: number;
  readonly predictedMean: number | null;
  readonly predictedSd: number | null;
}

export interface Curve {
  /** One entry a result, `n` counting the experiments in the order their results came. */
  readonly points: readonly {
    readonly n: number;
    readonly experiment: number;
    readonly value: number;
    readonly best: number;
    readonly improved: boolean;
  }[];
  /** Runs of neighbouring results that had a prediction; each becomes one area. */
  readonly band: readonly {
    readonly n: number;
    readonly run: number;
    readonly mean: number;
    readonly low: number;
    readonly high: number;
  }[];
}

export function bestCurve(
  objective: Pick<Objective, 'transform'>,
  progress: readonly ProgressPoint[],
): Curve {
  let run = 0;
  let before: number | null = null;
  const points = progress.map(({ experimentNumber, value, best }, i) => {
    const improved = best !== before;
    before = best;
    return { n: i + 1, experiment: experimentNumber, value, best, improved };
  });
  const band = progress.flatMap(({ predictedMean: mean, predictedSd: sd }, i) => {
    if (mean === null || sd === null) {
      run++;
      return [];
    }
    const on = (value: number): number => fromModel(objective, value);
    return [{ n: i + 1, run, mean: on(mean), low: on(mean - 2 * sd), high: on(mean + 2 * sd) }];
  });
  return { points, band };
}

/** The values an axis has to show, on a log axis only those that can be; a band as far as it stays near the data. */
export function domainOf(
  values: readonly number[],
  band: readonly { readonly low: number; readonly high: number }[],
  log: boolean,
): readonly [number, number] {
  const on = (value: number): number => (log ? Math.log10(value) : value);
  const shown = values.filter((value) => !log || value > 0).map(on);
  if (shown.length === 0) return log ? [0.1, 10] : [0, 1];
  const low = Math.min(...shown);
  const high = Math.max(...shown);
  const room = Math.max(high - low, log ? 0.5 : Math.abs(high) * 0.1 || 1) * 0.5;
  const bandLow = Math.min(low, ...band.map((entry) => on(entry.low)).filter(Number.isFinite));
  const bandHigh = Math.max(high, ...band.map((entry) => on(entry.high)).filter(Number.isFinite));
  const from = Math.max(bandLow, low - room) - room * 0.12;
  const to = Math.min(bandHigh, high + room) + room * 0.12;
  return log ? [10 ** from, 10 ** to] : [from, to];
}

/** Path of a spark line in a box of `width` × `height`, the best at the right. */
export function sparkPath(values: readonly number[], width: number, height: number): string {
  if (values.length === 0) return '';
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  const step = width / Math.max(values.length - 1, 1);
  return (
    values
      .map((value, i) => {
        const x = (i * step).toFixed(1);
        const y = (height - ((value - low) / range) * height).toFixed(1);
        return i === 0 ? `M0,${y}` : `H${x}V${y}`;
      })
      .join('') + (values.length === 1 ? `H${width}` : '')
  );
}
