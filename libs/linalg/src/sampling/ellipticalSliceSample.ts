import { requireFinite, requireLength, requireRows, requireSquare } from '../dense/checks.js';
import { matrix, type Matrix } from '../dense/matrix.js';
import type { Philox } from '../random/philox.js';
import { cos, sin } from '../special/trig.js';
import { checkedDensity, checkedStart, requireStartDensity, runChain, type ChainOptions } from './density.js';
import type { SliceDraws } from './sliceSample.js';

const fullTurn = 6.283185307179586;

export interface EllipticalSliceOptions extends ChainOptions {
  /** The mean of the prior; zeros where it is left out. */
  readonly mean?: ArrayLike<number>;
}

/**
 * Draws from a posterior whose prior is normal with covariance L·Lᵀ, L (d,d) lower triangular (its upper part is not read), by elliptical
 * slice sampling (Murray, Adams and MacKay 2010): nothing to tune. `logDensities` of the answer are log-likelihoods.
 */
export function ellipticalSliceSample(
  logLikelihood: (x: Float64Array) => number,
  L: Matrix,
  start: ArrayLike<number>,
  options: EllipticalSliceOptions,
  rng: Philox,
): SliceDraws {
  const x = checkedStart(start);
  const d = x.length;
  requireSquare('L', L);
  requireRows('L', L, d);
  requireFinite('L', L.data);
  const mean = Float64Array.from(options.mean ?? new Float64Array(d));
  requireLength('mean', mean, d);
  requireFinite('mean', mean);

  const density = checkedDensity('logLikelihood', logLikelihood);
  let evaluations = 1;
  let here = density(x);
  requireStartDensity('logLikelihood', here);

  const draws = matrix(options.draws, d);
  const logDensities = new Float64Array(options.draws);
  const move = () => {
    const level = here - rng.exponential();
    const partner = fromPrior(L, rng);
    let angle = fullTurn * rng.uniform();
    let least = angle - fullTurn;
    let most = angle;
    for (;;) {
      const [c, s] = [cos(angle), sin(angle)];
      const there = x.map((xi, i) => mean[i]! + (xi - mean[i]!) * c + partner[i]! * s);
      evaluations += 1;
      const value = density(there);
      if (value > level || angle === 0) {
        x.set(there);
        here = value;
        return;
      }
      if (angle < 0) least = angle;
      else most = angle;
      angle = least + rng.uniform() * (most - least);
    }
  };
  runChain(options, move, (draw) => {
    draws.data.set(x, draw * d);
    logDensities[draw] = here;
  });
  return { draws, logDensities, evaluations };
}

/** L·z for standard normal z. */
function fromPrior(L: Matrix, rng: Philox): Float64Array {
  const z = rng.normals(L.rows);
  const result = new Float64Array(L.rows);
  for (let i = 0; i < L.rows; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += L.data[i * L.cols + j]! * z[j]!;
    result[i] = sum;
  }
  return result;
}
