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
 * the largest density. A way that its model refuses or cannot fit gives way to the next: `sources` to `mean`, and that to this campaign alone.
 */
export function learningElsewhere(
  own: SurrogateFactory,
  elsewhere: TrainingData,
  mode: TransferMode,
  rng: Philox,
  refused: Refused = () => undefined,
): SurrogateFactory {
  if (mode === 'none') return own;
  const plain = { ...elsewhere, source: new Int32Array(elsewhere.y.length) };
  const sources: SurrogateFactory = {
    ...process,
    fit: (data, stream) => process.fit(withSources(data, elsewhere), stream),
  };
  let learned: Surrogate | undefined;
  const mean: SurrogateFactory = {
    ...own,
    fit(data, stream) {
      learned ??= process.fit(plain, rng.split('elsewhere'));
      return onMean(learned, own).fit(data, stream);
    },
  };
  switch (mode) {
    case 'sources':
      return firstThatFits([sources, mean, own], refused);
    case 'mean':
      return firstThatFits([mean, own], refused);
    case 'auto':
      return bestOf([own, sources, mean], refused);
    default:
      return mode satisfies never;
  }
}

function firstThatFits(factories: readonly SurrogateFactory[], refused: Refused): SurrogateFactory {
  let at = 0;
  return {
    ...factories[0]!,
    fit(data, rng, previous) {
      for (; at < factories.length - 1; at++) {
        const fitted = triedFit(factories[at]!, refused, data, rng, previous);
        if (fitted) return fitted;
      }
      return factories[at]!.fit(data, rng, previous);
    },
  };
}

/** Told why a way of learning from elsewhere gave way to the next. */
export type Refused = (reason: string) => void;

function triedFit(
  factory: SurrogateFactory,
  refused: Refused,
  ...given: Parameters<SurrogateFactory['fit']>
): Surrogate | null {
  try {
    return factory.fit(...given);
  } catch (error) {
    refused(error instanceof Error ? error.message : String(error));
    return null;
  }
}

function bestOf(factories: readonly SurrogateFactory[], refused: Refused): SurrogateFactory {
  let chosen: SurrogateFactory | undefined;
  return {
    ...factories[0]!,
    /** The first fit decides for those after it, which only add beliefs. */
    fit(data, rng, previous) {
      if (chosen) return chosen.fit(data, rng, previous);
      const [own, ...others] = factories as [SurrogateFactory, ...SurrogateFactory[]];
      const fitted = [
        { factory: own, model: own.fit(data, rng) },
        ...others.flatMap((factory) => {
          const model = triedFit(factory, refused, data, rng);
          return model === null ? [] : [{ factory, model }];
        }),
      ];
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
