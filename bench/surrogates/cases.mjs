/**
 * What is measured: each case gives rows {what, ours, theirs, ratio} and checks {what, value, limit, sign}. Contestants take turns; ratios are medians of the
 * ratios within rounds. Seconds are CPU seconds, of our whole process against the peer's.
 */
import { Philox } from '@ionloop/linalg';
import {
  crossValidate,
  gaussianProcess,
  gradientBoosting,
  kFold,
  auto,
  randomForest,
} from '@ionloop/surrogates';
import { loadDeepEnsemble } from '@ionloop/surrogates/deep-ensemble';
import { spread } from '../core/clock.mjs';
import { problem, r2 } from './problem.mjs';
import { obelix, tables } from './tables.mjs';

const rng = Philox.fromSeed('bench:surrogates');
const median = (values) => spread(values).median;

function timed(call) {
  const before = process.cpuUsage();
  const value = call();
  const { user, system } = process.cpuUsage(before);
  return { value, cpu: (user + system) / 1e6 };
}

const atMost = (what, value, limit) => ({ what, value, limit, sign: '≤', passed: value <= limit });
const within = (what, value, low, high) => ({
  ...{ what, value, limit: `${low}–${high}`, sign: 'in' },
  passed: value >= low && value <= high,
});

function row(what, ours, theirs, peer = 'scikit-learn') {
  if (theirs.length === 0) return { what, ours: median(ours), peer: null, theirs: null, ratio: null };
  const ratio = median(ours.map((seconds, k) => seconds / theirs[k]));
  return { what, ours: median(ours), peer, theirs: median(theirs), ratio };
}

export async function benchForest({ settings, peers }) {
  const { n, d, trees, predict, sets } = settings.forest;
  const features = Math.max(2, Math.ceil(d / 3));
  const train = problem(n, d, 'forest');
  const many = problem(predict, d, 'forest predict');
  const factory = randomForest({ trees, minSamplesLeaf: 1 });
  const seconds = { fit: [], predict: [], theirFit: [], theirPredict: [] };
  if (peers.load) await Promise.all([peers.load('train', train), peers.load('many', many)]);
  timed(() => factory.fit(train, rng));
  for (let round = 0; round < settings.rounds; round++) {
    const { value: model, cpu } = timed(() => factory.fit(train, rng));
    seconds.fit.push(cpu);
    seconds.predict.push(timed(() => model.predict(many.X)).cpu);
    if (!peers.load) continue;
    seconds.theirFit.push(await peers.fit('forest', 'train', { trees, features }));
    seconds.theirPredict.push((await peers.predict('forest', 'many')).cpu);
  }
  const rows = [
    row(`forest of ${trees}, n = ${n}, d = ${d}: fit`, seconds.fit, seconds.theirFit),
    row(`forest: ${predict} predictions`, seconds.predict, seconds.theirPredict),
  ];
  const checks = [];
  if (peers.load) {
    checks.push(atMost('forest: fit over scikit-learn', rows[0].ratio, 0.25));
    checks.push(atMost('forest: predictions over scikit-learn', rows[1].ratio, 0.5));
    const apart = [];
    for (let set = 0; set < sets; set++) {
      const [own, test] = [problem(n, d, `set ${set}`), problem(1000, d, `test ${set}`)];
      await peers.load('own', own);
      await peers.load('test', test);
      await peers.fit('forest', 'own', { trees, features });
      const theirs = r2((await peers.predict('forest', 'test')).mean, test.y);
      apart.push(r2(factory.fit(own, rng).predict(test.X).mean, test.y) - theirs);
    }
    const mean = apart.reduce((sum, value) => sum + value, 0) / apart.length;
    checks.push(atMost(`forest: |mean difference of R²| over ${sets} data sets`, Math.abs(mean), 0.01));
  }
  return { rows, checks };
}

export async function benchBoosting({ settings, peers }) {
  const { n, d, rounds } = settings.boosting;
  const train = problem(n, d, 'boosting');
  const test = problem(5000, d, 'boosting test');
  const factory = gradientBoosting({ splits: 'histogram', rounds, uncertainty: 'none', folds: 0 });
  const peersOf = [
    { name: 'scikit-learn', model: 'boosting' },
    { name: 'LightGBM', model: 'lightgbm' },
  ].map((peer) => ({ ...peer, seconds: [], r2: 0 }));
  const ours = [];
  let own = 0;
  if (peers.load) await Promise.all([peers.load('train', train), peers.load('test', test)]);
  timed(() => factory.fit(problem(Math.min(n, 2000), d, 'warm'), rng));
  for (let round = 0; round < settings.rounds; round++) {
    const { value: model, cpu } = timed(() => factory.fit(train, rng));
    ours.push(cpu);
    if (!peers.load) continue;
    own = r2(model.predict(test.X).mean, test.y);
    for (const peer of peersOf) {
      peer.seconds.push(await peers.fit(peer.model, 'train', { rounds }));
      peer.r2 = r2((await peers.predict(peer.model, 'test')).mean, test.y);
    }
  }
  const what = `boosting on histograms, n = ${n}, d = ${d}, ${rounds} rounds: fit`;
  const rows = peersOf.map(({ name, seconds }) => row(what, ours, seconds, name));
  const checks = peersOf.flatMap(({ name, r2: theirs }, k) => [
    atMost(`boosting: fit over ${name}`, rows[k].ratio, 1),
    atMost(`boosting: |difference of R²| to ${name}`, Math.abs(own - theirs), 0.005),
  ]);
  return peers.load ? { rows, checks } : { rows: rows.slice(0, 1), checks: [] };
}

