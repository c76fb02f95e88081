import { fromModelScale, toModelScale } from '@ionloop/chemistry';
import type { AcceptedResult, Objective } from '@ionloop/domain';

export interface ExperimentValue {
  /** In the objective's unit. */
  readonly value: number;
  /** When the first of its results was handed in. */
  readonly at: string;
}

/** What an experiment's results come to: their mean, taken on the scale that the models see; null where there are none. */
export function valueOfResults(
  results: readonly AcceptedResult[],
  { property, transform }: Pick<Objective, 'property' | 'transform'>,
): ExperimentValue | null {
  const own = results.filter((result) => result.property === property);
  const [first] = own;
  if (!first) return null;
  const at = own.reduce((earliest, result) => (result.at < earliest ? result.at : earliest), first.at);
  // A single value is given as it is, not as a logarithm's power.
  if (own.length === 1) return { value: first.value, at };
  // There are no logarithms of what is not above 0.
  if (transform === 'log10' && own.some(({ value }) => !(value > 0))) return null;
  const seen = own.map(({ value }) => toModelScale(value, transform));
  const value = fromModelScale(seen.reduce((sum, one) => sum + one, 0) / seen.length, transform);
  return { value, at };
}

export const isBetter = (value: number, than: number, goal: Objective['goal']): boolean =>
  goal === 'maximise' ? value > than : value < than;
