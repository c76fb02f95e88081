import { InvalidArgumentError, matrix, requireFinite, requireLength } from '@ionloop/linalg';
import type { LabelledData } from './contract.js';

/** Checked data of the classifier's own: later changes of the caller's arrays do not reach it. */
export function ownLabels({ X, labels }: LabelledData): LabelledData {
  requireLength('data.X.data', X.data, X.rows * X.cols);
  if (X.cols < 1) throw new InvalidArgumentError('data.X', 'must have at least one column');
  if (X.rows < 1) throw new InvalidArgumentError('data.X', 'must have at least one row');
  requireFinite('data.X', X.data);
  requireLength('data.labels', labels, X.rows);
  const at = labels.findIndex((label) => label !== 0 && label !== 1);
  if (at >= 0)
    throw new InvalidArgumentError('data.labels', `must be 0 or 1; element ${at} is ${labels[at]!}`);
  // Adding 0 turns −0, which JSON does not keep, into 0.
  const data = X.data.map((value) => value + 0);
  return { X: matrix(X.rows, X.cols, data), labels: Uint8Array.from(labels) };
}
