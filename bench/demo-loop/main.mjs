/**
 * The demo campaign, closed loop: does `auto` find in 30 experiments what random search has not found in 60?
 * After `npm run build`: npm run bench:demo -- [seeds] [--check]; --check ends with 1 where it does not.
 */
import { parseArgs } from 'node:util';
import { Philox } from '../../libs/linalg/dist/index.js';
import { plan } from '../../libs/planner/dist/index.js';
import { openSpace } from '../../libs/space/dist/index.js';
import { analyticTruth } from './truth.mjs';

const campaign = {
  space: {
    parameters: [
      {
        kind: 'mixture',
        name: 'composition',
        step: 0.01,
        components: [{ name: 'Li3PO4' }, { name: 'Li3BO3' }, { name: 'Li2SO4' }],
      },
    ],
  },
  objectives: [
    {
      property: 'ionic_conductivity',
      goal: 'maximise',
      transform: 'log10',
      unit: 'S/cm',
      temperatureC: 300,
    },
  ],
};
const initial = 8;
const atOnce = 4;
const budgets = { auto: 30, random: 60 };
/** Of one measurement, in decades: what the simulated lab has. */
const noiseSd = 0.06;

/** The best true value after each experiment. */
function run(strategy, budget, seed, truth) {
  const noise = Philox.fromSeed(`${seed}/noise`);
  const observations = [];
  const trace = [];
  while (observations.length < budget) {
    const { proposals } = plan({
      ...campaign,
      strategy: { name: strategy, initial },
      seed: `${seed}/plan-${observations.length}`,
      count: Math.min(atOnce, budget - observations.length),
      experimentsSoFar: observations.length,
      observations,
      failures: [],
      pending: [],
    });
    for (const { point } of proposals) {
      const value = truth(point);
      observations.push({ point, values: [value + noiseSd * noise.normal()] });
      trace.push(Math.max(value, trace.at(-1) ?? -Infinity));
    }
  }
  return trace;
}

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};
const siemens = (log10) => (10 ** log10).toExponential(2);

export function compare(truth, name, seeds) {
  const possible = Math.max(...openSpace(campaign.space).enumerate().map(truth));
  const started = performance.now();
  const rows = Array.from({ length: seeds }, (_, seed) => ({
    seed,
    auto: run('auto', budgets.auto, `auto-${seed}`, truth),
    random: run('random', budgets.random, `random-${seed}`, truth),
  }));
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${name}: best possible ${siemens(possible)} S/cm; ${seeds} seeds, ${atOnce} at once, noise ${noiseSd} decades`,
  );
  console.log('seed | auto at 30 | random at 30 | random at 60 | auto wins');
  for (const { seed, auto, random } of rows) {
    const cells = [auto[29], random[29], random[59]].map(siemens);
    console.log(
      `${String(seed).padStart(4)} | ${cells.join(' | ')} | ${auto[29] >= random[59] ? 'yes' : 'no'}`,
    );
  }
  const auto = median(rows.map((row) => row.auto[29]));
  const random = median(rows.map((row) => row.random[59]));
  const wins = rows.filter((row) => row.auto[29] >= row.random[59]).length;
  console.log(
    `median | ${siemens(auto)} | ${siemens(median(rows.map((row) => row.random[29])))} | ${siemens(random)} | ${wins} of ${seeds}`,
  );
  for (const at of [10, 15, 20, 25, 30]) {
    const share = median(rows.map((row) => 10 ** (row.auto[at - 1] - possible)));
    console.log(`auto at ${at}: ${(100 * share).toFixed(1)} % of the best possible (median)`);
  }
  console.log(`${seconds.toFixed(1)} s\n`);
  return auto >= random;
}

/** The simulated lab's own physics where that is built, and always the analytic function. */
async function labTruth() {
  try {
    const { conductivityTruth } = await import('../../apps/lab-sim/dist/index.js');
    return conductivityTruth;
  } catch {
    return undefined;
  }
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false } },
});
const seeds = Number(positionals[0] ?? 20);
const lab = await labTruth();
const truths = [['analytic mixture of two regions', analyticTruth]];
if (typeof lab === 'function') {
  truths.unshift([
    'simulated lab',
    ({ composition }) => Math.log10(lab(composition, campaign.objectives[0].temperatureC)),
  ]);
} else {
  console.log('The simulated lab is not built: only the analytic function is run.\n');
}
const short = truths.filter(([name, truth]) => !compare(truth, name, seeds));
if (options.check) {
  for (const [name] of short)
    console.error(`Falls short: ${name}: the median of auto at 30 is below that of random at 60`);
  process.exitCode = short.length === 0 ? 0 : 1;
}
