/** What a run was worth, from the order in which it asked for rows and the truth about them. */
import { toModelScale } from '@ionloop/chemistry';
import { acceleration, enhancement } from '../../apps/cli/dist/replay/gain.js';
import { estimate } from '../../apps/cli/dist/report/statistics.js';
import { topRows } from '../../apps/cli/dist/replay/summary.js';
import { observed } from './pools.mjs';

export const checkpoints = [10, 20, 40, 60];

export function judge(pool) {
  const { truth, goal, transform } = pool;
  const top = topRows({ candidates: truth.map((value, index) => ({ index, value })) }, goal);
  const sign = goal === 'max' ? 1 : -1;
  const worth = truth.map((value) => sign * toModelScale(value, transform));
  const sorted = worth.toSorted((a, b) => a - b);
  const best = sorted.at(-1);
  const middle = sorted[sorted.length >> 1];
  return { pool, top, worth, best, middle, natural: truth };
}

/** `regret`: how far the best so far is from the best of all, over the distance of the pool's median from it, averaged over the experiments. */
export function figuresOf({ top, worth, best, middle, natural }, { order }) {
  const hits = order.map((row) => top.has(row));
  const at = hits.indexOf(true);
  let leader = order[0];
  const leaders = order.map((row) => (leader = worth[row] > worth[leader] ? row : leader));
  const regrets = leaders.map((row) => (best - worth[row]) / (best - middle));
  return {
    hits,
    first: at < 0 ? order.length + 1 : at + 1,
    found: hits.filter(Boolean).length / top.size,
    best: leaders.map((row) => natural[row]),
    regret: regrets.reduce((sum, value) => sum + value, 0) / regrets.length,
  };
}

/** Over all seeds that were played: {seeds, figures by seed, and their summary}. */
export function summarise(judged, runs) {
  const played = Object.entries(runs).filter(([, run]) => run.failed === undefined);
  const failed = Object.entries(runs).flatMap(([seed, run]) =>
    run.failed === undefined ? [] : [{ seed, why: run.failed }],
  );
  if (played.length === 0) return { seeds: [], failed };
  const figures = Object.fromEntries(played.map(([seed, run]) => [seed, figuresOf(judged, run)]));
  const all = Object.values(figures);
  const size = { top: judged.top.size, pool: judged.worth.length };
  const hits = all.map((each) => each.hits);
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    seeds: Object.keys(figures),
    failed,
    figures,
    first: estimate(all.map(({ first }) => first)),
    found: estimate(all.map(({ found }) => found)),
    best: Object.fromEntries(
      checkpoints
        .filter((at) => all.every(({ best }) => best.length >= at))
        .map((at) => [at, estimate(all.map(({ best }) => best[at - 1])).median]),
    ),
    regret: mean(all.map(({ regret }) => regret)),
    af: acceleration(hits, size),
    ef: enhancement(hits, size, checkpoints),
    seconds: mean(played.flatMap(([, { seconds }]) => seconds)),
    calibration: calibrationOf(judged.pool, played),
  };
}

const normal = { 50: 0.67449, 80: 1.28155, 95: 1.95996 };

/** How often what was measured fell inside what had been predicted of it; the spread is of the property itself, so noise makes it less. */
function calibrationOf(pool, played) {
  const scored = played.flatMap(([seed, { order, predicted }]) => {
    if (predicted === undefined) return [];
    const values = observed(pool, Number(seed));
    const initial = order.length - predicted.length;
    return predicted.flatMap((one, i) => {
      if (one === null) return [];
      const value = toModelScale(values[order[initial + i]], pool.transform);
      return [Math.abs(value - one[0]) / one[1]];
    });
  });
  if (scored.length === 0) return null;
  return Object.fromEntries(
    Object.entries(normal).map(([percent, z]) => [
      percent,
      scored.filter((off) => off <= z).length / scored.length,
    ]),
  );
}
