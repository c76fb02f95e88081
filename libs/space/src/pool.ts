import { invalidInput, type PointValue, type PoolSpec, shown } from '@ionloop/domain';
import type { Part } from './part.js';
import { requireDistinct } from './read.js';

export function poolPart(spec: PoolSpec, field: string): Part {
  checkSpec(spec, field);
  const { name, features, candidates } = spec;
  const ids = candidates.map(({ id }) => id);
  const encoded = encodeAll(spec);
  const idOf = (value: PointValue): string => (typeof value === 'string' ? value : '');
  const rowOf = (value: PointValue): readonly number[] => encoded.get(idOf(value)) ?? features.map(() => NaN);
  return {
    name,
    columns: features,
    blocks: [{ kind: 'numbers', width: features.length }],
    size: candidates.length,
    uniforms: 1,
    check(value, at) {
      if (typeof value !== 'string' || !encoded.has(value)) {
        throw invalidInput(at, `${name} is ${shown(value)}; that is not one of its ${ids.length} candidates`);
      }
      return value;
    },
    encode: rowOf,
    draw: ([u = 0]) => ids[Math.min(ids.length - 1, Math.floor(u * ids.length))] ?? '',
    enumerate: () => ids,
    step(value, reach, rng) {
      const from = rowOf(value);
      const near = ids
        .map((id) => ({ id, distance: squaredDistance(from, rowOf(id)) }))
        .sort((a, b) => a.distance - b.distance);
      const among = Math.min(near.length - 1, Math.max(1, Math.round(reach * near.length)));
      return near[Math.min(near.length - 1, 1 + rng.integer(Math.max(1, among)))]?.id ?? value;
    },
    key: idOf,
    describe: idOf,
  };
}

function checkSpec({ name, features, candidates }: PoolSpec, field: string): void {
  if (candidates.length === 0) throw invalidInput(`${field}.candidates`, `${name} has no candidates`);
  if (features.length === 0) {
    throw invalidInput(
      `${field}.features`,
      `${name} has no features; models would have nothing to learn from`,
    );
  }
  requireDistinct(features, `${field}.features`, `features of ${name}`);
  const seen = new Set<string>();
  candidates.forEach(({ id, values }, i) => {
    const at = `${field}.candidates[${i}]`;
    if (seen.has(id)) throw invalidInput(`${at}.id`, `${name}: the id "${id}" comes twice`);
    seen.add(id);
    if (values.length !== features.length) {
      throw invalidInput(
        `${at}.values`,
        `${name}: candidate "${id}" has ${values.length} values for ${features.length} features`,
      );
    }
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw invalidInput(
        `${at}.values[${bad}]`,
        `${name}: ${features[bad] ?? ''} of candidate "${id}" is ${String(values[bad])}; it must be a finite number`,
      );
    }
  });
}

/** Features scaled to 0 … 1 over the pool; one that never varies says nothing and sits in the middle. */
function encodeAll({ features, candidates }: PoolSpec): ReadonlyMap<string, readonly number[]> {
  const ranges = features.map((_, j) => {
    let [min, max] = [Infinity, -Infinity];
    for (const { values } of candidates) {
      min = Math.min(min, values[j] ?? NaN);
      max = Math.max(max, values[j] ?? NaN);
    }
    // Halved first, so that a range wider than the largest number still has a width.
    return { min, half: max / 2 - min / 2 };
  });
  return new Map(
    candidates.map(({ id, values }) => [
      id,
      ranges.map(({ min, half }, j) => (half > 0 ? ((values[j] ?? NaN) / 2 - min / 2) / half : 0.5)),
    ]),
  );
}

const squaredDistance = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => {
    const difference = value - (b[i] ?? NaN);
    return sum + difference * difference;
  }, 0);
