import { erf, erfc, erfcx } from '../../special/erf.js';
import { exp, expm1 } from '../../special/exp.js';
import { lgamma } from '../../special/lgamma.js';
import { log, log1mexp, log1p } from '../../special/log.js';
import { logNormCdf, normCdf, normPdf, normQuantile } from '../../special/normal.js';
import { cos, largestAngle, sin } from '../../special/trig.js';
import type { Sections } from '../sections.js';

const points = 4000;
const edges = [0, -0, 1, -1, 0.5, 5e-324, 2.2e-308, 1e308, Infinity, -Infinity, NaN];

/** f at `points` places between `from` and `to`, unevenly, and at those where it may be special. */
const over = (f: (x: number) => number, from: number, to: number) => () => [
  Float64Array.from({ length: points }, (_, i) => f(from + ((to - from) * (i + 0.3 * (i % 3))) / points)),
  edges.map((x) => valueOrRefusal(f, x)),
];

function valueOrRefusal(f: (x: number) => number, x: number): unknown {
  try {
    return f(x);
  } catch {
    return 'refused';
  }
}

/** f at powers, from the smallest numbers to the largest. */
const overPowers = (f: (x: number) => number, sign: 1 | -1) => () =>
  Float64Array.from({ length: 600 }, (_, i) => f(sign * exp((i - 300) * 2.3 + 0.01 * i)));

export const special: Sections = {
  exp: over(exp, -746, 710),
  expm1: () => [over(expm1, -40, 710)(), overPowers(expm1, 1)(), overPowers(expm1, -1)()],
  log: () => [over(log, 0.01, 3)(), overPowers(log, 1)()],
  log1p: () => [over(log1p, -0.999, 3)(), overPowers(log1p, 1)()],
  log1mexp: () => [over(log1mexp, -40, 0)(), overPowers(log1mexp, -1)()],
  sin: over(sin, -largestAngle, largestAngle),
  cos: () => [over(cos, -20, 20)(), over(cos, -largestAngle, largestAngle)()],
  erf: () => [over(erf, -6.5, 6.5)(), overPowers(erf, 1)()],
  erfc: over(erfc, -6.5, 27.5),
  erfcx: () => [over(erfcx, -26, 60)(), overPowers(erfcx, 1)()],
  normPdf: over(normPdf, -39, 39),
  normCdf: over(normCdf, -39, 9),
  logNormCdf: () => [over(logNormCdf, -60, 9)(), overPowers(logNormCdf, -1)()],
  normQuantile: () => [over(normQuantile, 1e-9, 1)(), over((x) => normQuantile(exp(x)), -740, -1e-9)()],
  lgamma: () => [over(lgamma, 1e-3, 40)(), overPowers(lgamma, 1)()],
};
