/** Factories to choose from, made from one maker and sets of its options. */
import { exp, InvalidArgumentError, log, requireCount, type Philox } from '@ionloop/linalg';
import type { SurrogateFactory } from '../contract.js';

const { round } = Math;

export interface Candidate {
  /** Unique among candidates; ties in score go to the name that sorts first. */
  readonly name: string;
  readonly factory: SurrogateFactory;
}

/** The values that each option may take. */
export type Axes<Options> = { readonly [Name in keyof Options]?: readonly Options[Name][] };

export interface Range {
  readonly from: number;
  readonly to: number;
  /** `linear` where it is left out; `log` is even over orders of magnitude. */
  readonly scale?: 'linear' | 'log';
  /** Whether values are whole numbers; they are not where it is left out. */
  readonly whole?: boolean;
}

/** What each option is drawn from: some values, or a range. */
export type Ranges<Options> = { readonly [Name in keyof Options]?: readonly Options[Name][] | Range };

/** Every combination of the values; `title` opens each name. */
export function gridCandidates<Options extends object>(
  title: string,
  make: (options: Options) => SurrogateFactory,
  axes: Axes<Options>,
): readonly Candidate[] {
  let sets: Record<string, unknown>[] = [{}];
  for (const [option, values] of Object.entries(axes) as [string, readonly unknown[]][]) {
    requireCount(`axes.${option}.length`, values.length, 1);
    sets = sets.flatMap((set) => values.map((value) => ({ ...set, [option]: value })));
  }
  return sets.map((set) => ({ name: nameOf(title, set), factory: make(set as Options) }));
}

/** `count` combinations, drawn; those that come out the same are one. */
export function randomCandidates<Options extends object>(
  title: string,
  make: (options: Options) => SurrogateFactory,
  ranges: Ranges<Options>,
  count: number,
  rng: Philox,
): readonly Candidate[] {
  requireCount('count', count, 1);
  const drawn = new Map<string, Candidate>();
  for (let c = 0; c < count; c++) {
    const stream = rng.split(`candidate ${c}`);
    const set: Record<string, unknown> = {};
    for (const [option, range] of Object.entries(ranges) as [string, readonly unknown[] | Range][])
      // A stream for each option: another option more does not change what this one is.
      set[option] = draw(`ranges.${option}`, range, stream.split(option));
    const name = nameOf(title, set);
    if (!drawn.has(name)) drawn.set(name, { name, factory: make(set as Options) });
  }
  return Array.from(drawn.values());
}

function isRange(range: readonly unknown[] | Range): range is Range {
  return 'from' in range;
}

function draw(name: string, range: readonly unknown[] | Range, rng: Philox): unknown {
  if (!isRange(range)) {
    requireCount(`${name}.length`, range.length, 1);
    return range[rng.integer(range.length)];
  }
  const { from, to, scale = 'linear', whole = false } = range;
  if (!(from <= to) || (scale === 'log' && !(from > 0)))
    throw new InvalidArgumentError(
      name,
      `must run upwards, from above 0 on a log scale, not ${from} … ${to}`,
    );
  if (whole && scale === 'linear') {
    requireCount(`${name}.from`, from);
    requireCount(`${name}.to`, to);
    return from + rng.integer(to - from + 1);
  }
  const at = rng.uniform();
  const value = scale === 'log' ? exp(log(from) + at * (log(to) - log(from))) : from + at * (to - from);
  return whole ? round(value) : value;
}

function nameOf(title: string, set: Readonly<Record<string, unknown>>): string {
  const options = Object.entries(set).map(([option, value]) => `${option}=${JSON.stringify(value)}`);
  return [title, ...options].join(' ');
}
