import {
  type AnalysisRequest,
  batchShapes,
  candidateScores,
  designNames,
  invalidInput,
  type Point,
  strategyNames,
  type Worth,
} from '@ionloop/domain';
import { parseSpaceSpec } from '@ionloop/space';
import { goals } from '../campaigns/goals.js';
import { type Fields, integer, memberOf, number, object, text } from '../input.js';

const kinds = [
  'candidates',
  'slice',
  'front',
  'importances',
  'dependence',
  'calibration',
  'bench',
  'relations',
  'advice',
  'whatIf',
  'rehearsal',
  'verification',
] as const satisfies readonly AnalysisRequest['kind'][];

/** Reads a request: exactly one kind, with its settings; what is left out has a value that does for a start. */
export function parseAnalysis(input: unknown): AnalysisRequest {
  const given = object(input, 'request', kinds);
  const isAsked = (value: unknown): boolean => value !== undefined && value !== null && value !== false;
  const named = kinds.filter((kind) => isAsked(given[kind]));
  const [kind] = named;
  if (kind === undefined || named.length > 1) {
    const which = named.length === 0 ? 'none' : named.join(' and ');
    throw invalidInput('request', `request must have exactly one of ${kinds.join(', ')}; it has ${which}`);
  }
  // Those that have nothing to set are only named.
  return readers[kind](new Settings(given[kind] === true ? {} : given[kind], `request.${kind}`));
}

const anywhere = { min: -1e300, max: 1e300 };

function rangeIn(one: Settings): { readonly low: number; readonly high: number } {
  const [low, high] = [one.required('low'), one.required('high')];
  if (low >= high)
    throw invalidInput(one.at('high'), `high is ${high}; it must be above low, which is ${low}`);
  return { low, high };
}

type Readers = { readonly [K in AnalysisRequest['kind']]: (settings: Settings) => AnalysisRequest };

const readers: Readers = {
  candidates: (settings) => ({
    kind: 'candidates',
    ...worthIn(settings),
    drawn: settings.integer('drawn', { min: 1, max: 100_000 }, 4096),
  }),
  slice: (settings) => {
    const axes = settings.texts('axes', { min: 1, max: 4 });
    // The places of a tetrahedron grow with the third power of its cells.
    const [most, usual] = axes.length === 4 ? [30, 15] : [200, 40];
    return {
      kind: 'slice',
      axes,
      cells: settings.integer('cells', { min: 2, max: most }, usual),
      at: settings.point('at'),
      ...settings.optional('worth', () => settings.section('worth', worthIn)),
    };
  },
  front: (settings) => ({
    kind: 'front',
    objectives: settings.list('objectives', { min: 2, max: 4 }, (one) => ({
      property: one.text('property'),
      goal: one.member('goal', goals, 'maximise'),
      ...one.optional('low', () => one.number('low', anywhere, 0)),
      ...one.optional('high', () => one.number('high', anywhere, 0)),
    })),
  }),
  importances: (settings) => ({
    kind: 'importances',
    point: settings.point('point'),
    repeats: settings.integer('repeats', { min: 1, max: 100 }, 10),
    ...settings.optional('results', () => settings.integer('results', { min: 0, max: 500 }, 0)),
  }),
  dependence: (settings) => ({
    kind: 'dependence',
    columns: settings.texts('columns', { min: 1, max: 2 }),
    values: settings.integer('values', { min: 2, max: 50 }, 20),
  }),
  calibration: () => ({ kind: 'calibration' }),
  bench: (settings) => ({
    kind: 'bench',
    models: settings.texts('models', { min: 0, max: 50 }),
    folds: settings.integer('folds', { min: 2, max: 20 }, 5),
    tuned: settings.flag('tuned', false),
  }),
  relations: (settings) => ({
    kind: 'relations',
    clusters: settings.orNull('clusters', () => settings.integer('clusters', { min: 2, max: 20 }, 2)),
    shown: settings.integer('shown', { min: 10, max: 2000 }, 400),
  }),
  advice: (settings) => ({
    kind: 'advice',
    worth: settings.orNull('worth', () => settings.number('worth', { min: 0, max: 1e300 }, 0)),
  }),
  whatIf: (settings) => ({
    kind: 'whatIf',
    count: settings.integer('count', { min: 1, max: 96 }, 4),
    seed: settings.text('seed', 'what-if'),
    strategy: settings.section('strategy', (one) => ({
      ...one.optional('name', () => one.member('name', strategyNames, 'auto')),
      ...one.optional('beta', () => one.number('beta', { min: 0, max: 100 }, 0)),
      ...one.optional('design', () => one.member('design', designNames, 'spread')),
      ...one.optional('shape', () => one.member('shape', batchShapes, 'free')),
      ...one.optional('shared', () => one.text('shared')),
      ...one.optional('replicates', () => one.integer('replicates', { min: 1, max: 100 }, 1)),
    })),
    bounds: settings.list('bounds', { min: 0, max: 100 }, (one) => ({
      name: one.text('name'),
      min: one.orNull('min', () => one.number('min', anywhere, 0)),
      max: one.orNull('max', () => one.number('max', anywhere, 0)),
    })),
    ...settings.optional('space', () => settings.read('space', parseSpaceSpec)),
    ...settings.optional('goal', () =>
      settings.member('goal', ['maximise', 'minimise'] as const, 'maximise'),
    ),
    // Read as changes of the campaign where it is at hand.
    ...settings.asGiven('objectives'),
    ...settings.asGiven('limits'),
    ...settings.asGiven('cost'),
  }),
  rehearsal: (settings) => ({
    kind: 'rehearsal',
    experiments: settings.integer('experiments', { min: 1, max: 300 }, 30),
    seeds: settings.integer('seeds', { min: 2, max: 100 }, 20),
    target: settings.orNull('target', () => settings.number('target', anywhere, 0)),
    expect: settings.orNull('expect', () => settings.section('expect', rangeIn)),
    ...settings.optional('expectOf', () =>
      settings.list('expectOf', { min: 0, max: 12 }, (one) => ({
        property: one.text('property'),
        ...rangeIn(one),
      })),
    ),
    strategies: settings.members('strategies', { min: 0, max: 4 }, strategyNames),
  }),
  verification: () => ({ kind: 'verification' }),
};

