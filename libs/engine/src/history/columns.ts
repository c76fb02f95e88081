import { checkUnit, conversion, PropertyError } from '@ionloop/chemistry';
import {
  type AskedProperty,
  askedOf,
  type Campaign,
  invalidInput,
  IonloopError,
  type ParameterSpec,
} from '@ionloop/domain';
import type { HistoryOptions } from './options.js';

/** What the cells of a column say. */
export type Meaning =
  | { readonly kind: 'parameter'; readonly parameter: ParameterSpec }
  | { readonly kind: 'component'; readonly mixture: string; readonly component: string }
  /** Of the first property that is asked for, unless another is named. */
  | { readonly kind: 'value' | 'uncertainty'; readonly property?: string }
  | { readonly kind: 'unit' | 'outcome' | 'note' | 'status' | 'temperature' }
  | { readonly kind: 'ignored' };

export interface Column {
  readonly header: string;
  readonly meaning: Meaning;
  /** In which its numbers are written; null where there is none. */
  readonly unit: string | null;
  /** The header did not say so: it is the campaign's. */
  readonly isAssumed: boolean;
}

type Goals = Pick<Campaign, 'space' | 'objectives' | 'limits'>;

interface Target {
  readonly names: readonly string[];
  readonly meaning: Meaning;
  /** What numbers of it are kept in. */
  readonly unit: string | null;
}

/** Why a table cannot be read as its columns are understood. */
export interface ColumnProblem {
  readonly field: string;
  /** Null where it is about no column in particular. */
  readonly header: string | null;
  readonly message: string;
}

/** What each column means, by its header or as it was told; refuses where something that is needed is in none. */
export function columnsOf(
  headers: readonly string[],
  campaign: Goals,
  options: HistoryOptions,
): readonly Column[] {
  const { columns, problems } = readColumns(headers, campaign, options);
  const [first] = problems;
  if (first) throw invalidInput(first.field, first.message);
  return columns;
}

/** The same, with all that is wrong; a column that is not understood is ignored. */
export function readColumns(
  headers: readonly string[],
  campaign: Goals,
  { map = {} }: HistoryOptions,
): { readonly columns: readonly Column[]; readonly problems: readonly ColumnProblem[] } {
  const problems: ColumnProblem[] = [];
  const noting = <T>(header: string | null, work: () => T, otherwise: T): T => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof IonloopError)) throw error;
      problems.push({ field: error.field ?? 'file', header, message: error.message });
      return otherwise;
    }
  };
  noting(null, () => checkHeaders(headers), undefined);
  const targets = targetsOf(campaign);
  for (const strange of Object.keys(map).filter((header) => !headers.includes(header))) {
    const message = `there is no column "${strange}"; the columns are ${headers.join(', ')}`;
    problems.push({ field: 'map', header: strange, message });
  }
  const read = headers.map((header) =>
    noting(
      header,
      (): Column => {
        const told = Object.hasOwn(map, header) ? map[header] : undefined;
        if (told === undefined) return columnFor(header, header, targets) ?? ignored(header);
        return columnFor(header, told, targets) ?? refuseMeaning(header, told, targets);
      },
      ignored(header),
    ),
  );
  const columns = read.map((column) => asItsValue(column, read));
  const [{ property }] = campaign.objectives;
  for (const { meaning, unit, header } of columns) {
    if (meaning.kind !== 'value' || unit === null) continue;
    noting(header, () => checkMeasuredIn(meaning.property ?? property, unit, header), undefined);
  }
  noting(null, () => refuseTwice(columns), undefined);
  noting(null, () => refuseLacking(columns, campaign, headers), undefined);
  return { columns, problems };
}

/** An uncertainty that says no unit is in that of its value. */
function asItsValue(column: Column, columns: readonly Column[]): Column {
  const { meaning, isAssumed } = column;
  if (meaning.kind !== 'uncertainty' || !isAssumed) return column;
  const value = columns.find(
    (one) => one.meaning.kind === 'value' && one.meaning.property === meaning.property,
  );
  return value === undefined ? column : { ...column, unit: value.unit };
}

/** What a column of a table may mean for this campaign. */
export const meaningsFor = (campaign: Goals): readonly string[] =>
  targetsOf(campaign).map(({ names: [name = ''] }) => name);

const ignored = (header: string): Column => ({
  header,
  meaning: { kind: 'ignored' },
  unit: null,
  isAssumed: false,
});

function checkHeaders(headers: readonly string[]): void {
  const unnamed = headers.indexOf('');
  if (unnamed >= 0 && headers.slice(unnamed).some((header) => header !== '')) {
    throw invalidInput('file', `line 1: column ${unnamed + 1} has no name`);
  }
  const twice = headers.find((header, i) => header !== '' && headers.indexOf(header) !== i);
  if (twice !== undefined) throw invalidInput('file', `line 1: there are two columns "${twice}"`);
}

function targetsOf(campaign: Goals): readonly Target[] {
  const { space } = campaign;
  const [{ property, unit }, ...others] = askedOf(campaign);
  return [
    ...space.parameters.flatMap((parameter): readonly Target[] => {
      const { name } = parameter;
      if (parameter.kind !== 'mixture') {
        const own = 'unit' in parameter ? (parameter.unit ?? null) : null;
        return [{ names: [name], meaning: { kind: 'parameter', parameter }, unit: own }];
      }
      return parameter.components.map(({ name: component }) => ({
        names: [component, `${name}.${component}`, `${name} ${component}`],
        meaning: { kind: 'component', mixture: name, component },
        unit: '1',
      }));
    }),
    { names: [property, ...shorter(property)], meaning: { kind: 'value' }, unit },
    {
      names: uncertaintyWords.flatMap((word) => [word, `${property} ${word}`]),
      meaning: { kind: 'uncertainty' },
      unit,
    },
    ...others.flatMap(furtherTargets),
    { names: ['unit', 'units'], meaning: { kind: 'unit' }, unit: null },
    { names: ['outcome'], meaning: { kind: 'outcome' }, unit: null },
    { names: ['note', 'notes', 'comment', 'remark'], meaning: { kind: 'note' }, unit: null },
    { names: ['measurement status'], meaning: { kind: 'status' }, unit: null },
    { names: ['measured at', 'measurement temperature'], meaning: { kind: 'temperature' }, unit: '°C' },
    { names: ['ignore'], meaning: { kind: 'ignored' }, unit: null },
  ];
}

