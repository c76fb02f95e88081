/** The logistic function and its logarithm, for any f, without overflow. */
import { exp, log1p } from '@ionloop/linalg';

const { abs } = Math;

/** 1/(1 + e^(−f)) */
export function sigmoid(f: number): number {
  const e = exp(-abs(f));
  return f >= 0 ? 1 / (1 + e) : e / (1 + e);
}

/** ln(1 + eᶠ) = −ln sigmoid(−f) */
export function softplus(f: number): number {
  const tail = log1p(exp(-abs(f)));
  return f > 0 ? f + tail : tail;
}
