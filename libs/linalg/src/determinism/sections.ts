/** A fixed piece of work over all that the core computes, by sections: what each gives is the same to the bit, everywhere and always. */
import { hashOf } from './hash.js';
import { dense } from './sections/dense.js';
import { gaussian } from './sections/gaussian.js';
import { random } from './sections/random.js';
import { search } from './sections/search.js';
import { special } from './sections/special.js';

/** Each gives plain data. */
export type Sections = Readonly<Record<string, () => unknown>>;

const sections: Sections = { ...special, ...random, ...dense, ...gaussian, ...search };

export const sectionNames: readonly string[] = Object.keys(sections);

export function hashOfSection(name: string): string {
  return hashOf(sections[name]!());
}

/** The hash of each section, in their order, and one of them all. */
export interface Hashes {
  readonly all: string;
  readonly sections: Readonly<Record<string, string>>;
}

export function together(hashes: readonly string[]): Hashes {
  return {
    all: hashOf(hashes),
    sections: Object.fromEntries(sectionNames.map((name, i) => [name, hashes[i]!])),
  };
}
