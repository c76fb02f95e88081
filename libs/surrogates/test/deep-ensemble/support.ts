import { beforeAll } from '@jest/globals';
import { latinHypercube, Philox } from '@ionloop/linalg';
import { loadDeepEnsemble, type DeepEnsembleFactories } from '../../src/deep-ensemble/index.js';
import type { SurrogateFactory, TrainingData } from '../../src/index.js';

let opened: DeepEnsembleFactories | undefined;

/** Tests are declared before anything can be awaited: what they use of the factories is there once they run. */
export function beforeAllLoad(): void {
  beforeAll(async () => {
    opened = await loadDeepEnsemble('portable');
  });
}

export function factories(): DeepEnsembleFactories {
  if (opened === undefined) throw new Error('not loaded yet');
  return opened;
}

export const capabilities = {
  noise: true,
  weights: true,
  missing: false,
  categorical: false,
  censored: false,
  source: false,
};

export function later(kind: string, made: () => SurrogateFactory): SurrogateFactory {
  return {
    kind,
    capabilities,
    fit: (data, rng) => made().fit(data, rng),
    fromJSON: (json) => made().fromJSON(json),
  };
}

/** Rows of the unit cube and a wavy response of the first two inputs. */
export function wavy(n: number, d: number, seed: number | string, noise = 0.05): TrainingData {
  const rng = Philox.fromSeed(seed);
  const X = latinHypercube(d, n, rng.split('X'));
  const y = Float64Array.from({ length: n }, (_, i) => {
    const [a = 0, b = 0] = X.data.subarray(i * d);
    return Math.sin(6 * a) + b * b + noise * rng.normal();
  });
  return { X, y };
}
