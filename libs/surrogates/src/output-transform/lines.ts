/** Transforms whose way back is a straight line. */
import { numberFrom } from '../json.js';
import { standardisation, type Standardisation } from '../data.js';
import type { OutputTransform, TransformKind } from './transform.js';

const { max, sqrt } = Math;

/** z of mean 0 and variance 1. */
export const standardised: TransformKind = {
  learn: (y) => standardisedBy(standardisation(y)),
  read: (name, { centre, spread }) =>
    standardisedBy({
      centre: numberFrom(`${name}.centre`, centre),
      spread: numberFrom(`${name}.spread`, spread),
    }),
};

function standardisedBy({ centre, spread }: Standardisation): OutputTransform {
  return {
    name: 'standardised',
    shape: 'line',
    forward: (y) => (y - centre) / spread,
    inverse: (z) => centre + spread * z,
    slope: () => 1 / spread,
    parameters: () => ({ centre: centre + 0, spread }),
  };
}

/**
 * Low outliers come up to m − 2u, m the median and u = √mean((y − m)²) over y ≥ m: a lower tail of many decades does not rule the fit, and
 * what is high stays as it is. There is no way back from there: predictions are taken as they come.
 */
export const winsorised: TransformKind = {
  learn: (y) => winsorisedAt(lowestKept(y)),
  read: (name, { least }) => winsorisedAt(least === null ? -Infinity : numberFrom(`${name}.least`, least)),
};

function winsorisedAt(least: number): OutputTransform {
  return {
    name: 'winsorised',
    shape: 'line',
    forward: (y) => max(y, least),
    inverse: (z) => z,
    // A row that has been moved is still as uncertain as it was.
    slope: () => 1,
    parameters: () => ({ least: least === -Infinity ? null : least + 0 }),
  };
}

/** Nothing is moved where the upper half does not vary: it gives no measure of what is far. */
function lowestKept(y: Float64Array): number {
  const middle = medianOf(y);
  const upper = y.filter((value) => value >= middle);
  const squares = upper.reduce((sum, value) => sum + (value - middle) * (value - middle), 0);
  return squares > 0 ? middle - 2 * sqrt(squares / upper.length) : -Infinity;
}

function medianOf(y: Float64Array): number {
  const sorted = y.slice().sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : 0.5 * (sorted[half - 1]! + sorted[half]!);
}
