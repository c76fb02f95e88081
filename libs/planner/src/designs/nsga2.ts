import { fromColumns, nonDominated } from '@ionloop/acquisition';
import { fromRows, type Matrix, row, selectRows } from '@ionloop/linalg';
import { settable } from '../search/settable.js';
import type { Baseline } from '../strategies/strategy.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { crossed } from './moves.js';
import { worthOf } from './worth.js';

const population = 20;

/**
 * NSGA-II (Deb et al. 2002): parents are the best 20 results by front and, within a front, by how far apart they lie (crowding); winners of
 * tournaments of two are crossed. Every plan is a generation.
 */
export const geneticSearch: Baseline = ({ space, known, count, rng }) => {
  const { X, points, Y } = measuredInAll(known);
  const order = byFrontAndCrowding(Y).slice(0, population);
  const tournament = (label: string): number => {
    const stream = rng.split(label);
    return Math.min(stream.integer(order.length), stream.integer(order.length));
  };
  const parents = Array.from({ length: count }, (_, k) => [
    order[tournament(`first-${k}`)]!,
    order[tournament(`second-${k}`)]!,
  ]);
  const targets = fromRows(
    parents.map(([a, b], k) => Array.from(crossed(row(X, a!), row(X, b!), rng.split(`child-${k}`)))),
  );
  const starts = parents.map((pair) => pair.map((i) => points[i]!));
  return settable(space, targets, starts, known.taken, rng.split('settable')).flatMap((point) =>
    point === null ? [] : [{ point, reason: 'A cross between two of the best compromises so far.' }],
  );
};

function measuredInAll({ responses, X }: Knowledge) {
  const shared = responses[0].rows.filter((at) => responses.every(({ rows }) => rows.includes(at)));
  const columns = responses.map((response) => {
    const worth = worthOf(response);
    return Float64Array.from(shared, (at) => worth[response.rows.indexOf(at)]!);
  });
  const places = shared.map((at) => responses[0].rows.indexOf(at));
  return {
    X: selectRows(X, shared),
    points: places.map((i) => responses[0].points[i]!),
    Y: fromColumns(columns),
  };
}

/** Rows of Y (n,p), larger is better: front by front, and within one those with the most room around them first. */
export function byFrontAndCrowding(Y: Matrix): readonly number[] {
  const order: number[] = [];
  let left = Array.from({ length: Y.rows }, (_, i) => i);
  while (left.length > 0) {
    const front = nonDominated(selectRows(Y, left)).map((i) => left[i]!);
    const crowding = crowdingOf(Y, front);
    order.push(...front.toSorted((a, b) => crowding.get(b)! - crowding.get(a)! || a - b));
    left = left.filter((i) => !front.includes(i));
  }
  return order;
}

function crowdingOf(Y: Matrix, front: readonly number[]): ReadonlyMap<number, number> {
  const crowding = new Map(front.map((i) => [i, 0]));
  for (let k = 0; k < Y.cols; k++) {
    const at = (i: number): number => Y.data[i * Y.cols + k]!;
    const sorted = front.toSorted((a, b) => at(a) - at(b) || a - b);
    const range = at(sorted.at(-1)!) - at(sorted[0]!);
    sorted.forEach((i, place) => {
      const end = place === 0 || place === sorted.length - 1;
      const room = end ? Infinity : range > 0 ? (at(sorted[place + 1]!) - at(sorted[place - 1]!)) / range : 0;
      crowding.set(i, crowding.get(i)! + room);
    });
  }
  return crowding;
}
