/**
 * One more row for a conditioned process, over a factorisation of as many rows as it had. `choleskyAppend`, which gives a new factor and so
 * copies the old one, is shown beside it.
 */
import {
  cholesky,
  choleskyAppend,
  conditionGaussian,
  singleKernel,
  withGrowingGaussian,
} from '@ionloop/linalg';
import { atMost, bounds } from '../bounds.mjs';
import { ratios, spread, takeTurns, timeCalls } from '../clock.mjs';
import { covarianceMatrix, dimension, points, regression, theta } from '../problem.mjs';

export async function benchAppend({ settings, say }) {
  const { n, rows } = settings.append;
  say(`append, n = ${n}`);
  const A = covarianceMatrix(n);
  const { L } = cholesky(A);
  const column = A.data.slice(0, n);
  const conditioned = conditionGaussian(singleKernel('matern52', dimension), theta, regression(n));
  const more = points(rows, 'appended');
  const row = (i) => more.data.subarray(i * dimension, (i + 1) * dimension);

  const grow = () =>
    withGrowingGaussian(conditioned, rows, (growing) => {
      let i = 0;
      return timeCalls(() => growing.append(row(i++), 0.1 * i), rows);
    });
  const repeated = (times, once) => {
    const sum = { cpu: 0, wall: 0 };
    for (let k = 0; k < times; k++) {
      const { cpu, wall } = once();
      sum.cpu += cpu / rows;
      sum.wall += wall / rows;
    }
    return sum;
  };
  const seconds = await takeTurns(
    [
      { name: 'append', clock: 'cpu', time: async (calls) => repeated(calls, grow) },
      {
        name: 'choleskyAppend',
        clock: 'cpu',
        time: async (calls) => timeCalls(() => choleskyAppend(L, column, 10), calls),
      },
      { name: 'factorisation', clock: 'cpu', time: async (calls) => timeCalls(() => cholesky(A), calls) },
    ],
    settings.turns(n),
  );
  const share = spread(ratios(seconds.append, seconds.factorisation));
  return {
    rows: [
      {
        subject: 'append',
        n,
        unit: 'ms',
        seconds: Object.fromEntries(Object.entries(seconds).map(([name, each]) => [name, spread(each)])),
        ratios: { factorisation: share },
        notes: [`mean of ${rows} rows a turn`],
      },
    ],
    checks: [atMost(`append, n = ${n}, over a factorisation`, share.median, bounds.append, 'ratio')],
  };
}
