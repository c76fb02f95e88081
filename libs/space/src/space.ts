import { invalidInput, type Point, type PointValue, type SpaceSpec } from '@ionloop/domain';
import { matrix, Philox } from '@ionloop/linalg';
import { blocksOf, columnNames } from './columns.js';
import { effectsOn, refuseEmpty, untouched } from './constraints/effects.js';
import { openConstraints } from './constraints/open.js';
import type { Space } from './contract.js';
import { designed } from './designs/designs.js';
import { distanceBy } from './distance.js';
import { refuseContradictions } from './constraints/proof.js';
import { gridOf } from './grid.js';
import type { Part } from './part.js';
import { openParts } from './parts/openParts.js';
import { fieldsOf } from './read.js';
import { constrainedDraws, passes } from './sampling/constrained.js';
import { numbersIn, settled } from './sampling/settle.js';
import { distinct, uniformRows } from './sampling/uniform.js';

const mostPoints = 1_000_000;
/** A constrained space up to this size is listed when it is opened. */
const mostConstrained = 300_000;
const mostDrawn = 4096;

export function openSpace(spec: SpaceSpec): Space {
  const parts = openParts(spec);
  const names = columnNames(parts);
  const uniforms = parts.reduce((sum, part) => sum + part.uniforms, 0);
  const isPool = spec.parameters.some(({ kind }) => kind === 'pool');
  const blocks = blocksOf(parts);
  const categorical = blocks.flatMap(({ kind, columns }) => (kind === 'categorical' ? columns : []));
  const distance = distanceBy(categorical);
  const chosen = parts.filter(({ unknown }) => unknown === undefined);
  const constraints = openConstraints(spec);
  const holds = (point: Point): boolean => constraints.every((constraint) => constraint.holds(point));
  const everything = sizeOf(chosen);

  const pointOf = (valueOf: (part: Part, i: number) => PointValue): Point =>
    Object.fromEntries(chosen.map((part, i) => [part.name, valueOf(part, i)]));
  const valueIn = (point: Point, part: Part): PointValue => {
    const value = point[part.name];
    if (value === undefined) throw invalidInput(`point.${part.name}`, `${part.name} is missing`);
    return value;
  };
  const encodeIn = (point: Point, part: Part): ArrayLike<number> =>
    part.unknown && point[part.name] === undefined ? part.unknown : part.encode(valueIn(point, part));
  const key = (point: Point): string => {
    let text = '';
    for (const part of chosen) {
      text += `${text === '' ? '' : '&'}${part.name}=${part.key(valueIn(point, part))}`;
    }
    return text;
  };
  const known = parts.map(({ name }) => name);
  const fieldNames = known.map((name) => `point.${name}`);

  const drawn = (row: readonly number[]): Point => {
    let used = 0;
    return pointOf((part) => part.draw(row.slice(used, (used += part.uniforms))));
  };
  /** The point moved to where the constraints hold. */
  const repaired = (point: Point): Point | null =>
    settled(
      chosen,
      constraints,
      (part) => part.relaxed && numbersIn(part.relaxed, valueIn(point, part)),
      point,
      (near) => holds(near) && passes(chosen, near),
    );
  refuseContradictions(chosen, constraints);
  const isListed = everything !== null && (constraints.length === 0 || everything <= mostConstrained);
  let all: readonly Point[] | undefined =
    constraints.length > 0 && isListed ? product(chosen).filter(holds) : undefined;
  if (all?.length === 0) refuseEmpty(product(chosen), constraints, 'all');
  const size = isListed ? (all?.length ?? everything) : null;
  const constrained =
    constraints.length > 0 && !isListed ? constrainedDraws(chosen, constraints, drawn, key) : null;

  const space: Space = {
    spec,
    dimension: names.length,
    names,
    blocks,
    categorical,
    distance,
    size,
    check(point) {
      const fields = fieldsOf(point, 'point', known);
      const checked: Record<string, PointValue> = {};
      parts.forEach((part, i) => {
        const value = fields[part.name];
        if ((value ?? undefined) === undefined && part.unknown) return;
        checked[part.name] = part.check(value, fieldNames[i] ?? 'point');
      });
      const broken = constraints.filter((constraint) => !constraint.holds(checked));
      if (broken.length > 0) {
        const names = broken.map(({ name, text }) => (name === text ? text : `${name} (${text})`));
        throw invalidInput('point', `the point breaks ${names.map((name) => `"${name}"`).join(' and ')}`);
      }
      return checked;
    },
    sees: (point) =>
      parts.every((part) => {
        const value = point[part.name];
        return value === undefined ? part.unknown !== undefined : part.sees(value);
      }),
    encode(points) {
      const encoded = matrix(points.length, names.length);
      points.forEach((point, i) => {
        let at = i * names.length;
        for (const part of parts) {
          encoded.data.set(encodeIn(point, part), at);
          at += part.columns.length;
        }
      });
      return encoded;
    },
    encodeListed(from, to) {
      const [only, ...others] = parts;
      if (only?.rows === undefined || others.length > 0 || constraints.length > 0) {
        return space.encode(space.enumerate().slice(from, to));
      }
      const end = Math.min(to, only.rows.length / names.length);
      return matrix(end - from, names.length, only.rows.slice(from * names.length, end * names.length));
    },
    enumerate() {
      if (size === null) throw invalidInput('space', 'this space has too many points to list them');
      all ??= product(chosen);
      return all;
    },
    sample(count, rng) {
      // A pool has no order that a sequence could follow, and most of a small space is soonest had by choosing.
      if (size !== null && (isPool || constraints.length > 0 || 4 * count >= size)) {
        return pick(space.enumerate(), rng.choose(size, Math.min(count, size)));
      }
      if (constrained) return constrained.draw(count, rng);
      return distinct(count, key, (wanted) => uniformRows(uniforms, wanted, rng).map(drawn));
    },
    uniforms,
    drawn(numbers) {
      const point = drawn(numbers);
      return holds(point) ? point : null;
    },
    initialDesign: (count, rng, avoid = [], design = 'spread') => designed(space, count, rng, avoid, design),
    neighbours(point, rng, count) {
      const own = key(point);
      const reaches = [0.003, 0.01, 0.03, 0.1];
      return distinct(
        count,
        (near) => key(near),
        (wanted) =>
          Array.from({ length: wanted }, () => {
            const reach = reaches[rng.integer(reaches.length)] ?? 0.01;
            const only = chosen.length > 1 && rng.uniform() < 0.5 ? rng.integer(chosen.length) : null;
            return pointOf((part, i) => {
              const value = valueIn(point, part);
              return only === null || only === i ? part.step(value, reach, rng) : value;
            });
          })
            .flatMap((near): readonly Point[] => {
              const held = holds(near) ? near : repaired(near);
              return held ? [held] : [];
            })
            .filter((near) => key(near) !== own),
      );
    },
    key,
    effects() {
      if (constraints.length === 0)
        return everything === null ? untouched(0, 'drawn') : untouched(everything, 'all');
      if (constrained) return constrained.effects;
      const points = isListed
        ? product(chosen)
        : uniformRows(uniforms, mostDrawn, Philox.fromSeed('effects')).map(drawn);
      return effectsOn(points, constraints, isListed ? 'all' : 'drawn');
    },
    describe: (point) =>
      parts
        .filter((part) => !part.unknown || point[part.name] !== undefined)
        .map((part) => part.describe(valueIn(point, part)))
        .join(' · '),
    grid(resolution) {
      if (!(Number.isInteger(resolution) && resolution >= 1 && resolution <= 400)) {
        throw invalidInput(
          'resolution',
          `resolution is ${resolution}; it must be a whole number from 1 to 400`,
        );
      }
      const points = gridOf(spec, resolution);
      const left = constraints.length > 0 ? points?.filter(holds) : points;
      return left && left.length > 0 ? left : null;
    },
  };
  return space;
}

function sizeOf(parts: readonly Part[]): number | null {
  let size = 1;
  for (const part of parts) {
    if (part.size === null) return null;
    size *= part.size;
  }
  return size <= mostPoints ? size : null;
}

const pick = (points: readonly Point[], indices: readonly number[]): readonly Point[] =>
  indices.map((i) => points[i]).filter((point) => point !== undefined);

function product(parts: readonly Part[]): readonly Point[] {
  const [first, ...others] = parts;
  if (first === undefined) return [{}];
  const { name } = first;
  let points: readonly Point[] = first.enumerate().map((value): Point => ({ [name]: value }));
  for (const part of others) {
    const values = part.enumerate();
    points = points.flatMap((point) => values.map((value): Point => ({ ...point, [part.name]: value })));
  }
  return points;
}
