import type { TransferMode } from '@ionloop/domain';
import { matrix, type Philox } from '@ionloop/linalg';
import {
  gaussianProcess,
  readSurrogate,
  type Surrogate,
  type SurrogateFactory,
  type TrainingData,
} from '@ionloop/surrogates';
import { onMean } from './on-mean.js';

/** A process that knows sources; also reads those that others wrote. */
const process = gaussianProcess({ read: readSurrogate });

/**
 * A factory that learns from elsewhere too. `sources`: a process of correlated sources in place of the strategy's model. `mean`: the strategy's model
 * of what a process fitted elsewhere leaves. `auto`: of these and of this campaign alone, whichever predicts this campaign's rows, each left out, with
 * the largest density.
 */
export function learningElsewhere(
  own: SurrogateFactory,
  elsewhere: TrainingData,
  mode: TransferMode,
  rng: Philox,
): SurrogateFactory {
  if (mode === 'none') return own;
  const plain = { ...elsewhere, source: new Int32Array(elsewhere.y.length) };
  const ways: Record<'sources' | 'mean', () => SurrogateFactory> = {
    sources: () => ({ ...process, fit: (data, stream) => process.fit(withSources(data, elsewhere), stream) }),
    mean: () => onMean(process.fit(plain, rng.split('elsewhere')), own),
  };
  if (mode !== 'auto') return ways[mode]();
  return bestOf([own, ways.sources(), ways.mean()]);
}

function bestOf(factories: readonly SurrogateFactory[]): SurrogateFactory {
  let chosen: SurrogateFactory | undefined;
  return {
    ...factories[0]!,
    /** The first fit decides for those after it, which only add beliefs. */
    fit(data, rng, previous) {
      if (chosen) return chosen.fit(data, rng, previous);
      const fitted = factories.map((factory) => ({ factory, model: factory.fit(data, rng) }));
      const nlpd = ({ model }: { readonly model: Surrogate }): number => model.diagnostics().metrics.nlpd;
      const best = fitted.reduce((a, b) => (nlpd(b) < nlpd(a) ? b : a));
      chosen = best.factory;
      return best.model;
    },
  };
}

function withSources(data: TrainingData, elsewhere: TrainingData): TrainingData {
  const X = matrix(data.X.rows + elsewhere.X.rows, data.X.cols);
  X.data.set(data.X.data);
  X.data.set(elsewhere.X.data, data.X.data.length);
  const noiseOf = ({ noise, y }: TrainingData): Float64Array => noise ?? new Float64Array(y.length);
  const both = (a: Float64Array, b: Float64Array): Float64Array => Float64Array.from([...a, ...b]);
  return {
    ...data,
    X,
    y: both(data.y, elsewhere.y),
    source: Int32Array.from([...new Int32Array(data.y.length), ...elsewhere.source!]),
    ...(data.noise || elsewhere.noise ? { noise: both(noiseOf(data), noiseOf(elsewhere)) } : {}),
  };
}
