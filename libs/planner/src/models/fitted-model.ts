import {
  type FittedModel,
  invalidInput,
  type Json,
  type JsonObject,
  type StrategyName,
} from '@ionloop/domain';
import type { Surrogate, SurrogateJson } from '@ionloop/surrogates';
import { strategyTable } from '../strategies/table.js';

const version = 1;

/** A model as it is kept: in the property's own direction wherever a person looks. */
export function toFittedModel(model: Surrogate, sign: 1 | -1, names: readonly string[]): FittedModel {
  const { kind, n, leftOut, metrics, lengthscales, importances, noiseVariance } = model.diagnostics();
  const byName = (values: readonly number[]): JsonObject =>
    Object.fromEntries(names.map((name, i) => [name, values[i]!]));
  return {
    kind,
    diagnostics: {
      kind,
      n,
      leftOut: {
        actual: leftOut.actual.map((value) => sign * value + 0),
        mean: leftOut.mean.map((value) => sign * value + 0),
        sd: leftOut.variance.map((value) => Math.sqrt(value)),
      },
      metrics: { ...metrics },
      ...(lengthscales === undefined ? {} : { lengthscales: byName(lengthscales) }),
      ...(importances === undefined ? {} : { importances: byName(importances) }),
      ...(noiseVariance === undefined ? {} : { noiseSd: Math.sqrt(noiseVariance) }),
    },
    body: { version, sign, surrogate: model.toJSON() },
  };
}

export function fromFittedModel(fitted: FittedModel): { readonly model: Surrogate; readonly sign: number } {
  const body = fitted.body as { version?: Json; sign?: Json; surrogate?: Json } | null;
  const sign = body?.sign;
  if (body?.version !== version || (sign !== 1 && sign !== -1) || typeof body.surrogate !== 'object') {
    throw invalidInput('model.body', `this planner reads models of version ${version} only`);
  }
  const json = body.surrogate as SurrogateJson;
  const factory = Object.keys(strategyTable)
    .map((name) => strategyTable[name as StrategyName].surrogate)
    .find((candidate) => candidate?.kind === json.kind);
  if (!factory) throw invalidInput('model.body', `there is no model of kind ${json.kind}`);
  return { model: factory.fromJSON(json), sign };
}