const processLimits = { 50: 0.015, 200: 0.12, 500: 1, 1000: 6, 2000: 20 };

export async function benchProcess({ settings, peers, botorch }) {
  const { d, predict, sizes } = settings.process;
  const many = problem(predict, d, 'process predict');
  const rows = [];
  const checks = [];
  const factory = gaussianProcess();
  for (const n of sizes) {
    const train = problem(n, d, `process ${n}`);
    const rivals = [
      { name: 'scikit-learn', peer: peers, upTo: settings.process.peerUpTo },
      { name: 'BoTorch', peer: botorch, upTo: settings.process.botorchUpTo },
    ]
      .filter(({ peer, upTo }) => peer.load && n <= upTo)
      .map((rival) => ({ ...rival, seconds: [] }));
    for (const { peer } of rivals) await Promise.all([peer.load('train', train), peer.load('many', many)]);
    const [cold, warm] = [[], []];
    const rounds = n >= 1000 ? 1 : settings.rounds;
    // A cold fit knows no earlier one; the engine has met the code before.
    for (let call = 0; call < (n <= 200 ? 20 : n <= 500 ? 1 : 0); call++)
      factory.fit(train, rng).predict(many.X);
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      const model = factory.fit(train, rng);
      model.predict(many.X);
      const fitted = performance.now();
      factory.fit(train, rng, model).predict(many.X);
      cold.push((fitted - began) / 1e3);
      warm.push((performance.now() - fitted) / 1e3);
      for (const { peer, seconds } of rivals)
        seconds.push((await peer.fit('process', 'train', {})) + (await peer.predict('process', 'many')).cpu);
    }
    const what = `process, n = ${n}, d = ${d}: cold fit + ${predict} predictions, wall`;
    if (rivals.length === 0) rows.push(row(what, cold, []));
    for (const { name, seconds } of rivals) rows.push(row(what, cold, seconds, name));
    rows.push(row(`process, n = ${n}: warm`, warm, []));
    if (processLimits[n] === undefined) continue;
    checks.push(atMost(`process, n = ${n}: cold, seconds`, median(cold), processLimits[n]));
    // A third of what a cold one may take.
    checks.push(atMost(`process, n = ${n}: warm, seconds`, median(warm), processLimits[n] / 3));
  }
  return { rows, checks };
}

export async function benchEnsemble({ settings }) {
  const { n, d, epochs } = settings.ensemble;
  const { deepEnsemble } = await loadDeepEnsemble('portable');
  const train = problem(n, d, 'ensemble');
  const began = performance.now();
  deepEnsemble({ epochs }).fit(train, rng);
  const seconds = (performance.now() - began) / 1e3;
  const what = `deep ensemble of 5, 64-64, n = ${n}, ${epochs} epochs, portable, wall`;
  return {
    rows: [row(what, [seconds], [])],
    checks: settings.name === 'full' ? [atMost(`${what}: seconds`, seconds, 8)] : [],
  };
}

/** 80 and 95 % intervals of `auto` in five folds of each shared table. */
export async function benchCalibration({ settings, say }) {
  if (settings.tables === null) return { rows: [], checks: [] };
  const found = tables(settings.tables.rows, rng.split('tables'));
  const checks = found.flatMap(({ name, data }) => {
    say(`calibration: ${name}`);
    const folds = kFold(5)(data, rng.split('folds'));
    const { metrics } = crossValidate(auto(), data, folds, rng.split(name));
    return [
      within(`${name}, n = ${data.y.length}: 80 % intervals hold`, metrics.coverage80, 0.75, 0.85),
      within(`${name}: 95 % intervals hold`, metrics.coverage95, 0.9, 1),
    ];
  });
  return { rows: [], checks };
}

/** By the command itself, as a user has it. */
export async function benchObelix({ settings, say }) {
  if (settings.tables === null) return { rows: [], checks: [] };
  say('OBELiX, composition alone');
  const alone = obelix('auto', []);
  const forest = obelix('forest', []);
  say('OBELiX, with space group and lattice');
  const lattice = obelix('auto', [
    'space_group_number',
    'a_A',
    'b_A',
    'c_A',
    'alpha_deg',
    'beta_deg',
    'gamma_deg',
  ]);
  return {
    rows: [],
    checks: [
      atMost('OBELiX by composition, papers apart: MAE of auto, decades', alone.mae, 1.03),
      within('OBELiX by composition: 80 % intervals hold', alone.coverage80, 0.75, 0.85),
      atMost('OBELiX by composition: auto over the forest', alone.mae / forest.mae, 1.03 / 1.11),
      atMost('OBELiX with space group and lattice: MAE of auto', lattice.mae, 1.04),
    ],
  };
}
