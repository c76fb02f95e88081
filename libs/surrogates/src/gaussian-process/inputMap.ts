/** What stands between the inputs (m,d) and the rows (m,e) that the kernel looks at. */
import { InvalidArgumentError, type Matrix } from '@ionloop/linalg';
import type { Json } from '../contract.js';
import { fieldsFrom } from '../json.js';
import { blocksFrom } from './blocks.js';
import { warpFrom } from './warp.js';

export interface InputMap {
  /** (e) The input that each of the kernel's columns comes from. */
  readonly sources: readonly number[];
  apply(X: Matrix): Matrix;
  /** Null for inputs as they are: nothing has to be written down. */
  toJSON(): Json;
}

/** Inputs as they are. */
export function plainInputs(dimension: number): InputMap {
  return {
    sources: Array.from({ length: dimension }, (_, column) => column),
    apply: (X) => X,
    toJSON: () => null,
  };
}

export function inputMapFrom(name: string, json: Json | undefined, dimension: number): InputMap {
  if (json === undefined || json === null) return plainInputs(dimension);
  const fields = fieldsFrom(name, json);
  if (fields['kind'] === 'blocks') return blocksFrom(name, fields);
  if (fields['kind'] === 'warp') return warpFrom(name, fields, dimension);
  throw new InvalidArgumentError(`${name}.kind`, 'must be blocks or warp');
}
