import {
  InvalidArgumentError,
  partKinds,
  requireKernel,
  type Coregion,
  type Kernel,
  type KernelPart,
} from '@ionloop/linalg';
import type { Json } from '../contract.js';
import { fieldsFrom, numberFrom } from '../json.js';

export const kernelNames = ['matern52', 'matern32', 'matern12', 'rbf', 'rationalQuadratic'] as const;
export type KernelName = (typeof kernelNames)[number];

/** The named kernel over all columns, a lengthscale each; columns of categories count by whether they differ. */
export function kernelOf(name: KernelName, dimension: number, categorical: readonly number[] = []): Kernel {
  const continuous = Array.from({ length: dimension }, (_, column) => column).filter(
    (column) => !categorical.includes(column),
  );
  const parts: KernelPart[] = [];
  if (continuous.length > 0) parts.push({ kind: name, columns: continuous });
  if (categorical.length > 0) parts.push({ kind: 'hamming', columns: [...categorical] });
  return { terms: [parts] };
}

export function requireKernelName(name: string, value: Json | undefined): KernelName {
  const known = kernelNames.find((kernel) => kernel === value);
  if (known === undefined)
    throw new InvalidArgumentError(
      name,
      `must be one of ${kernelNames.join(', ')}, not ${JSON.stringify(value)}`,
    );
  return known;
}

export function kernelToJson({ terms }: Kernel): Json {
  return terms.map((parts) =>
    parts.map(({ kind, columns, lengthscaleOf, coregion }) => ({
      kind,
      columns: [...columns],
      ...(lengthscaleOf && { lengthscaleOf: [...lengthscaleOf] }),
      ...(coregion && { coregion: { ...coregion } }),
    })),
  );
}

export function kernelFrom(name: string, json: Json | undefined, dimension: number): Kernel {
  const terms = listFrom(name, json).map((term, t) =>
    listFrom(`${name}[${t}]`, term).map((part, p) => partFrom(`${name}[${t}][${p}]`, part)),
  );
  requireKernel(name, { terms }, dimension);
  return { terms };
}

function partFrom(name: string, json: Json): KernelPart {
  const { kind, columns, lengthscaleOf, coregion } = fieldsFrom(name, json);
  const known = partKinds.find((one) => one === kind);
  if (known === undefined)
    throw new InvalidArgumentError(
      `${name}.kind`,
      `must be one of ${partKinds.join(', ')}, not ${JSON.stringify(kind)}`,
    );
  const numbers = (field: string, list: Json | undefined) =>
    listFrom(`${name}.${field}`, list).map((value) => numberFrom(`${name}.${field}`, value));
  return {
    kind: known,
    columns: numbers('columns', columns),
    ...(lengthscaleOf !== undefined && { lengthscaleOf: numbers('lengthscaleOf', lengthscaleOf) }),
    ...(coregion !== undefined && { coregion: coregionFrom(`${name}.coregion`, coregion) }),
  };
}

function coregionFrom(name: string, json: Json): Coregion {
  const { sources, rank, unitDiagonal } = fieldsFrom(name, json);
  return {
    sources: numberFrom(`${name}.sources`, sources),
    rank: numberFrom(`${name}.rank`, rank),
    ...(unitDiagonal !== undefined && { unitDiagonal: unitDiagonal === true }),
  };
}

function listFrom(name: string, json: Json | undefined): readonly Json[] {
  if (!Array.isArray(json)) throw new InvalidArgumentError(name, 'must be a list');
  return json as readonly Json[];
}
