import { invalidInput, type PointValue, type PoolSpec, shown } from '@ionloop/domain';
import { featureColumns, featureOf } from './features.js';
import type { Part } from './part.js';
import { Ranking } from './ranking.js';
import { requireDistinct } from './read.js';

export function poolPart(spec: PoolSpec, field: string): Part {
  const places = checkSpec(spec, field);
  const { name, candidates } = spec;
  const ids = candidates.map(({ id }) => id);
  const { names, blocks, rows } = featureColumns(spec, field);
  const unknown = new Float64Array(names.length).fill(NaN);
  const idOf = (value: PointValue): string => (typeof value === 'string' ? value : '');
  const rowOf = (value: PointValue): Float64Array => {
    const at = places.get(idOf(value));
    return at === undefined ? unknown : rows.subarray(at * names.length, (at + 1) * names.length);
  };
  const near = rankingOf(rows, names.length);
  return {
    name,
    columns: names,
    blocks,
    size: candidates.length,
    uniforms: 1,
    check(value, at) {
      if (typeof value !== 'string' || !places.has(value)) {
        throw invalidInput(at, `${name} is ${shown(value)}; that is not one of its ${ids.length} candidates`);
      }
      return value;
    },
    encode: rowOf,
    sees: (value) => typeof value === 'string' && places.has(value),
    draw: ([u = 0]) => ids[Math.min(ids.length - 1, Math.floor(u * ids.length))] ?? '',
    enumerate: () => ids,
    rows,
    step(value, reach, rng) {
      const among = Math.min(ids.length - 1, Math.max(1, Math.round(reach * ids.length)));
      const rank = Math.min(ids.length - 1, 1 + rng.integer(Math.max(1, among)));
      return ids[near(value, rowOf(value)).row(rank)] ?? value;
    },
    key: idOf,
    describe: idOf,
  };
}

/** Where each candidate stands, by its id. */
function checkSpec({ name, features, candidates }: PoolSpec, field: string): ReadonlyMap<string, number> {
  if (candidates.length === 0) throw invalidInput(`${field}.candidates`, `${name} has no candidates`);
  if (features.length === 0) {
    throw invalidInput(
      `${field}.features`,
      `${name} has no features; models would have nothing to learn from`,
    );
  }
  const described = features.map(featureOf);
  requireDistinct(
    described.map((feature) => feature.name),
    `${field}.features`,
    `features of ${name}`,
  );
  described.forEach((feature, j) => {
    if (feature.scale !== undefined && feature.kind !== 'number') {
      throw invalidInput(
        `${field}.features[${j}].scale`,
        `${name}: ${feature.name} is a feature of kind ${feature.kind}; only numbers have a scale`,
      );
    }
  });
  const places = new Map<string, number>();
  candidates.forEach(({ id, values }, i) => {
    if (places.has(id)) {
      throw invalidInput(`${field}.candidates[${i}].id`, `${name}: the id "${id}" comes twice`);
    }
    places.set(id, i);
    if (values.length !== features.length) {
      throw invalidInput(
        `${field}.candidates[${i}].values`,
        `${name}: candidate "${id}" has ${values.length} values for ${features.length} features`,
      );
    }
  });
  return places;
}

/** The rows by their distance from one. One row is asked about many times in turn, so its ranking is kept. */
function rankingOf(rows: Float64Array, dimension: number) {
  let kept: { readonly value: PointValue; readonly ranking: Ranking } | undefined;
  return (value: PointValue, from: Float64Array): Ranking => {
    if (kept?.value !== value) {
      kept = { value, ranking: new Ranking(squaredDistances(rows, dimension, from)) };
    }
    return kept.ranking;
  };
}

function squaredDistances(rows: Float64Array, dimension: number, from: Float64Array): Float64Array {
  const distances = new Float64Array(rows.length / dimension);
  for (let i = 0, at = 0; i < distances.length; i += 1) {
    let sum = 0;
    for (let j = 0; j < dimension; j += 1, at += 1) {
      const difference = (from[j] ?? NaN) - (rows[at] ?? NaN);
      sum += difference * difference;
    }
    // What is not known is as far as can be.
    distances[i] = sum >= 0 ? sum : Infinity;
  }
  return distances;
}
