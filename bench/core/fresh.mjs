/** What is measured in a process of its own: node fresh.mjs first-likelihood|first-cholesky n, or memory n m. One line of JSON comes out. */
import {
  cholesky,
  conditionGaussian,
  posteriorMarginals,
  singleKernel,
  withMarginalLikelihood,
} from '@ionloop/linalg';
import { readFileSync } from 'node:fs';
import { covarianceMatrix, dimension, points, regression, theta } from './problem.mjs';

const calls = 10;
const kernel = () => singleKernel('matern52', dimension);

function milliseconds(call) {
  const began = performance.now();
  call();
  return performance.now() - began;
}

const measures = {
  /** Each of ten calls; the first one finds nothing compiled. */
  'first-likelihood'(n) {
    const data = regression(n);
    const gradient = new Float64Array(theta.length);
    const call = () =>
      withMarginalLikelihood(kernel(), data, (likelihood) => likelihood.valueAndGradient(theta, gradient));
    return Array.from({ length: calls }, () => milliseconds(call));
  },
  'first-cholesky'(n) {
    const A = covarianceMatrix(n);
    return Array.from({ length: calls }, () => milliseconds(() => cholesky(A)));
  },
  memory(n, m) {
    const candidates = points(m, 'candidates');
    posteriorMarginals(conditionGaussian(kernel(), theta, regression(n)), candidates);
    return peakMegabytes();
  },
};

/**
 * Of the resident set, everything included. Linux hands a new process the maxRSS of the one that started it; what the kernel notes as VmHWM
 * begins anew.
 */
function peakMegabytes() {
  const kilobytes =
    process.platform === 'linux'
      ? Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1])
      : process.resourceUsage().maxRSS;
  return (kilobytes * 1024) / 1e6;
}

const [what, ...sizes] = process.argv.slice(2);
console.log(JSON.stringify(measures[what](...sizes.map(Number))));
