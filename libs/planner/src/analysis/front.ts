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
  /** Null where a limit was not measured. */
  readonly keepsLimits: boolean | null;
  /** Whether it is known to keep all limits, and no other such is at least as good in everything and better in something. */
  readonly onFront: boolean;
}

const mostOfCurve = 200;

/** Which measured experiments no other beats, and how the front grew. */
export function front({ objectives }: FrontRequest, { measured }: AnalysisInput): Front {
  if (measured.length === 0) {
    const names = objectives.map(({ property }) => property).join(', ');
    throw invalidInput('objectives', `no experiment has an accepted result of each of ${names}`);
  }
  const kept = measured.flatMap(({ keepsLimits }, i) => (keepsLimits === true ? [i] : []));
  const Y = inUnitBox(
    kept.map((i) => measured[i]!.merits),
    objectives.length,
  );
  const best = new Set(nonDominated(Y).map((row) => textOf(Y, row)));
  // Of equal ones all: whoever lies in a window is as good as any other there.
  const members = new Set(kept.filter((_, row) => best.has(textOf(Y, row))));
  return {
    points: measured.map(({ number, point, values, keepsLimits }, i) => ({
      ...{ number, point, values, keepsLimits },
      onFront: members.has(i),
    })),
    growth: growthOf(
      Y,
      new Map(kept.map((i, row) => [i, row])),
      measured.map(({ number }) => number),
    ),
  };
}

const textOf = ({ data, cols }: Matrix, row: number): string =>
  data.subarray(row * cols, (row + 1) * cols).join(' ');

/** In [0, 1], larger is better; a property that does not vary is 1. */
function inUnitBox(rows: readonly (readonly number[])[], properties: number): Matrix {
  const Y = matrix(rows.length, properties);
  for (let k = 0; k < properties; k++) {
    const merits = rows.map((row) => row[k]!);
    const [low, high] = ends(merits);
    merits.forEach((merit, i) => {
      Y.data[i * properties + k] = high > low ? (merit - low) / (high - low) : 1;
    });
  }
  return Y;
}

const ends = (values: readonly number[]): readonly [number, number] =>
  values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );

/** `rowOf` says of an experiment which row it is; one that has none adds nothing. */
function growthOf(
  Y: Matrix,
  rowOf: ReadonlyMap<number, number>,
  numbers: readonly number[],
): Front['growth'] {
  const reference = new Float64Array(Y.cols);
  let members: readonly number[] = [];
  const growth: { number: number; volume: number }[] = [];
  let volume = 0;
  numbers.forEach((number, i) => {
    const row = rowOf.get(i);
    const candidates = row === undefined ? members : [...members, row];
    const front = nonDominated(selectRows(Y, candidates)).map((at) => candidates[at]!);
    const grown = row !== undefined && front.includes(row);
    members = front;
    if (grown) volume = hypervolume(selectRows(Y, front), reference);
    // Where there are very many, those that add nothing are left out but for the last.
    if (grown || numbers.length <= mostOfCurve || i === numbers.length - 1) growth.push({ number, volume });
  });
  return growth;
}
