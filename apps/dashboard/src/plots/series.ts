import { fromModel, type Objective } from '../format/objective.js';

export interface ProgressPoint {
  readonly experimentNumber: number;
  readonly value: number;
  /** Null before a result keeps all limits. */
  readonly best: number | null;
  readonly predictedMean: number | null;
  readonly predictedSd: number | null;
  readonly at: string;
}

/** An experiment that ended without a value. */
export interface Failure {
  readonly experimentNumber: number;
  readonly what: string;
  readonly at: string;
}

/** `n` counts the experiments that ended, with or without a value, in the order they did: what the budget counts. */
export interface Curve {
  readonly count: number;
  readonly points: readonly {
    readonly n: number;
    readonly experiment: number;
    readonly value: number;
    readonly best: number | null;
    readonly improved: boolean;
  }[];
  readonly failures: readonly { readonly n: number; readonly experiment: number; readonly what: string }[];
  /** Neighbouring results that had a prediction share a run; each run becomes one area. */
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
  failures: readonly Failure[],
): Curve {
  const endOf = failures.map(({ at }) => new Date(at).getTime()).sort((a, b) => a - b);
  let run = 0;
  let before: number | null = null;
  const points: Curve['points'][number][] = [];
  const band: Curve['band'][number][] = [];
  progress.forEach(({ experimentNumber, value, best, predictedMean: mean, predictedSd: sd, at }, i) => {
    const n = i + 1 + endOf.filter((end) => end < new Date(at).getTime()).length;
    points.push({ n, experiment: experimentNumber, value, best, improved: best !== before });
    before = best;
    if (mean === null || sd === null) run++;
    else band.push({ n, run, ...onScale(objective, mean, sd) });
  });
  const taken = new Set(points.map(({ n }) => n));
  const free = Array.from({ length: progress.length + failures.length }, (_, i) => i + 1).filter(
    (n) => !taken.has(n),
  );
  const inOrder = [...failures].sort((a, b) => new Date(a.at).getTime() - new Date(b.at).getTime());
  return {
    count: progress.length + failures.length,
    points,
    failures: inOrder.map(({ experimentNumber, what }, i) => ({
      n: free[i] ?? 0,
      experiment: experimentNumber,
      what,
    })),
    band,
  };
}

const onScale = (
  objective: Pick<Objective, 'transform'>,
  mean: number,
  sd: number,
): { readonly mean: number; readonly low: number; readonly high: number } => ({
  mean: fromModel(objective, mean),
  low: fromModel(objective, mean - 2 * sd),
  high: fromModel(objective, mean + 2 * sd),
});

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
