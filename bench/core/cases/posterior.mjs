/**
 * Mean and variance at many candidates given n rows: on one thread by CPU time, with two workers by wall time on both sides.
 * What ours is held against solves with the factor; NumPy with the factor's inverse, which is faster, is shown beside it.
 */
import * as linalg from '@ionloop/linalg';
import { bounds, notMeasured } from '../bounds.mjs';
import { ratios, spread, takeTurns, timeAsyncCalls, timeCalls } from '../clock.mjs';
import { dimension, points, regression, theta } from '../problem.mjs';
import { against, agree } from './against.mjs';

const { conditionGaussian, posteriorMarginals, singleKernel } = linalg;
/** Columns that NumPy takes at a time; the fastest of 128 … 4096 where this was written. */
const block = 512;

export async function benchPosterior({ settings, peers, say }) {
  const { n, m } = settings.posterior;
  say(`posterior, n = ${n}, m = ${m}`);
  const candidates = points(m, 'candidates');
  const { X, y } = regression(n);
  const conditioned = conditionGaussian(singleKernel('matern52', dimension), theta, { X, y });
  const prepare = (name, peerCase) =>
    peers.prepare?.(name, {
      peerCase,
      sizes: { n, d: dimension, m, block },
      arrays: { X: X.data, y, theta, candidates: candidates.data },
      clock: 'cpu',
    });
  const numpy = await prepare('NumPy', 'posterior');
  const byInverse = await prepare('NumPy, by the inverse', 'posterior-inverse');
  const bench = { settings, peers, numpy, byInverse, conditioned, candidates };
  const one = await benchOneThread(bench);
  const two = await benchTwoWorkers(bench);
  await numpy?.forget();
  await byInverse?.forget();
  return { rows: [one.row, two.row].filter(Boolean), checks: [...one.checks, ...two.checks] };
}

async function benchOneThread({ settings, peers, numpy, byInverse, conditioned, candidates }) {
  const call = () => posteriorMarginals(conditioned, candidates);
  const ours = { name: 'Ionloop', clock: 'cpu', time: async (calls) => timeCalls(call, calls) };
  const row = await compare('posterior', ours, [numpy, byInverse], settings);
  const checks = [
    against('posterior, one thread, over NumPy', row.ratios.NumPy, bounds.posterior.overNumpy, peers),
  ];
  if (numpy) {
    const limits = { mean: bounds.difference.posterior, variance: bounds.difference.posterior };
    for (const peer of [numpy, byInverse])
      checks.push(...agree(`posterior, ${peer.name}`, call(), await peer.answer(), limits));
  }
  return { row, checks };
}

async function benchTwoWorkers({ settings, peers, numpy, conditioned, candidates }) {
  const what = 'posterior, two workers, over NumPy on one thread';
  if (linalg.openPool === undefined)
    return { checks: [notMeasured(what, '@ionloop/linalg has no openPool')] };
  const pool = linalg.openPool({ threads: 2 });
  try {
    const call = () => pool.posteriorMarginals(conditioned, candidates);
    const ours = { name: 'Ionloop', clock: 'wall', time: (calls) => timeAsyncCalls(call, calls) };
    const row = await compare(
      'posterior, two workers',
      ours,
      [numpy && { ...numpy, clock: 'wall' }],
      settings,
    );
    return {
      row,
      checks: [against(what, row.ratios.NumPy, bounds.posterior.twoWorkersOverNumpy, peers)],
    };
  } finally {
    await pool.close();
  }
}

async function compare(subject, ours, peers, settings) {
  const { n, m, turns } = settings.posterior;
  const seconds = await takeTurns([ours, ...peers.filter(Boolean)], turns);
  const row = { subject, n, unit: 'ms', seconds: {}, ratios: {}, notes: [`m = ${m}, ${ours.clock} time`] };
  for (const [name, each] of Object.entries(seconds)) {
    row.seconds[name] = spread(each);
    if (name !== ours.name) row.ratios[name] = spread(ratios(seconds[ours.name], each));
  }
  return row;
}
