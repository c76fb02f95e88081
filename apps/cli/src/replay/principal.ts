import { fromRows, log } from '@ionloop/linalg';
import { pca, project } from '@ionloop/surrogates/analysis';
import type { PoolFeature, PoolValue } from '@ionloop/domain';
import { Failure } from '../failure.js';
import type { ReplayPool } from './pool.js';

/**
 * The numbers that describe a candidate, of which there are many and which say much the same, as their first principal components: of all candidates,
 * since who searches a pool knows what is in it. Other features stay.
 */
export function withComponents(pool: ReplayPool, count: number): ReplayPool {
  const places = pool.features.flatMap(({ kind }, at) => (kind === 'number' ? [at] : []));
  if (places.length < 2)
    throw new Failure(`${pool.file} has fewer than two numeric inputs to find components of`);
  const X = fromRows(
    pool.candidates.map(({ inputs }) => places.map((at) => seen(pool.features[at], inputs[at]))),
  );
  const found = pca(X, { components: count, standardise: true });
  const scores = project(found, X);
  const told: PoolFeature[] = found.components.map((_, k) => ({
    name: `component ${k + 1}`,
    kind: 'number',
  }));
  const others = pool.features.flatMap((feature, at) => (places.includes(at) ? [] : [{ feature, at }]));
  const features = [...told, ...others.map(({ feature }) => feature)];
  return {
    ...pool,
    features,
    inputs: features.map(({ name }) => name),
    candidates: pool.candidates.map((candidate, i) => ({
      ...candidate,
      inputs: [
        ...told.map((_, k) => scores.data[i * scores.cols + k] ?? 0),
        ...others.map(({ at }) => candidate.inputs[at] ?? null),
      ],
    })),
  };
}

/** As models see it. */
function seen(feature: PoolFeature | undefined, value: PoolValue | undefined): number {
  const number = typeof value === 'number' ? value : 0;
  return feature?.scale === 'log' ? log(number) : number;
}
