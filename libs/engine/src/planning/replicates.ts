import { toModelScale } from '@ionloop/chemistry';
import type { AskedProperty, Measurement } from '@ionloop/domain';

/** Several values of one property at one point, on the models' scale. */
export interface Replicates {
  readonly mean: number;
  readonly variance: number | null;
}

export function replicatesOf(
  own: readonly Pick<Measurement, 'property' | 'value'>[],
  { property, transform }: Pick<AskedProperty, 'property' | 'transform'>,
): Replicates | null {
  const values = own
    .filter((measurement) => measurement.property === property)
    .map(({ value }) => toModelScale(value, transform));
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return { mean, variance: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, variance: squares / (values.length - 1) / values.length };
}
