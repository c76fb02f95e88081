/** One contestant against another on the seeds that both have played, seed by seed: seeded bootstrap and seeded exchange of signs. */
import { Philox } from '@ionloop/linalg';

const resamples = 2000;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const quantile = (sorted, share) => sorted[Math.round(share * (sorted.length - 1))];

export const shared = (a, b) => a.seeds.filter((seed) => b.seeds.includes(seed));

/** Of the experiments to the first hit, ours over theirs, seed by seed: below 1 we are ahead. `p`: how often chance alone would differ as much. */
export function firstRatio(ours, theirs) {
  const seeds = shared(ours, theirs);
  const logs = seeds.map((seed) => Math.log(ours.figures[seed].first / theirs.figures[seed].first));
  return { ...interval(logs, (drawn) => Math.exp(mean(drawn))), p: byChance(logs), seeds: seeds.length };
}

/** Of the mean shares found, ours over theirs: above 1 we are ahead. */
export function foundRatio(ours, theirs, top) {
  const seeds = shared(ours, theirs);
  const pairs = seeds.map((seed) => [ours.figures[seed].found, theirs.figures[seed].found]);
  const { ratio, low, high } = interval(pairs, (drawn) => ratioOfShares(drawn, top));
  return { ratio, low, high, p: byChance(pairs.map(([a, b]) => a - b)), seeds: seeds.length };
}

/** Nobody's share counts as less than half a find in all runs together: a ratio to nothing says nothing. */
function ratioOfShares(pairs, top) {
  const least = 0.5 / top / pairs.length;
  return Math.max(mean(pairs.map(([a]) => a)), least) / Math.max(mean(pairs.map(([, b]) => b)), least);
}

function interval(values, of) {
  const stream = Philox.fromSeed('bootstrap of a ratio');
  const drawn = Array.from({ length: resamples }, () =>
    of(values.map(() => values[stream.integer(values.length)])),
  ).sort((a, b) => a - b);
  return { ratio: of(values), low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) };
}

function byChance(differences) {
  const stream = Philox.fromSeed('exchange of signs');
  const seen = Math.abs(mean(differences));
  let asFar = 1;
  for (let i = 0; i < resamples; i++) {
    const flipped = differences.map((value) => (stream.uniform() < 0.5 ? -value : value));
    if (Math.abs(mean(flipped)) >= seen - 1e-12) asFar++;
  }
  return asFar / (resamples + 1);
}

/**
 * Geometric means over the pools, theirs over ours for the first hit and ours over theirs for what was found: above 1 we are ahead. Seeds are drawn anew within each
 * pool for the interval.
 */
export function overall(pools) {
  const stream = Philox.fromSeed('bootstrap over pools');
  const prepared = pools.map(({ ours, theirs, top }) => ({
    top,
    pairs: shared(ours, theirs).map((seed) => [ours.figures[seed], theirs.figures[seed]]),
  }));
  const over = (draw) => {
    const logs = prepared.map(({ top, pairs }) => {
      const drawn = draw(pairs);
      return {
        first: mean(drawn.map(([a, b]) => Math.log(b.first / a.first))),
        found: Math.log(
          ratioOfShares(
            drawn.map(([a, b]) => [a.found, b.found]),
            top,
          ),
        ),
      };
    });
    return {
      first: Math.exp(mean(logs.map(({ first }) => first))),
      found: Math.exp(mean(logs.map(({ found }) => found))),
    };
  };
  const drawn = Array.from({ length: 500 }, () =>
    over((pairs) => pairs.map(() => pairs[stream.integer(pairs.length)])),
  );
  const measured = over((pairs) => pairs);
  const between = (what) => {
    const sorted = drawn.map((each) => each[what]).sort((a, b) => a - b);
    return { ratio: measured[what], low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
  };
  const seeds = prepared.map(({ pairs }) => pairs.length);
  return {
    pools: pools.length,
    seeds: [Math.min(...seeds), Math.max(...seeds)],
    first: between('first'),
    found: between('found'),
  };
}