const uncertaintyWords = ['uncertainty', 'standard deviation', 'sd', 'std', 'error'];

const furtherTargets = ({ property, unit }: AskedProperty): readonly Target[] => [
  { names: [property, ...shorter(property)], meaning: { kind: 'value', property }, unit },
  {
    names: uncertaintyWords.map((word) => `${property} ${word}`),
    meaning: { kind: 'uncertainty', property },
    unit,
  },
];

/** `conductivity` for `ionic_conductivity`. */
const shorter = (property: string): readonly string[] =>
  property.includes('_') ? [property.slice(property.lastIndexOf('_') + 1)] : [];

function columnFor(header: string, text: string, targets: readonly Target[]): Column | null {
  for (const [name, unit] of readings(text)) {
    const target =
      targets.find(({ names }) => names.includes(name)) ??
      targets.find(({ names }) => names.some((own) => plain(own) === plain(name)));
    if (!target) continue;
    const { meaning } = target;
    if (unit === null) {
      return { header, meaning, unit: target.unit, isAssumed: target.unit !== null };
    }
    checkConvertible(header, unit, target);
    return { header, meaning, unit, isAssumed: false };
  }
  return null;
}

/** A header as a name, and as a name with a unit: `time [h]`, `time (h)`, `time / h`, `time_h`. */
function readings(text: string): readonly (readonly [name: string, unit: string | null])[] {
  const found: (readonly [string, string | null])[] = [[text, null]];
  for (const form of [
    /^(.+?)\s*\[([^\]]*)\]$/,
    /^(.+?)\s*\(([^()]*)\)$/,
    /^(.+?)\s+\/\s+(.+)$/,
    /^(.+)[_ ]([^_ ]+)$/,
  ]) {
    const match = form.exec(text);
    if (match?.[1] !== undefined && match[2] !== undefined) found.push([match[1], unitNamed(match[2])]);
  }
  return found;
}

const otherNames: Readonly<Record<string, string>> = {
  C: '°C',
  degC: '°C',
  celsius: '°C',
  kelvin: 'K',
  hours: 'h',
  hour: 'h',
  hr: 'h',
  minutes: 'min',
  seconds: 's',
  days: 'd',
  percent: '%',
  'mol%': '%',
  'mol %': '%',
  'wt%': '%',
  'wt %': '%',
  'at%': '%',
  'vol%': '%',
};
export function unitNamed(text: string): string {
  const trimmed = text.trim();
  return Object.hasOwn(otherNames, trimmed) ? (otherNames[trimmed] ?? trimmed) : trimmed;
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();

function checkConvertible(header: string, unit: string, { unit: own, meaning }: Target): void {
  if (own === null || meaning.kind === 'ignored') {
    throw invalidInput('map', `"${header}" has the unit ${unit}, and what it means has none`);
  }
  if (conversion(unit, own) === null) {
    throw invalidInput('map', `"${header}" is in ${unit}, which is never ${own === '1' ? 'a share' : own}`);
  }
}

/** Refuses a unit that the property is not measured in. */
function checkMeasuredIn(property: string, unit: string, field: string): void {
  try {
    checkUnit(property, unit);
  } catch (error) {
    throw error instanceof PropertyError ? invalidInput(field, error.message) : error;
  }
}

function refuseMeaning(header: string, told: string, targets: readonly Target[]): never {
  const known = targets.map(({ names: [name] }) => name).join(', ');
  throw invalidInput('map', `"${header}" cannot mean "${told}"; a column may mean ${known}`);
}

function refuseTwice(columns: readonly Column[]): void {
  const seen = new Map<string, string>();
  for (const { header, meaning } of columns) {
    if (meaning.kind === 'ignored') continue;
    const key = JSON.stringify(meaning);
    const other = seen.get(key);
    if (other !== undefined) {
      throw invalidInput(
        'map',
        `"${other}" and "${header}" mean the same; say with map which of them is to be ignored`,
      );
    }
    seen.set(key, header);
  }
}

function refuseLacking(
  columns: readonly Column[],
  { space, objectives: [{ property }] }: Goals,
  headers: readonly string[],
): void {
  const has = (test: (meaning: Meaning) => boolean): boolean => columns.some(({ meaning }) => test(meaning));
  const lacking = space.parameters.flatMap((parameter): readonly string[] => {
    if (parameter.kind === 'context') return [];
    const { name } = parameter;
    if (parameter.kind === 'mixture') {
      return has((meaning) => meaning.kind === 'component' && meaning.mixture === name) ? [] : [name];
    }
    return has((meaning) => meaning.kind === 'parameter' && meaning.parameter.name === name) ? [] : [name];
  });
  if (!has(({ kind }) => kind === 'value' || kind === 'outcome')) lacking.push(property);
  if (lacking.length === 0) return;
  throw invalidInput(
    'map',
    `there is no column for ${lacking.map((name) => `"${name}"`).join(', ')}; the columns are ${headers.join(', ')}`,
  );
}
