/**
 * A new factor of a matrix that is kept. Twice: as a caller pays for it, with the copying into the core's memory and out of it on our side and that
 * before LAPACK works in place on theirs; and inside the core's memory, where likelihoods and posteriors have their matrices, for the share
 * of what the machine could do. There the matrix is written anew before each factorisation, outside the clock.
 */
import { cholesky } from '@ionloop/linalg';
import { packedLength } from '../../../libs/linalg/dist/core/core.js';
import { currentCore } from '../../../libs/linalg/dist/core/select.js';
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
    const inCore = { name: 'in the core', clock: 'cpu', time: async (calls) => timeInCore(A, calls) };
    const seconds = await takeTurns([ours, inCore, ...(openBlas ? [openBlas] : [])], settings.turns(n));
    const row = {
      subject: 'Cholesky',
      n,
      unit: 'ms',
      seconds: { Ionloop: spread(seconds.Ionloop), 'in the core': spread(seconds['in the core']) },
      speed: spread(seconds['in the core'].map((each) => flopsOf(n) / each / 1e9)),
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

/** Each factorisation by itself, since it writes over its matrix. */
function timeInCore(A, calls) {
  const core = currentCore();
  const n = A.rows;
  const took = { cpu: 0, wall: 0 };
  core.scope((allocate) => {
    const [block, packed, inverses] = [allocate(n * n), allocate(packedLength(n)), allocate(n)];
    for (let i = 0; i < calls; i++) {
      block.values.set(A.data);
      const { cpu, wall } = timeCalls(() => core.cholesky(block, n, packed, inverses), 1);
      took.cpu += cpu;
      took.wall += wall;
    }
  });
  return took;
}
