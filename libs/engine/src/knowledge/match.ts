import { conversion } from '@ionloop/chemistry';
import {
  invalidInput,
  IonloopError,
  type MixtureSpec,
  type ParameterSpec,
  type Point,
  type PointValue,
  type SpaceSpec,
} from '@ionloop/domain';
import { checkLoosely } from '@ionloop/space';

/** How a parameter of this campaign is found in points of another: under another name, or as what it was held at. */
export interface ParameterMatch {
  readonly parameter: string;
  readonly from?: string;
  readonly value?: unknown;
}

export interface SpaceMatch {
  readonly parameters?: readonly ParameterMatch[];
  /** Parameters of the other campaign that nothing is made of. */
  readonly ignored?: readonly string[];
}

export interface MatchedSpaces {
  /** A point of the other space as one of these parameters; null where it has none: another component, another candidate. */
  readonly pointOf: (other: Point) => Point | null;
  /** What is not the same in both, and what is made of it. */
  readonly notes: readonly string[];
}

interface Found {
  readonly valueOf: (other: Point) => PointValue | null | undefined;
  readonly notes: readonly string[];
}

/** Refuses spaces that do not fit, with everything that does not, parameter by parameter. */
export function matchedSpaces(here: SpaceSpec, there: SpaceSpec, match: SpaceMatch): MatchedSpaces {
  const { parameters: told = [], ignored = [] } = match;
  const complaints: string[] = [];
  const noting = (name: string, work: () => Found): Found | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof IonloopError)) throw error;
      complaints.push(`${name}: ${error.message}`);
      return null;
    }
  };
  for (const { parameter } of told) {
    if (here.parameters.some(({ name }) => name === parameter)) continue;
    complaints.push(`${parameter}: this campaign has no such parameter; it has ${namesOf(here)}`);
  }
  for (const name of ignored) {
    if (there.parameters.some((one) => one.name === name)) continue;
    complaints.push(`${name}: the other campaign has no such parameter to ignore; it has ${namesOf(there)}`);
  }
  const used = new Set<string>(ignored);
  const found = here.parameters.flatMap((parameter) => {
    const { name } = parameter;
    const own = told.find((one) => one.parameter === name) ?? { parameter: name };
    const one = noting(name, () => matchedParameter(parameter, there, own, used));
    return one ? [{ name, ...one }] : [];
  });
  for (const { name, kind } of there.parameters) {
    if (used.has(name) || kind === 'context') continue;
    complaints.push(
      `${name}: only the other campaign varies it; say which parameter of this one it is, or that it is ignored`,
    );
  }
  if (complaints.length > 0) {
    throw invalidInput('parameters', `the other campaign does not fit: ${complaints.join('; ')}`);
  }
  return {
    pointOf: (other) => pointFrom(here, found, other),
    notes: [...found.flatMap(({ notes }) => notes), ...ignored.map((name) => `${name}: ignored`)],
  };
}

const namesOf = ({ parameters }: SpaceSpec): string => parameters.map(({ name }) => name).join(', ');
const refuse = (message: string): IonloopError => invalidInput('parameters', message);

function pointFrom(
  here: SpaceSpec,
  found: readonly (Found & { readonly name: string })[],
  other: Point,
): Point | null {
  const point: Record<string, PointValue> = {};
  for (const { name, valueOf } of found) {
    const value = valueOf(other);
    if (value === null) return null;
    if (value !== undefined) point[name] = value;
  }
  try {
    return checkLoosely(here, point);
  } catch (error) {
    if (error instanceof IonloopError) return null;
    throw error;
  }
}

