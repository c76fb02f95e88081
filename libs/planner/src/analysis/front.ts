import { hypervolume, nonDominated } from '@ionloop/acquisition';
import type { AnalysisInput, FrontRequest, Point } from '@ionloop/domain';
import { invalidInput } from '@ionloop/domain';
import { matrix, type Matrix, selectRows } from '@ionloop/linalg';

export interface Front {
  readonly points: readonly FrontPoint[];
  /** How the volume grew, experiment by experiment: of the box between the worst and the best of each property. */
  readonly growth: readonly { readonly number: number; readonly volume: number }[];
}

export interface FrontPoint {
  readonly number: number;
  readonly point: Point;
  /** In the order of the objectives. */
  readonly values: readonly number[];
  /** Whether no other is at least as good in everything and better in something. */
  readonly onFront: boolean;
}

const mostOfCurve = 200;

/** Which measured experiments no other beats, and how the front grew. */
export function front({ objectives }: FrontRequest, { measured }: AnalysisInput): Front {
  if (measured.length === 0) {
    const names = objectives.map(({ property }) => property).join(', ');
    throw invalidInput('objectives', `no experiment has an accepted result of each of ${names}`);
  }
  const Y = scaled(
    measured.map(({ values }) => values),
    objectives.map(({ goal }) => (goal === 'maximise' ? 1 : -1)),
  );
  const best = new Set(nonDominated(Y));
  const points = measured.map((one, i) => ({ ...one, onFront: best.has(i) }));
  return {
    points,
    growth: growthOf(
      Y,
      measured.map(({ number }) => number),
    ),
  };
}

/** In [0, 1], larger is better; a property that does not vary is 1. */
function scaled(rows: readonly (readonly number[])[], signs: readonly (1 | -1)[]): Matrix {
  const Y = matrix(rows.length, signs.length);
  signs.forEach((sign, k) => {
    const values = rows.map((row) => sign * row[k]!);
    const [low, high] = [Math.min(...ends(values)), Math.max(...ends(values))];
    values.forEach((value, i) => {
      Y.data[i * signs.length + k] = high > low ? (value - low) / (high - low) : 1;
    });
  });
  return Y;
}

const ends = (values: readonly number[]): readonly [number, number] =>
  values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );

function growthOf(Y: Matrix, numbers: readonly number[]): Front['growth'] {
  const reference = new Float64Array(Y.cols);
  let kept: readonly number[] = [];
  const growth: { number: number; volume: number }[] = [];
  let volume = 0;
  for (let i = 0; i < Y.rows; i++) {
    const candidates = [...kept, i];
    const front = nonDominated(selectRows(Y, candidates)).map((at) => candidates[at]!);
    const grown = front.includes(i);
    kept = front;
    if (grown) volume = hypervolume(selectRows(Y, front), reference);
    // Where there are very many, those that add nothing are left out but for the last.
    if (grown || Y.rows <= mostOfCurve || i === Y.rows - 1) growth.push({ number: numbers[i]!, volume });
  }
  return growth;
}
