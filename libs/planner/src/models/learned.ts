import type { LearnedElsewhere } from '@ionloop/domain';
import type { Surrogate, TrainingData } from '@ionloop/surrogates';
import { onMeanKind } from './on-mean.js';

/** What a model that was fitted beside results from elsewhere has made of them, source by source. */
export function learnedFrom(
  model: Surrogate,
  { source }: Pick<TrainingData, 'source'>,
): Omit<LearnedElsewhere, 'property'> {
  const labels = [...new Set(source)].sort((a, b) => a - b);
  const { sources: reports } = model.diagnostics();
  const countOf = (label: number): number => source?.filter((one) => one === label).length ?? 0;
  return {
    learned: reports !== undefined ? 'sources' : model.kind === onMeanKind ? 'mean' : 'alone',
    sources: labels.map((label) => {
      const report = reports?.find((one) => one.source === label);
      return { source: label, results: countOf(label), correlation: report?.correlation ?? null };
    }),
  };
}
