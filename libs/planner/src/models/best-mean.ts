import type { Matrix } from '@ionloop/linalg';
import { meansOf, type Surrogate } from '@ionloop/surrogates';

/** The largest that is expected at any row of X. */
export const bestMean = (model: Surrogate, X: Matrix): number =>
  meansOf(model, X).reduce((most, mean) => Math.max(most, mean), -Infinity);
