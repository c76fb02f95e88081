import { requireLength } from '@ionloop/linalg';
import type { Json, LeftOut } from './contract.js';
import { fieldsFrom, numbersFrom } from './json.js';

/** Left-out predictions as plain lists, without the −0 that JSON does not keep. */
export function leftOutOf(
  mean: ArrayLike<number>,
  variance: ArrayLike<number>,
  actual: ArrayLike<number>,
): LeftOut {
  const list = (values: ArrayLike<number>) => {
    const plain: number[] = [];
    for (let i = 0; i < values.length; i++) plain.push(values[i]! + 0);
    return plain;
  };
  return { mean: list(mean), variance: list(variance), actual: list(actual) };
}

export function leftOutToJson({ mean, variance, actual }: LeftOut): Json {
  return { mean, variance, actual };
}

export function leftOutFrom(name: string, json: Json | undefined): LeftOut {
  const fields = fieldsFrom(name, json);
  const list = (field: string) => Array.from(numbersFrom(`${name}.${field}`, fields[field]));
  const leftOut = { mean: list('mean'), variance: list('variance'), actual: list('actual') };
  requireLength(`${name}.mean`, leftOut.mean, leftOut.actual.length);
  requireLength(`${name}.variance`, leftOut.variance, leftOut.actual.length);
  return leftOut;
}