function matchedParameter(
  parameter: ParameterSpec,
  there: SpaceSpec,
  { from, value }: ParameterMatch,
  used: Set<string>,
): Found {
  const { name } = parameter;
  if (value !== undefined && value !== null) {
    const held = checkLoosely({ parameters: [parameter] }, { [name]: value })[name];
    return { valueOf: () => held, notes: [`${name}: held at ${wordsFor(value)}`] };
  }
  const other = there.parameters.find((one) => one.name === (from ?? name));
  if (other === undefined) {
    if (from === undefined && parameter.kind === 'context') return { valueOf: () => undefined, notes: [] };
    throw refuse(
      `the other campaign has no ${from ?? 'such parameter'}; it has ${namesOf(there)}: say which of them it is, or at what it was held`,
    );
  }
  used.add(other.name);
  const renamed = other.name === name ? [] : [`${name}: ${other.name} there`];
  const { valueOf, notes } = readerFor(parameter, other);
  return { valueOf, notes: [...renamed, ...notes.map((note) => `${name}: ${note}`)] };
}

const wordsFor = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const isNumeric = ({ kind }: ParameterSpec): boolean =>
  kind === 'continuous' || kind === 'integer' || kind === 'levels' || kind === 'context';

function readerFor(here: ParameterSpec, there: ParameterSpec): Found {
  if (isNumeric(here) && isNumeric(there)) return numberReader(here, there);
  if (here.kind !== there.kind) throw refuse(`it is ${there.kind} there and ${here.kind} here`);
  if (here.kind === 'categorical' && there.kind === 'categorical') {
    return namedReader(there.name, here.choices, there.choices, 'choice');
  }
  if (here.kind === 'pool' && there.kind === 'pool') {
    const ids = ({ candidates }: typeof here): readonly string[] => candidates.map(({ id }) => id);
    return namedReader(there.name, ids(here), ids(there), 'candidate');
  }
  return mixtureReader(here as MixtureSpec, there as MixtureSpec);
}

function numberReader(here: ParameterSpec, there: ParameterSpec): Found {
  const unitOf = (spec: ParameterSpec): string | undefined => ('unit' in spec ? spec.unit : undefined);
  const [own, others] = [unitOf(here), unitOf(there)];
  const read = ({ [there.name]: value }: Point): number | undefined =>
    typeof value === 'number' ? value : undefined;
  if (own === others) return { valueOf: read, notes: [] };
  const into = own === undefined || others === undefined ? null : conversion(others, own);
  if (into === null) {
    const inWords = (unit: string | undefined): string =>
      unit === undefined ? 'without a unit' : `in ${unit}`;
    throw refuse(`it is ${inWords(others)} there and ${inWords(own)} here`);
  }
  return {
    valueOf: (point) => {
      const value = read(point);
      // 1123.15 K is 850 °C, whatever the last binary digit says.
      return value === undefined ? undefined : Number(into(value).toPrecision(12));
    },
    notes: [`${others ?? ''} there, ${own ?? ''} here`],
  };
}

function namedReader(
  name: string,
  here: readonly string[],
  there: readonly string[],
  what: 'choice' | 'candidate',
): Found {
  const known = new Set(here);
  const strange = there.filter((one) => !known.has(one));
  if (strange.length === there.length) throw refuse(`no ${what} of it is the same in both`);
  return {
    valueOf: ({ [name]: value }) => (typeof value === 'string' && known.has(value) ? value : null),
    notes: strange.length === 0 ? [] : [`without ${listed(strange)}, which only the other campaign has`],
  };
}

function mixtureReader({ components: here }: MixtureSpec, { name, components: there }: MixtureSpec): Found {
  const known = new Set(here.map((one) => one.name));
  const strange = there.map((one) => one.name).filter((one) => !known.has(one));
  if (strange.length === there.length) throw refuse('no component of it is the same in both');
  return {
    valueOf: ({ [name]: value }) => {
      if (typeof value !== 'object') return null;
      if (Object.entries(value).some(([component, part]) => part > 0 && !known.has(component))) return null;
      return Object.fromEntries(here.map(({ name: component }) => [component, value[component] ?? 0]));
    },
    notes: strange.length === 0 ? [] : [`without ${listed(strange)}, which only the other campaign has`],
  };
}

const mostListed = 5;
const listed = (names: readonly string[]): string =>
  names.length <= mostListed
    ? names.join(', ')
    : `${names.slice(0, mostListed).join(', ')} and ${names.length - mostListed} more`;
