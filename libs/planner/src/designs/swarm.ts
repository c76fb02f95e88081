import { fromRows, row } from '@ionloop/linalg';
import { settable } from '../search/settable.js';
import type { Baseline } from '../strategies/strategy.js';
import { swarmStep } from './moves.js';
import { worthOf } from './worth.js';

const particles = 8;

/** The results in their order are the steps of eight particles that take turns. */
export const particleSwarm: Baseline = ({ space, known, count, rng }) => {
  const [{ data, points }] = known.responses;
  const worth = worthOf(known.responses[0]);
  const rowAt = (i: number): Float64Array => row(data.X, i);
  const bestOf = (rows: readonly number[]): number => rows.reduce((a, b) => (worth[b]! > worth[a]! ? b : a));
  const all = points.map((_, i) => i);
  const leader = bestOf(all);
  const moves = Array.from({ length: count }, (_, k) => {
    const turn = (points.length + known.pending.length + k) % Math.min(particles, points.length);
    const path = all.filter((i) => i % Math.min(particles, points.length) === turn);
    const last = path.at(-1)!;
    const particle = { at: rowAt(last), before: rowAt(path.at(-2) ?? last), best: rowAt(bestOf(path)) };
    return {
      target: swarmStep(particle, rowAt(leader), rng.split(`particle-${k}`)),
      starts: [last, bestOf(path), leader].map((i) => points[i]!),
    };
  });
  const targets = fromRows(moves.map(({ target }) => Array.from(target)));
  return settable(
    space,
    targets,
    moves.map(({ starts }) => starts),
    known.taken,
    rng.split('settable'),
  ).flatMap((point) =>
    point === null
      ? []
      : [{ point, reason: "A particle's next step, between its own best point and the best of all." }],
  );
};
