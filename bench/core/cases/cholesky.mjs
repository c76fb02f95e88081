/**
 * A new factor of a matrix that is kept. What is counted on both sides: the factorisation and the copying that a caller pays for, ours into
 * the core's memory and out of it, theirs before LAPACK works in place.
 */
import { cholesky } from '@ionloop/linalg';
import { atLeast, bounds } from '../bounds.mjs';
import { ratios, spread, takeTurns, timeCalls } from '../clock.mjs';
import { covarianceMatrix } from '../problem.mjs';
import { against, agree } from './against.mjs';

/** Multiplications, additions, divisions and roots of a factorisation. */
const flopsOf = (n) => n ** 3 / 3 + n ** 2 / 2 + n / 6;

export async function benchCholesky({ settings, peers, say }) {
  const result = { rows: [], checks: [] };
  for (const n of settings.cholesky) {
    say(`Cholesky, n = ${n}`);
    const A = covarianceMatrix(n);
    const ours = {
      name: 'Ionloop',
      clock: 'cpu',
      time: async (calls) => timeCalls(() => cholesky(A), calls),
    };
    const openBlas = await peers.prepare?.('SciPy', {
      peerCase: 'cholesky',
      sizes: { n },
      arrays: { A: A.data },
      clock: 'cpu',
    });
    const seconds = await takeTurns(openBlas ? [ours, openBlas] : [ours], settings.turns(n));
    const row = {
      subject: 'Cholesky',
      n,
      unit: 'ms',
      seconds: { Ionloop: spread(seconds.Ionloop) },
      speed: spread(seconds.Ionloop.map((each) => flopsOf(n) / each / 1e9)),
      ratios: {},
      notes: [],
    };
    result.rows.push(row);
    if (openBlas) {
      row.seconds.SciPy = spread(seconds.SciPy);
      row.ratios.SciPy = spread(ratios(seconds.Ionloop, seconds.SciPy));
      result.checks.push(
        ...agree(`Cholesky, n = ${n}`, { L: cholesky(A).L.data }, await openBlas.answer(), {
          L: bounds.difference.factor,
        }),
      );
      await openBlas.forget();
    }
    const limit = bounds.cholesky.overOpenBlas.get(n);
    if (limit !== undefined)
      result.checks.push(against(`Cholesky, n = ${n}, over SciPy`, row.ratios.SciPy, limit, peers));
  }
  return result;
}

/** The shares of the ceiling, which is known best at the end of a run. */
export function sharesOfCeiling(rows, ceiling) {
  return rows
    .filter(({ speed }) => speed)
    .map(({ subject, n, speed }) =>
      atLeast(
        `${subject}, n = ${n}: share of the ceiling`,
        speed.median / ceiling,
        bounds.cholesky.share,
        'percent',
      ),
    );
}
