import type { Matrix } from '@ionloop/linalg';
import { meansOf, type GrowingSurrogate, type Surrogate } from '@ionloop/surrogates';

/** Whether a model takes more rows without a new fit. */
export function isGrowing(model: Surrogate): model is GrowingSurrogate {
  return 'withRows' in model;
}

/** The model as it will be if at the rows of X it turns out to be right: means stay, variances shrink. */
export function believing(model: GrowingSurrogate, X: Matrix): GrowingSurrogate {
  return X.rows === 0 ? model : model.withRows({ X, y: meansOf(model, X) });
}
