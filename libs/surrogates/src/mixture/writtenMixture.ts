/** Mixtures of fixed weights as plans of an earlier time were made with and have kept: they are read, and no longer fitted. */
import { InvalidArgumentError, type Matrix, type Philox } from '@ionloop/linalg';
import type { Diagnostics, Json, Prediction, Surrogate, SurrogateJson } from '../contract.js';
import { fieldsFrom, requireKind } from '../json.js';
import { metricsOf } from '../metrics.js';
import { drawByTurns, leftOutOfAll, predictMixed, type Part } from './mixture.js';

export const mixtureKind = 'mixture';
const version = 1;

/** `read` reads the parts. */
export function readMixture(json: SurrogateJson, read: (json: SurrogateJson) => Surrogate): Surrogate {
  requireKind(json, mixtureKind, version);
  const { parts } = json;
  if (!Array.isArray(parts) || parts.length === 0)
    throw new InvalidArgumentError('json.parts', 'must be a list of parts');
  return new WrittenMixture(
    (parts as readonly Json[]).map((part, at) => {
      const { weight, model } = fieldsFrom(`json.parts[${at}]`, part);
      if (typeof weight !== 'number' || !(weight >= 0))
        throw new InvalidArgumentError(`json.parts[${at}].weight`, 'must be a number that is not negative');
      return { weight, model: read(fieldsFrom(`json.parts[${at}].model`, model) as SurrogateJson) };
    }),
  );
}

class WrittenMixture implements Surrogate {
  readonly kind = mixtureKind;
  readonly dimension: number;
  readonly sampleIsJoint: boolean;

  constructor(private readonly parts: readonly Part[]) {
    this.dimension = parts[0]!.model.dimension;
    this.sampleIsJoint = parts.every(({ model }) => model.sampleIsJoint);
  }

  predict(X: Matrix): Prediction {
    return predictMixed(this.parts, X);
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    return drawByTurns(this.parts, X, count, rng);
  }

  diagnostics(): Diagnostics {
    const each = this.parts.map(({ weight, model }) => ({ weight, ...model.diagnostics() }));
    const leftOut = leftOutOfAll(each);
    const lengthscales = each.find((part) => part.lengthscales)?.lengthscales;
    return {
      kind: mixtureKind,
      n: each[0]!.n,
      leftOut,
      metrics: metricsOf(leftOut),
      ...(lengthscales === undefined ? {} : { lengthscales }),
    };
  }

  toJSON(): SurrogateJson {
    return {
      kind: mixtureKind,
      version,
      parts: this.parts.map(({ weight, model }) => ({ weight, model: model.toJSON() })),
    };
  }
}
