/**
 * A third of the experiments fail by a rule that nobody is told: on one side of a plane through the inputs, drawn by the seed. What share of the planner's proposals
 * still fails once it has made thirty?
 */
import { toModelScale } from '@ionloop/chemistry';
import { Philox } from '@ionloop/linalg';
import { plan } from '@ionloop/planner';
import { spaceOf } from '../../../apps/cli/dist/replay/pool.js';
import { featuresOf } from '../features.mjs';
import { judge } from '../figures.mjs';
import { replayPool } from '../replay-pool.mjs';
import { initialOf, loadPool, observed } from '../pools.mjs';
import { requestOf } from '../request.mjs';

export function benchFailures({ settings, say }) {
  const { pools, seeds, learning, budget } = settings.failures;
  const rows = pools.flatMap((name) => {
    const pool = loadPool(name, settings.points);
    const { top } = judge(pool);
    const runs = Array.from({ length: seeds }, (_, seed) => {
      say(`hidden failures: ${name}, seed ${seed}`);
      return run(pool, seed, { ...settings, budget }, brokenRows(pool, seed));
    });
    const share = (from, to) =>
      runs.reduce((sum, { failed }) => sum + mean(failed.slice(from, to)), 0) / runs.length;
    const found = runs.map(({ order }) => order.filter((row) => top.has(row)).length);
    return [
      {
        pool: name,
        'fail by the rule': mean(runs.map(({ broken }) => broken)),
        [`of the first ${learning} proposals`]: share(0, learning),
        'of those after': share(learning),
        'top 5 % found': mean(found),
      },
    ];
  });
  return {
    cases: [{ title: `Hidden failures, \`auto\`, ${seeds} seeds`, rows }],
    checks: rows.map((row) => ({
      what: `${row.pool}: proposals that fail after ${learning}`,
      value: row['of those after'],
      limit: 0.1,
      sign: '<',
      passed: row['of those after'] < 0.1,
    })),
  };
}

const mean = (values) => values.reduce((sum, value) => sum + Number(value), 0) / Math.max(1, values.length);

/** The third that lies farthest along a drawn direction. Names count by a drawn number for each. */
function brokenRows(pool, seed) {
  const stream = Philox.fromSeed(`bench/discovery/failures/${pool.name}/${seed}`);
  const sums = pool.truth.map(() => 0);
  for (const { kind, values } of featuresOf(pool)) {
    const numbers = kind === 'number' ? values : drawnNumbers(values, stream);
    const low = Math.min(...numbers);
    const range = Math.max(...numbers) - low;
    const weight = stream.normal();
    if (range > 0) numbers.forEach((value, i) => (sums[i] += (weight * (value - low)) / range));
  }
  const bar = sums.toSorted((a, b) => a - b)[Math.ceil((2 * sums.length) / 3)];
  return new Set(sums.flatMap((sum, i) => (sum >= bar ? [i] : [])));
}

function drawnNumbers(values, stream) {
  const numbers = new Map();
  return values.map((value) => {
    if (!numbers.has(value)) numbers.set(value, stream.uniform());
    return numbers.get(value);
  });
}

function run(pool, seed, { initial, budget }, brokenSet) {
  const values = observed(pool, seed);
  const space = spaceOf(replayPool(pool, seed));
  const { transform, goal, target } = pool;
  const order = initialOf(pool, seed, initial);
  const failed = [];
  while (order.length < Math.min(budget, values.length)) {
    const good = order.filter((row) => !brokenSet.has(row));
    const { proposals } = plan(
      requestOf({
        ...{ space, property: target, goal, initial, done: order.length },
        seed: `bench/failures/${seed}/${order.length}`,
        seen: good.map((row) => ({ row, value: toModelScale(values[row], transform) })),
        failures: order.filter((row) => brokenSet.has(row)),
      }),
    );
    const row = Number(proposals[0].point.row);
    failed.push(brokenSet.has(row));
    order.push(row);
  }
  return {
    order: order.filter((row) => !brokenSet.has(row)),
    failed,
    broken: brokenSet.size / values.length,
  };
}
