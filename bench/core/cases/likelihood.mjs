/**
 * The log marginal likelihood and its gradient, Matérn 5/2 with a lengthscale for each of six columns, by CPU time. The same rows for many
 * hyperparameters, as a fit asks: what can be made once is made outside the clock on every side.
 *
 * NumPy is written in three ways: squared differences kept by dimension, which is the formula as it stands and what ours is held against; the
 * same for each pair once; and nothing by dimension but matrix products, which is faster where n is large. All three are in the table.
 */
import { singleKernel, withMarginalLikelihood } from '@ionloop/linalg';
import { bounds } from '../bounds.mjs';
import { ratios, spread, takeTurns, timeCalls } from '../clock.mjs';
import { dimension, regression, theta } from '../problem.mjs';
import { against, agree } from './against.mjs';

const peerCases = {
  'NumPy, by dimension': 'likelihood-tensor',
  'NumPy, by pairs': 'likelihood-condensed',
  'NumPy, by products': 'likelihood-products',
  'scikit-learn': 'likelihood-scikit',
};

export async function benchLikelihood({ settings, peers, say }) {
  const result = { rows: [], checks: [] };
  for (const n of settings.likelihood) {
    say(`likelihood and gradient, n = ${n}`);
    const { row, checks } = await benchSize(n, settings.turns(n), peers);
    result.rows.push(row);
    result.checks.push(...checks);
  }
  return result;
}

async function benchSize(n, turns, peers) {
  const { X, y } = regression(n);
  const contestants = [];
  if (peers.prepare)
    for (const [name, peerCase] of Object.entries(peerCases))
      contestants.push(
        await peers.prepare(name, {
          peerCase,
          sizes: { n, d: dimension },
          arrays: { X: X.data, y, theta },
          clock: 'cpu',
        }),
      );
  const gradient = new Float64Array(theta.length);
  const kernel = singleKernel('matern52', dimension);
  let value;
  const ours = {
    name: 'Ionloop',
    clock: 'cpu',
    // The likelihood's memory lasts as long as this function, so each turn enters it anew, and calls once before the clock runs.
    time: async (calls) =>
      withMarginalLikelihood(kernel, { X, y }, (likelihood) => {
        value = likelihood.valueAndGradient(theta, gradient);
        return timeCalls(() => likelihood.valueAndGradient(theta, gradient), calls);
      }),
  };
  const seconds = await takeTurns([ours, ...contestants], turns);

  const row = { subject: 'likelihood + gradient', n, unit: 'ms', seconds: {}, ratios: {}, notes: [] };
  for (const [name, each] of Object.entries(seconds)) {
    row.seconds[name] = spread(each);
    if (name !== 'Ionloop') row.ratios[name] = spread(ratios(seconds.Ionloop, each));
  }
  const checks = [];
  for (const contestant of contestants) {
    const theirs = await contestant.answer();
    // scikit-learn has no mean to differentiate by.
    const ours = { value: Float64Array.of(value), gradient: gradient.subarray(0, theirs.gradient.length) };
    const limits = { value: bounds.difference.likelihood, gradient: bounds.difference.gradient };
    checks.push(...agree(`likelihood, n = ${n}, ${contestant.name}`, ours, theirs, limits));
    await contestant.forget();
  }
  checks.unshift(
    against(
      `likelihood + gradient, n = ${n}, over NumPy`,
      row.ratios['NumPy, by dimension'],
      bounds.likelihood.overNumpy(n),
      peers,
    ),
  );
  const scikit = bounds.likelihood.overScikit(n);
  if (scikit !== undefined)
    checks.unshift(
      against(
        `likelihood + gradient, n = ${n}, over scikit-learn`,
        row.ratios['scikit-learn'],
        scikit,
        peers,
      ),
    );
  return { row, checks };
}
