import { matrix, type Matrix, type Philox, row } from '@ionloop/linalg';
import {
  type Capabilities,
  type Diagnostics,
  type Json,
  metricsOf,
  type Prediction,
  type Surrogate,
  type SurrogateFactory,
  type SurrogateJson,
} from '@ionloop/surrogates';

export interface WeightedFactory {
  readonly weight: number;
  readonly factory: SurrogateFactory;
}
interface Part {
  readonly weight: number;
  readonly model: Surrogate;
}

const kind = 'mixture';
const version = 1;

/** Several models as one belief: a mixture of their normal predictions, by its mean and variance. Weights sum to 1. */
export function mixtureOf(factories: readonly WeightedFactory[]): SurrogateFactory {
  return {
    kind,
    capabilities: sharedCapabilities(factories),
    fit: (data, rng) =>
      new Mixture(
        factories.map(({ weight, factory }, i) => ({
          weight,
          model: factory.fit(data, rng.split(`${factory.kind}-${i}`)),
        })),
      ),
    fromJSON: (json) => new Mixture(partsFrom(json, factories)),
  };
}

/** A mixture can use what all of its parts can; the noise of rows serves those that look at it. */
function sharedCapabilities(factories: readonly WeightedFactory[]): Capabilities {
  const all = (name: keyof Capabilities) => factories.every(({ factory }) => factory.capabilities[name]);
  return {
    noise: factories.some(({ factory }) => factory.capabilities.noise),
    weights: all('weights'),
    missing: all('missing'),
    categorical: all('categorical'),
    censored: all('censored'),
    source: all('source'),
  };
}

class Mixture implements Surrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint: boolean;

  constructor(private readonly parts: readonly Part[]) {
    this.dimension = parts[0]!.model.dimension;
    this.sampleIsJoint = parts.every(({ model }) => model.sampleIsJoint);
  }

  predict(X: Matrix): Prediction {
    return mix(
      this.parts.map(({ weight, model }) => ({ weight, ...model.predict(X) })),
      X.rows,
    );
  }

  /** Each draw is one of a part's, taken as often as its weight says. */
  sample(X: Matrix, count: number, rng: Philox): Matrix {
    const draws = matrix(count, X.rows);
    const turns = Array.from({ length: count }, () => this.partAt(rng.uniform()));
    this.parts.forEach(({ model }, i) => {
      const mine = turns.flatMap((turn, k) => (turn === i ? [k] : []));
      if (mine.length === 0) return;
      const own = model.sample(X, mine.length, rng.split(`part-${i}`));
      mine.forEach((k, at) => draws.data.set(row(own, at), k * X.rows));
    });
    return draws;
  }

  diagnostics(): Diagnostics {
    const each = this.parts.map(({ weight, model }) => ({ weight, ...model.diagnostics() }));
    const [{ n, leftOut: first }] = each as [(typeof each)[number]];
    const { mean, variance } = mix(
      each.map(({ weight, leftOut }) => ({
        weight,
        mean: Float64Array.from(leftOut.mean),
        variance: Float64Array.from(leftOut.variance),
      })),
      n,
    );
    const leftOut = { actual: first.actual, mean: Array.from(mean), variance: Array.from(variance) };
    const lengthscales = each.find((part) => part.lengthscales)?.lengthscales;
    return {
      kind,
      n,
      leftOut,
      metrics: metricsOf(leftOut),
      ...(lengthscales === undefined ? {} : { lengthscales }),
    };
  }

  toJSON(): SurrogateJson {
    return {
      kind,
      version,
      parts: this.parts.map(({ weight, model }) => ({ weight, model: model.toJSON() })),
    };
  }

  private partAt(u: number): number {
    let below = 0;
    const at = this.parts.findIndex(({ weight }) => u < (below += weight));
    return at < 0 ? this.parts.length - 1 : at;
  }
}

/** μ = Σ w·m, σ² = Σ w·(s² + (m − μ)²). */
function mix(parts: readonly ({ readonly weight: number } & Prediction)[], count: number): Prediction {
  const mean = new Float64Array(count);
  const variance = new Float64Array(count);
  for (const part of parts) for (let i = 0; i < count; i++) mean[i] = mean[i]! + part.weight * part.mean[i]!;
  for (const part of parts) {
    for (let i = 0; i < count; i++) {
      const away = part.mean[i]! - mean[i]!;
      variance[i] = variance[i]! + part.weight * (part.variance[i]! + away * away);
    }
  }
  return { mean, variance };
}

function partsFrom(json: SurrogateJson, factories: readonly WeightedFactory[]): readonly Part[] {
  const parts = json['parts'];
  if (json.kind !== kind || json.version !== version || !Array.isArray(parts) || parts.length === 0) {
    throw new TypeError(`this is not a ${kind} of version ${version}`);
  }
  return (parts as readonly Json[]).map((part) => {
    const { weight, model } = part as unknown as { weight: number; model: SurrogateJson };
    const maker = factories.find(({ factory }) => factory.kind === model.kind);
    if (!maker) throw new TypeError(`a ${kind} has no part of kind ${model.kind}`);
    return { weight, model: maker.factory.fromJSON(model) };
  });
}
