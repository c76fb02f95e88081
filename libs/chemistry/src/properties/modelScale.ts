import { exp, log } from '@ionloop/linalg';
import { PropertyError } from '../errors.js';

export type ModelScale = 'none' | 'log10';

const ln10 = 2.302585092994046;

/** A property's value as models see it. */
export function toModelScale(value: number, transform: ModelScale): number {
  if (transform === 'none') return value;
  if (!(value > 0)) {
    throw new PropertyError('NOT_POSITIVE', `the logarithm of ${value} does not exist; it must be positive`);
  }
  return log(value) / ln10;
}

export const fromModelScale = (value: number, transform: ModelScale): number =>
  transform === 'none' ? value : exp(value * ln10);
