import type { Philox } from '@ionloop/linalg';
import type { Surrogate, SurrogateFactory, TrainingData } from '@ionloop/surrogates';
import { StrategyError } from '../strategies/strategy.js';

/** A fit whose failure is the strategy's. */
export function fitFor(
  strategy: string,
  factory: SurrogateFactory,
  data: TrainingData,
  rng: Philox,
): Surrogate {
  try {
    return factory.fit(data, rng);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new StrategyError(strategy, `could not fit its model to ${data.y.length} results: ${message}`, {
      cause: error,
    });
  }
}
