import { invalidInput, type MixtureSpec, type PointValue } from '@ionloop/domain';
import type { Matrix } from '@ionloop/linalg';
import { latticeOf, reachOf } from '../mixture.js';
import { openSpace } from '../space.js';
import type { Cursor, StreamPart } from './cursor.js';
import { Recipes } from './recipes.js';

/** A mixture on its dispenser's steps, of which at most `most` components are above zero. */
export function mixturePart(spec: MixtureSpec, most: number | undefined, field: string): StreamPart {
  if (spec.minimumDose !== undefined) {
    throw invalidInput(
      `${field}.minimumDose`,
      `${spec.name} has a minimum dose, which a stream does not know yet; leave it out, or set the minima of its components`,
    );
  }
  const { n, lo, hi } = latticeOf(spec, field);
  const names = spec.components.map(({ name }) => name);
  const recipes = Recipes.of(
    n,
    lo,
    hi,
    Math.min(most ?? names.length, spec.mostComponents ?? names.length, names.length),
  );
  if (recipes === null) {
    throw invalidInput(
      `${field}.step`,
      `${spec.name} has more recipes in steps of ${1 / n} than can be numbered; take a coarser step or fewer components`,
    );
  }
  if (recipes.size === 0) {
    throw invalidInput(
      `mostComponents.${spec.name}`,
      `${spec.name}: no recipe within the bounds has at most ${most ?? names.length} components`,
    );
  }
  const encoded = encodedCounts(spec, names, n);
  return {
    name: spec.name,
    columns: names,
    ranges: reachOf(spec, field).map(({ min: from, max: to }) => ({ from, to, scale: 'linear' })),
    size: recipes.size,
    valueAt(rank): PointValue {
      const counts = new Int32Array(names.length);
      recipes.unrank(rank, counts);
      return Object.fromEntries(names.map((name, i) => [name, (counts[i] ?? 0) / n]));
    },
    open: () => new MixtureCursor(recipes, encoded),
  };
}

/** (n + 1, components): what each component's column holds at c steps, as the space itself encodes it. */
function encodedCounts(spec: MixtureSpec, names: readonly string[], n: number): Matrix {
  const whole = Array.from({ length: n + 1 }, (_, c) => ({
    [spec.name]: Object.fromEntries(names.map((name) => [name, c / n])),
  }));
  return openSpace({ parameters: [spec] }).encode(whole);
}

class MixtureCursor implements Cursor {
  private readonly counts: Int32Array;
  private at = -1;

  constructor(
    private readonly recipes: Recipes,
    private readonly encoded: Matrix,
  ) {
    this.counts = new Int32Array(recipes.components);
  }

  seek(rank: number): void {
    if (rank === this.at) return;
    if (rank < this.recipes.size) this.recipes.unrank(rank, this.counts);
    this.at = rank;
  }

  write(data: Float64Array, at: number, stride: number, rows: number): void {
    const { counts, recipes, encoded } = this;
    const d = recipes.components;
    for (let left = rows, to = at; left > 0;) {
      const length = Math.min(left, recipes.run(counts));
      for (let j = 0; j < d - 2; j++) {
        const value = encoded.data[(counts[j] ?? 0) * d + j] ?? 0;
        for (let i = 0, place = to + j; i < length; i++, place += stride) data[place] = value;
      }
      const [second = 0, last = 0] = [counts[d - 2], counts[d - 1]];
      let fromSecond = second * d + d - 2;
      let fromLast = last * d + d - 1;
      for (let i = 0, place = to + d - 2; i < length; i++, place += stride) {
        data[place] = encoded.data[fromSecond] ?? 0;
        data[place + 1] = encoded.data[fromLast] ?? 0;
        fromSecond += d;
        fromLast -= d;
      }
      counts[d - 2] = second + length - 1;
      counts[d - 1] = last - length + 1;
      recipes.advance(counts);
      to += length * stride;
      left -= length;
    }
    this.at += rows;
  }
}
