import {
  type FittedModel,
  invalidInput,
  type Json,
  type JsonObject,
  type LearnedElsewhere,
} from '@ionloop/domain';
import {
  catalogue,
  mixtureKind,
  readMixture,
  readSurrogate,
  type Surrogate,
  type SurrogateJson,
} from '@ionloop/surrogates';
import type { Round } from '../choice/round.js';
import { readOnMean } from './on-mean.js';
import { strategyTable } from '../strategies/table.js';

const version = 1;

/** Of several objectives the first one's, with the others beside it. */
export function toFittedModels({ objectives, space, request }: Round): FittedModel {
  const [first, ...others] = objectives.map(({ model, response: { sign, data }, learned }) => {
    const fitted = toFittedModel(model, sign, space.names, data.y.length);
    if (learned === null) return fitted;
    return { ...fitted, diagnostics: { ...(fitted.diagnostics as JsonObject), elsewhere: toldAs(learned) } };
  }) as [FittedModel, ...FittedModel[]];
  if (others.length === 0) return first;
  const named = others.map((each, k) => ({ property: request.objectives[k + 1]!.property, ...each }));
  return {
    kind: first.kind,
    diagnostics: {
      ...(first.diagnostics as JsonObject),
      others: named.map(({ property, diagnostics }) => ({ property, diagnostics })),
    },
    body: {
      ...(first.body as JsonObject),
      others: named.map(({ property, body }) => ({ property, body })),
    },
  };
}

const toldAs = ({ learned, sources }: Omit<LearnedElsewhere, 'property'>): JsonObject => ({
  learned,
  sources: sources.map((one) => ({ ...one })),
});

/** A model as it is kept: in the property's own direction wherever a person looks, and of its own rows, which come first. */
export function toFittedModel(
  model: Surrogate,
  sign: 1 | -1,
  names: readonly string[],
  own = Infinity,
): FittedModel {
  const { kind, n: rows, leftOut, metrics, lengthscales, importances, noiseVariance } = model.diagnostics();
  const byName = (values: readonly number[]): JsonObject =>
    Object.fromEntries(names.map((name, i) => [name, values[i]!]));
  return {
    kind,
    diagnostics: {
      kind,
      n: Math.min(rows, own),
      leftOut: {
        actual: leftOut.actual.slice(0, own).map((value) => sign * value + 0),
        mean: leftOut.mean.slice(0, own).map((value) => sign * value + 0),
        sd: leftOut.variance.slice(0, own).map((value) => Math.sqrt(value)),
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
  return { model: readModel(body.surrogate as SurrogateJson), sign };
}

/** Of a strategy's own kind, or one that the catalogue knows. */
function readModel(json: SurrogateJson): Surrogate {
  if (json.kind === 'on-mean') return readOnMean(json, readModel);
  if (json.kind === mixtureKind) return readMixture(json, readModel);
  const own = Object.values(strategyTable).find(({ surrogate }) => surrogate?.kind === json.kind)?.surrogate;
  if (own) return own.fromJSON(json);
  if (!catalogue.some(({ make }) => make().kind === json.kind)) {
    throw invalidInput('model.body', `there is no model of kind ${json.kind}`);
  }
  return readSurrogate(json);
}