const worthIn = (settings: Settings): Worth => ({
  score: settings.member('score', candidateScores, 'log-ei'),
  beta: settings.number('beta', { min: 0, max: 100 }, 2),
});

interface Range {
  readonly min: number;
  readonly max: number;
}

/** The settings of one kind, read by name; the GraphQL schema has refused names that it does not know. */
class Settings {
  private readonly fields: Fields;

  constructor(
    value: unknown,
    private readonly field: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw invalidInput(field, `${field} must be an object`);
    }
    this.fields = value as Fields;
  }

  number(name: string, range: Range, otherwise: number): number {
    return this.has(name) ? number(this.fields[name], this.at(name), range) : otherwise;
  }

  required(name: string): number {
    return number(this.fields[name], this.at(name), anywhere);
  }

  integer(name: string, range: Range, otherwise: number): number {
    return this.has(name) ? integer(this.fields[name], this.at(name), range) : otherwise;
  }

  member<T extends string>(name: string, members: readonly T[], otherwise: T): T {
    return this.has(name) ? memberOf(this.fields[name], this.at(name), members) : otherwise;
  }

  flag(name: string, otherwise: boolean): boolean {
    return this.has(name) ? memberOf(this.fields[name], this.at(name), [true, false]) : otherwise;
  }

  text(name: string, otherwise?: string): string {
    if (!this.has(name) && otherwise !== undefined) return otherwise;
    return text(this.fields[name], this.at(name), { min: 1, max: 200 });
  }

  texts(name: string, range: Range): readonly string[] {
    return this.entries(name, range).map((entry, i) =>
      text(entry, `${this.at(name)}[${i}]`, { min: 1, max: 200 }),
    );
  }

  members<T extends string>(name: string, range: Range, members: readonly T[]): readonly T[] {
    return this.entries(name, range).map((entry, i) => memberOf(entry, `${this.at(name)}[${i}]`, members));
  }

  list<T>(name: string, range: Range, read: (one: Settings) => T): readonly T[] {
    return this.entries(name, range).map((entry, i) => read(new Settings(entry, `${this.at(name)}[${i}]`)));
  }

  section<T>(name: string, read: (one: Settings) => T): T {
    return read(new Settings(this.fields[name] ?? {}, this.at(name)));
  }

  /** Whether it is one of the space is seen where the space is open. */
  point(name: string): Point | null {
    if (!this.has(name)) return null;
    const value = this.fields[name];
    if (typeof value !== 'object' || Array.isArray(value)) {
      throw invalidInput(this.at(name), `${this.at(name)} must be an object with a value for each parameter`);
    }
    return value as Point;
  }

  read<T>(name: string, parse: (value: unknown) => T): T {
    return parse(this.fields[name]);
  }

  orNull<T>(name: string, read: () => T): T | null {
    return this.has(name) ? read() : null;
  }

  optional<N extends string, T>(name: N, read: () => T): { readonly [K in N]?: T } {
    return this.has(name) ? ({ [name]: read() } as { readonly [K in N]: T }) : {};
  }

  asGiven<N extends string>(name: N): { readonly [K in N]?: never } {
    return this.fields[name] === undefined
      ? {}
      : ({ [name]: this.fields[name] } as { readonly [K in N]: never });
  }

  private entries(name: string, { min, max }: Range): readonly unknown[] {
    const value = this.fields[name] ?? [];
    if (!Array.isArray(value)) throw invalidInput(this.at(name), `${this.at(name)} must be a list`);
    if (value.length < min || value.length > max) {
      throw invalidInput(
        this.at(name),
        `${this.at(name)} has ${value.length} entries; it must have between ${min} and ${max}`,
      );
    }
    return value as readonly unknown[];
  }

  private has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== null;
  }

  at(name: string): string {
    return `${this.field}.${name}`;
  }
}
