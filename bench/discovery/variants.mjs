/**
 * Parts of `auto` against each other on pools, without what a plan does besides: `node bench/discovery/variants.mjs obelix,p3ht 0-12 [auto,every,…]`.
 * What each variant covers and how hopeful it is stands below; all else (model, clipping, coverage) is the planner's own.
 */
import { Philox, selectRows } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import { extraTrees } from '@ionloop/surrogates';
import { coverage } from '../../libs/planner/dist/auto/coverage.js';
import { beliefs } from '../../libs/planner/dist/auto/beliefs.js';
import { viewOf } from '../../libs/planner/dist/auto/view.js';
import { withoutLowTail } from '../../libs/planner/dist/knowledge/low-tail.js';
import { initialOf, loadPool, observed, pools } from './pools.mjs';

const budget = 60;
const initial = 5;
const even = ({ s }) => s % 2 === 0 && s < 20;
const r2 = ({ model }) => model.diagnostics().metrics.r2;

function stepsBack(at) {
  return even(at) && (at.s % 8 === 0 || r2(at) < 0.7);
}

/** covers: whether suggestion s is one of coverage; beta: of the others; trees: the share of extra trees in what is believed. */
export const variants = {
  auto: {
    covers: (at) => at.s % 10 === 9 || stepsBack(at),
    beta: ({ s }) => (s < 20 ? 0.4 : 0.1),
  },
  fifth: {
    covers: (at) => at.s % 5 === 4 || stepsBack(at),
    beta: ({ s }) => (s < 20 ? 0.4 : 0.1),
  },
  backing: { covers: stepsBack, beta: ({ s }) => (s < 20 ? 0.4 : 0.1) },
  every: { covers: even, beta: ({ s }) => (s < 20 ? 0.4 : 0.1) },
  never: { covers: () => false, beta: () => 1 },
  process: { covers: even, beta: () => 1 },
  recipe: { covers: even, beta: () => 1, trees: 0.25 },
  half: { covers: (at) => even(at) && r2(at) < 0.5, beta: ({ s }) => (s < 20 ? 0.4 : 0.1) },
  hopeful: { covers: (at) => even(at) && r2(at) < 0.5, beta: () => 1 },
  seasoned: { covers: (at) => even(at) && r2(at) < 0.5, beta: () => 0.5, trees: 0.25 },
};

export function openPool(name) {
  const pool = loadPool(name, { rows: 1000 });
  const { inputs, cells, formula, categories, amounts = [], logarithms, goal, transform } = pool;
  const kindOf = (input) =>
    input === formula
      ? 'formula'
      : categories.includes(input)
        ? 'category'
        : amounts.includes(input)
          ? 'amount'
          : 'number';
  const features = inputs.map((input) => ({
    name: input,
    kind: kindOf(input),
    ...(logarithms.includes(input) && { scale: 'log' }),
  }));
  const written = ({ kind }) => kind === 'formula' || kind === 'category';
  const candidates = cells.map((row, i) => ({
    id: String(i),
    values: row.map((cell, j) => (written(features[j]) ? cell : Number(cell))),
  }));
  const space = openSpace({ parameters: [{ kind: 'pool', name: 'row', features, candidates }] });
  const scaled = (value) => (goal === 'min' ? -1 : 1) * (transform === 'log10' ? Math.log10(value) : value);
  const truth = pool.truth.map(scaled);
  const bar = truth.toSorted((a, b) => b - a)[Math.ceil(0.05 * truth.length) - 1];
  return {
    pool,
    space,
    X: space.encode(space.enumerate()),
    top: new Set(truth.flatMap((value, i) => (value >= bar ? [i] : []))),
    answers: (seed) => observed(pool, seed).map(scaled),
  };
}

export function run({ pool, space, X, top, answers }, { covers, beta, trees = 0 }, seed) {
  const values = answers(seed);
  const seen = [...initialOf(pool, seed, initial)];
  const rng = Philox.fromSeed(`variants/${seed}`);
  const { references } = viewOf(space);
  for (let s = 0; seen.length < Math.min(budget, X.rows); s++) {
    const own = rng.split(`suggestion ${s}`);
    const y = withoutLowTail(Float64Array.from(seen, (i) => values[i]));
    const rows = { X: selectRows(X, seen), y, categorical: space.categorical };
    const process = beliefs.fit({ ...rows, space }, own.split('model'));
    const model = trees > 0 ? mixed(process, extraTrees().fit(rows, own.split('trees')), trees) : process;
    const best = Math.max(...model.predict(rows.X).mean);
    const context = { model, best, observed: rows.X, rng: own.split('score') };
    const at = { s, model: process };
    const scores = covers(at)
      ? coverage(references).score(X, context)
      : optimistic(model.predict(X), beta(at));
    for (const i of seen) scores[i] = -Infinity;
    seen.push(scores.indexOf(scores.reduce((a, b) => Math.max(a, b), -Infinity)));
  }
  const first = seen.findIndex((i) => top.has(i)) + 1;
  const found = (count) => seen.slice(0, count).filter((i) => top.has(i)).length;
  return { first: first || budget + 1, found: found(budget), soon: found(20) };
}

const optimistic = ({ mean, variance }, beta) => mean.map((mu, i) => mu + beta * Math.sqrt(variance[i]));

function mixed(process, trees, share) {
  return {
    diagnostics: () => process.diagnostics(),
    predict(X) {
      const [a, b] = [process.predict(X), trees.predict(X)];
      const mean = a.mean.map((mu, i) => (1 - share) * mu + share * b.mean[i]);
      const variance = mean.map(
        (mu, i) =>
          (1 - share) * (a.variance[i] + (a.mean[i] - mu) ** 2) +
          share * (b.variance[i] + (b.mean[i] - mu) ** 2),
      );
      return { mean, variance };
    },
  };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};
const geometric = (values) => Math.exp(mean(values.map((value) => Math.log(value))));

if (process.argv[1] === import.meta.filename) {
  const [which = Object.keys(pools).join(','), seeds = '0-10', chosen = Object.keys(variants).join(',')] =
    process.argv.slice(2);
  const [from, to] = seeds.split('-').map(Number);
  const all = new Map();
  for (const name of which.split(',')) {
    const pool = openPool(name);
    for (const variant of chosen.split(',')) {
      const runs = Array.from({ length: to - from }, (_, k) => run(pool, variants[variant], from + k));
      const first = runs.map((one) => one.first);
      const found = runs.map((one) => one.found);
      all.set(variant, [...(all.get(variant) ?? []), { first: geometric(first), found: mean(found) }]);
      console.log(
        `${name.padEnd(22)} ${variant.padEnd(9)} first ${median(first)} (${geometric(first).toFixed(2)}) found ${median(found)} (${mean(found).toFixed(1)}) of ${pool.top.size}, ${mean(runs.map((one) => one.soon)).toFixed(1)} after 20`,
      );
    }
  }
  for (const [variant, figures] of all)
    console.log(
      `all ${variant.padEnd(9)} first ${geometric(figures.map(({ first }) => first)).toFixed(2)} found ${geometric(figures.map(({ found }) => found)).toFixed(1)}`,
    );
}
