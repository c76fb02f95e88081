/**
 * Two objectives at once: the hypervolume after the budget, as a share of that of the whole pool's front, beside BoTorch's qNEHVI. ZDT1, ZDT2 and DTLZ2 at drawn
 * points, and conductivity (its logarithm, at 300 °C) and density in the simulated lab, over blends in steps of two percent.
 */
import { hypervolume, referencePoint } from '@ionloop/acquisition';
import { cos, latinHypercube, log, matrix, Philox, sin } from '@ionloop/linalg';
import { plan } from '@ionloop/planner';
import { createHash } from 'node:crypto';
import { conductivityTruth, madeUpLandscape } from '../../../apps/lab-sim/dist/physics.js';
import { initialRows } from '../../../apps/cli/dist/replay/run.js';
import { openContestant } from '../peers.mjs';
import { rowsSpace, severalOf } from '../request.mjs';
import { keep, keyOf, runsFor } from '../store.mjs';

const peerName = 'botorch_nehvi';
const square = (x) => x * x;
const rest = (x) => 1 + (9 * x.slice(1).reduce((sum, value) => sum + value, 0)) / (x.length - 1);

/** All wanted high: what is to be small is turned round. */
const analytic = {
  zdt1: (x) => [-x[0], -rest(x) * (1 - Math.sqrt(x[0] / rest(x)))],
  zdt2: (x) => [-x[0], -rest(x) * (1 - square(x[0] / rest(x)))],
  dtlz2: (x) => {
    const far = 1 + x.slice(1).reduce((sum, value) => sum + square(value - 0.5), 0);
    const angle = (x[0] * Math.PI) / 2;
    return [-far * cos(angle), -far * sin(angle)];
  },
};

function drawn(name, count) {
  const names = ['x1', 'x2', 'x3', 'x4'];
  const { data } = latinHypercube(4, count, Philox.fromSeed(`bench/discovery/points of ${name}`));
  const X = Array.from({ length: count }, (_, i) => [...data.subarray(4 * i, 4 * i + 4)]);
  return { name, names, X, Y: X.map(analytic[name]) };
}

function lab(steps) {
  const names = ['Li3PO4', 'Li3BO3', 'Li2SO4'];
  const X = [];
  for (let a = 0; a <= steps; a++)
    for (let b = 0; a + b <= steps; b++) X.push([a, b, steps - a - b].map((part) => part / steps));
  const Y = X.map((x) => {
    const [Li3PO4, Li3BO3, Li2SO4] = x;
    const conductivity = conductivityTruth({ Li3PO4, Li3BO3, Li2SO4 }, 300);
    // As the simulated lab measures it, without its noise.
    const density = 0.6 + 0.38 * madeUpLandscape(new Map(names.map((name, j) => [name, x[j]])));
    return [log(conductivity) / Math.LN10, density];
  });
  return { name: 'lab_conductivity_density', names, X, Y };
}

function problemsOf({ points, steps }) {
  return [...Object.keys(analytic).map((name) => drawn(name, points)), lab(steps)].map((problem) => {
    const outcomes = asMatrix(problem.Y);
    const reference = referencePoint(outcomes);
    const hash = createHash('sha256')
      .update(JSON.stringify([problem.X, problem.Y]))
      .digest('hex')
      .slice(0, 16);
    return { ...problem, hash, reference, possible: hypervolume(outcomes, reference) };
  });
}

const asMatrix = (Y) => matrix(Y.length, 2, Float64Array.from(Y.flat()));

export async function benchObjectives({ settings, say, withPeers, playPeers, peerFolder }) {
  const problems = problemsOf(settings.objectives);
  const theirs = withPeers
    ? await peerRuns(problems, { settings, say, playPeers, peerFolder })
    : { missing: 'a smoke run asks none' };
  const rows = [];
  const checks = [];
  for (const problem of problems) {
    const what = `${problem.name}: hypervolume after ${settings.budget} of auto over BoTorch’s qNEHVI`;
    const runs = theirs.runs?.[problem.name] ?? {};
    const seeds = Object.keys(runs).filter((seed) => runs[seed].failed === undefined);
    const wanted = seeds.length > 0 ? seeds : ['0'];
    const ours = wanted.map((seed) => shareOf(problem, ownRun(problem, seed, settings)));
    const others = seeds.map((seed) => shareOf(problem, runs[seed].order));
    rows.push({
      problem: problem.name,
      candidates: problem.X.length,
      seeds: wanted.length,
      auto: mean(ours),
      'BoTorch qNEHVI': theirs.missing ?? (seeds.length === 0 ? 'has not played' : mean(others)),
    });
    const ratio = others.length > 0 ? mean(ours) / mean(others) : null;
    checks.push({
      what,
      value: ratio ?? theirs.missing ?? 'BoTorch has not played',
      ...{ limit: 1, sign: '≥', passed: ratio !== null && ratio >= 1 },
    });
  }
  return { cases: [{ title: 'Two objectives: share of the possible hypervolume', rows }], checks };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

const shareOf = ({ Y, reference, possible }, order) =>
  hypervolume(asMatrix(order.map((row) => Y[row])), reference) / possible;

const beginningOf = ({ X }, seed, count) =>
  initialRows({ candidates: X.map((_, index) => ({ index })) }, Number(seed), count).map(
    ({ index }) => index,
  );

function ownRun(problem, seed, { initial, budget }) {
  const { names, X, Y } = problem;
  const space = rowsSpace(names, X);
  const order = beginningOf(problem, seed, initial);
  while (order.length < Math.min(budget, X.length)) {
    const { proposals } = plan(
      severalOf({
        ...{ space, properties: ['first', 'second'], initial },
        seed: `bench/objectives/${seed}/${order.length}`,
        seen: order.map((row) => ({ row, values: Y[row] })),
      }),
    );
    order.push(Number(proposals[0].point.row));
  }
  return order;
}

async function peerRuns(problems, { settings, say, playPeers, peerFolder }) {
  const peer = await openContestant(peerName, say);
  if (peer.missing !== undefined) return { missing: `BoTorch is missing: ${peer.missing}` };
  try {
    const runs = {};
    for (let seed = 0; seed < settings.objectives.seeds; seed++)
      for (const problem of problems) {
        const key = keyOf(problem, peer.version, settings);
        const kept = (runs[problem.name] = { ...runsFor(peerFolder, problem.name, peerName, key) });
        if (String(seed) in kept || !playPeers) continue;
        const { order, failed } = await peer.ask({
          columns: problem.names.map((name, j) => ({
            ...{ kind: 'number', name, values: problem.X.map((x) => x[j]) },
          })),
          ...{ values: problem.Y, reference: [...problem.reference], seed },
          initial: beginningOf(problem, seed, settings.initial),
          ...{ budget: settings.budget, batch: 1 },
        });
        kept[seed] = failed === undefined ? { order } : { failed };
        say(`BoTorch qNEHVI on ${problem.name}, seed ${seed}: ${failed ?? 'played'}`);
        keep(peerFolder, problem.name, peerName, { key, runs: kept });
      }
    return { runs };
  } finally {
    await peer.close();
  }
}
