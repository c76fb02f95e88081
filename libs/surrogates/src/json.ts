import { InvalidArgumentError, matrix, type Matrix } from '@ionloop/linalg';
import type { Json, SurrogateJson } from './contract.js';

/** Refuses a model of another kind, or of a version that the reader does not know. */
export function requireKind(json: SurrogateJson, kind: string, ...versions: readonly number[]): void {
  if (json.kind !== kind)
    throw new InvalidArgumentError('json.kind', `must be "${kind}", not "${json.kind}"`);
  if (!versions.includes(json.version))
    throw new InvalidArgumentError('json.version', `must be ${versions.join(' or ')}, not ${json.version}`);
}

export function numbersToJson(values: ArrayLike<number>): readonly number[] {
  return Array.from(values);
}

export function matrixToJson(A: Matrix): Json {
  return { rows: A.rows, cols: A.cols, data: numbersToJson(A.data) };
}

export function numberFrom(name: string, json: Json | undefined): number {
  if (typeof json !== 'number') throw new InvalidArgumentError(name, 'must be a number');
  return json;
}

export function numbersFrom(name: string, json: Json | undefined): Float64Array {
  if (!Array.isArray(json)) throw new InvalidArgumentError(name, 'must be a list of numbers');
  return Float64Array.from(json as readonly Json[], (value) => numberFrom(name, value));
}

export function fieldsFrom(name: string, json: Json | undefined): { readonly [field: string]: Json } {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new InvalidArgumentError(name, 'must be an object');
  return json as { readonly [field: string]: Json };
}

export function matrixFrom(name: string, json: Json | undefined): Matrix {
  const { rows, cols, data } = fieldsFrom(name, json);
  return matrix(
    numberFrom(`${name}.rows`, rows),
    numberFrom(`${name}.cols`, cols),
    numbersFrom(`${name}.data`, data),
  );
}
