/** Transforms one after the other: what the first gives is what the second takes. */
import { InvalidArgumentError } from '@ionloop/linalg';
import type { Json } from '../contract.js';
import { fieldsFrom } from '../json.js';
import { requireOneOf } from '../options.js';
import { standardised, winsorised } from './lines.js';
import { boxCox, logarithm, yeoJohnson } from './powers.js';
import {
  outputTransformNames,
  type OutputTransform,
  type OutputTransformName,
  type TransformKind,
} from './transform.js';

export type Chain = readonly OutputTransform[];

const kinds: Readonly<Record<OutputTransformName, TransformKind>> = {
  log: logarithm,
  boxCox,
  yeoJohnson,
  winsorised,
  standardised,
};

export function learnChain(names: readonly OutputTransformName[], y: Float64Array): Chain {
  let values = y;
  return names.map((name) => {
    const transform = kinds[name].learn(values);
    values = values.map((value) => transform.forward(value));
    return transform;
  });
}

export function forwardThrough(chain: Chain, y: number): number {
  return chain.reduce((value, { forward }) => forward(value), y);
}

export function inverseThrough(chain: Chain, z: number): number {
  return chain.reduceRight((value, { inverse }) => inverse(value), z);
}

/** dz/dy of the whole. */
export function slopeThrough(chain: Chain, y: number): number {
  let value = y;
  let product = 1;
  for (const { forward, slope } of chain) {
    product *= slope(value);
    value = forward(value);
  }
  return product;
}

export function chainToJson(chain: Chain): Json {
  return chain.map(({ name, parameters }) => ({ name, ...parameters() }));
}

export function chainFrom(name: string, json: Json | undefined): Chain {
  if (!Array.isArray(json)) throw new InvalidArgumentError(name, 'must be a list');
  return (json as readonly Json[]).map((one, i) => {
    const fields = fieldsFrom(`${name}[${i}]`, one);
    return kinds[requireOneOf(`${name}[${i}].name`, fields['name'], outputTransformNames)].read(
      `${name}[${i}]`,
      fields,
    );
  });
}
