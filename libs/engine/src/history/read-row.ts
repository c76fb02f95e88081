import { conversion, convert, convertDifference, PropertyError } from '@ionloop/chemistry';
import {
  askedOf,
  type Campaign,
  IonloopError,
  type MixtureSpec,
  type PastMeasurement,
  type Point,
  type PointValue,
} from '@ionloop/domain';
import { checkLoosely, openSpace } from '@ionloop/space';
import type { Placed } from '../experiments/place.js';
import { clean } from './clean.js';
import { type Column, unitNamed } from './columns.js';
import type { CsvRow } from './csv-rows.js';
import { numberOf } from './dialect.js';
import type { Decimal, OutsidePolicy } from './options.js';
import { outcomeNamed, type PastOutcome } from './outcomes.js';
import { pointKeys } from './point-key.js';

/** A row that can be imported: what was made, and what came of it. */
export interface GoodRow {
  readonly line: number;
  readonly point: Point;
  /** The same for rows of one point. */
  readonly key: string;
  readonly outcome: PastOutcome;
  readonly note: string | null;
  /** One for each property that has a value in it. */
  readonly values: readonly PastMeasurement[];
  /** Why the point does not lie in the space, where it does not. */
  readonly outside?: string;
}
/** A row that is left out: its point does not lie in the space. */
export interface OutsideRow {
  readonly line: number;
  readonly column: string | null;
  readonly outside: string;
}
export interface BadRow {
  readonly line: number;
  /** The header of the column that is wrong; null where the row as a whole is. */
  readonly column: string | null;
  readonly reason: string;
}
export type AnyRow = GoodRow | OutsideRow | BadRow;
export type ReadRow = (row: CsvRow) => AnyRow;

export const isBad = (row: AnyRow): row is BadRow => 'reason' in row;
export const isLeftOut = (row: AnyRow): row is OutsideRow => !('reason' in row) && !('point' in row);

class Wrong extends Error {
  constructor(
    readonly column: string | null,
    message: string,
  ) {
    super(message);
  }
}

class Outside extends Wrong {}

interface Reading {
  readonly campaign: Campaign;
  readonly columns: readonly Column[];
  readonly decimal: Decimal;
  readonly force: boolean;
  readonly outside: OutsidePolicy;
}

/** Reads rows of one table; nothing that a cell may hold makes it throw. */
export function rowReader({ campaign, columns, decimal, force, outside }: Reading): ReadRow {
  const space = openSpace(campaign.space);
  const keyOf = pointKeys(campaign.space);
  const place = (kind: Column['meaning']['kind']): number =>
    columns.findIndex(({ meaning }) => meaning.kind === kind);
  const at = {
    value: columns.findIndex(({ meaning }) => meaning.kind === 'value'),
    unit: place('unit'),
    outcome: place('outcome'),
    note: place('note'),
    status: place('status'),
    temperature: place('temperature'),
  };
  const setters = pointReaders(campaign, columns, decimal);

  const cell = (cells: readonly string[], index: number): string => (index < 0 ? '' : (cells[index] ?? ''));
  const numberIn = (cells: readonly string[], index: number): number | null => {
    const text = cell(cells, index);
    if (text === '') return null;
    const value = numberOf(text, decimal);
    if (value === undefined) throw notANumber(columns[index]?.header ?? '', text);
    return value;
  };

  const pointOf = (cells: readonly string[]): Placed => {
    const point: Record<string, PointValue> = {};
    for (const set of setters) set(cells, point);
    try {
      return { point: space.check(point) };
    } catch (error) {
      if (!(error instanceof IonloopError)) throw error;
      const where = headerOf(columns, error.field);
      const loose = outside === 'refuse' ? null : looseOrNull(campaign, point);
      if (loose === null) throw new Wrong(where, error.message);
      if (outside === 'skip') throw new Outside(where, error.message);
      return { point: loose, outside: error.message };
    }
  };

  const asked = askedOf(campaign).map((one, k) => {
    const own = k === 0 ? undefined : one.property;
    const placeOf = (kind: 'value' | 'uncertainty'): number =>
      columns.findIndex(({ meaning }) => meaning.kind === kind && meaning.property === own);
    return { ...one, own, value: placeOf('value'), uncertainty: placeOf('uncertainty') };
  });

  const valueOf = (
    line: number,
    cells: readonly string[],
    one: (typeof asked)[number],
  ): PastMeasurement | null => {
    const stated = numberIn(cells, one.value);
    if (stated === null) return null;
    const header = columns[one.value]?.header ?? '';
    const { property, transform, own } = one;
    // A column of units says it of the first property alone.
    const perRow = own === undefined ? cell(cells, at.unit) : '';
    const unit = perRow === '' ? (columns[one.value]?.unit ?? one.unit) : unitNamed(perRow);
    const { value, flag } = converted(property, stated, unit, one.unit, force, header);
    if (transform === 'log10' && value <= 0) {
      throw new Wrong(header, `${stated} has no logarithm, which this campaign takes`);
    }
    const sd = numberIn(cells, one.uncertainty);
    if (sd !== null && sd < 0) throw new Wrong(columns[one.uncertainty]?.header ?? '', `${sd} is negative`);
    const sdUnit = perRow === '' ? (columns[one.uncertainty]?.unit ?? unit) : unit;
    const temperature = numberIn(cells, at.temperature);
    const isAsStated = stated === value && unit === one.unit;
    // Most rows say no more, and putting parts together costs more than all of the above.
    if (own === undefined && sd === null && temperature === null && flag === null) {
      return isAsStated ? { value, line } : { value, stated: { value: stated, unit }, line };
    }
    return {
      ...(own !== undefined && { of: { property, unit: one.unit } }),
      value,
      ...(isAsStated ? {} : { stated: { value: stated, unit } }),
      ...(sd === null ? {} : { uncertainty: convertDifference(property, sd, sdUnit, one.unit) }),
      ...(temperature === null
        ? {}
        : { temperatureC: inCelsius(temperature, columns[at.temperature]?.unit) }),
      ...(flag === null ? {} : { flags: [flag] }),
      line,
    };
  };
  const valuesOf = (line: number, cells: readonly string[]): readonly PastMeasurement[] => {
    const values: PastMeasurement[] = [];
    for (const one of asked) {
      const value = valueOf(line, cells, one);
      if (value !== null) values.push(value);
    }
    return values;
  };

  const read = ({ line, cells }: CsvRow): GoodRow => {
    if (cells.length !== columns.length) {
      throw new Wrong(null, `${cells.length} fields, where the header has ${columns.length}`);
    }
    const status = cell(cells, at.status);
    if (status !== '' && status !== 'accepted') {
      throw new Wrong(columns[at.status]?.header ?? null, `the measurement is ${status} where it comes from`);
    }
    const { point, outside } = pointOf(cells);
    const told = outcomeIn(cell(cells, at.outcome), cell(cells, at.value), columns, at);
    const values = told === null || told === 'measured' ? valuesOf(line, cells) : [];
    if (values.length === 0 && (told === null || told === 'measured')) {
      throw new Wrong(
        columns[at.value]?.header ?? null,
        'there is neither a value nor an outcome without one',
      );
    }
    const text = cell(cells, at.note);
    const note = text === '' ? null : clean(text, 2000);
    const good = { line, point, key: keyOf(point), outcome: told ?? 'measured', note, values } as const;
    return outside === undefined ? good : { ...good, outside };
  };

  return (row) => {
    try {
      return read(row);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      const column = error.column === null ? null : clean(error.column);
      const said = clean(error.message);
      if (error instanceof Outside) return { line: row.line, column, outside: said };
      return { line: row.line, column, reason: said };
    }
  };
}

/** A point that is one but for where it lies. */
function looseOrNull({ space }: Campaign, point: Point): Point | null {
  try {
    return checkLoosely(space, point);
  } catch (error) {
    if (error instanceof IonloopError) return null;
    throw error;
  }
}

/** An outcome stands in its own column, or as a word where the value would be. */
function outcomeIn(
  text: string,
  valueText: string,
  columns: readonly Column[],
  at: { readonly outcome: number; readonly value: number },
): PastOutcome | null {
  if (text !== '') {
    const outcome = outcomeNamed(text);
    if (outcome !== null) return outcome;
    throw new Wrong(
      columns[at.outcome]?.header ?? null,
      `"${text}" is no outcome; it is measured, failed_sample or infeasible`,
    );
  }
  const said = /\p{L}/u.test(valueText) ? outcomeNamed(valueText) : null;
  return said === 'measured' ? null : said;
}

type SetValue = (cells: readonly string[], point: Record<string, PointValue>) => void;

function pointReaders(campaign: Campaign, columns: readonly Column[], decimal: Decimal): readonly SetValue[] {
  const { parameters } = campaign.space;
  const plain = columns.flatMap(({ header, meaning, unit }, index): readonly SetValue[] => {
    if (meaning.kind !== 'parameter') return [];
    const { parameter } = meaning;
    const { name } = parameter;
    if (parameter.kind === 'categorical' || parameter.kind === 'pool') {
      return [(cells, point) => (point[name] = cells[index] ?? '')];
    }
    const own = 'unit' in parameter ? parameter.unit : undefined;
    const convertTo = unit === null || own === undefined ? null : conversion(unit, own);
    return [
      (cells, point) => {
        const text = cells[index] ?? '';
        if (text === '' && parameter.kind === 'context') return;
        const value = numberOf(text, decimal);
        if (value === undefined) throw notANumber(header, text);
        // 1123.15 K is 850 °C, whatever the last binary digit says.
        point[name] = convertTo === null || unit === own ? value : Number(convertTo(value).toPrecision(12));
      },
    ];
  });
  const mixtures = parameters.flatMap((parameter) =>
    parameter.kind === 'mixture' ? [mixtureReader(parameter, columns, decimal)] : [],
  );
  return [...plain, ...mixtures];
}

/** How far fractions that were rounded may be from one, in parts of the whole. */
const rounding = 0.011;

function mixtureReader(mixture: MixtureSpec, columns: readonly Column[], decimal: Decimal): SetValue {
  const { name, components, step } = mixture;
  const places = components.map(({ name: component }) => {
    const index = columns.findIndex(
      ({ meaning }) =>
        meaning.kind === 'component' && meaning.mixture === name && meaning.component === component,
    );
    return { component, index, column: columns[index] };
  });
  const amountIn = (cells: readonly string[], { index, column }: (typeof places)[number]): number => {
    const text = cells[index] ?? '';
    if (!column || text === '') return 0;
    const amount = numberOf(text, decimal);
    if (amount === undefined) throw notANumber(column.header, text);
    return column.unit === '%' ? amount / 100 : amount;
  };
  const headers = places.flatMap(({ column }) => (column ? [column.header] : [])).join(', ');
  return (cells, point) => {
    let sum = 0;
    const amounts: Record<string, number> = {};
    for (const place of places) {
      const share = amountIn(cells, place);
      amounts[place.component] = share;
      sum += share;
    }
    const scale = Math.abs(sum - 100) <= 100 * rounding ? 100 : 1;
    if (Math.abs(sum / scale - 1) > rounding) {
      throw new Wrong(
        headers,
        `the parts sum to ${Number(sum.toPrecision(6))}; they must sum to 1 or to 100 %`,
      );
    }
    const whole = Math.abs(sum / scale - 1) < 1e-9 ? scale : sum;
    for (const { component } of places) {
      amounts[component] = settled((amounts[component] ?? 0) / whole, step);
    }
    point[name] = amounts;
  };
}

/** On the dispenser's step, where it is next to it. */
function settled(fraction: number, step: number | undefined): number {
  if (step === undefined) return fraction;
  const near = Math.round(fraction / step) * step;
  return Math.abs(near - fraction) < 1e-6 ? Number(near.toPrecision(12)) : fraction;
}

function converted(
  property: string,
  stated: number,
  unit: string,
  toUnit: string,
  force: boolean,
  header: string,
): { readonly value: number; readonly flag: string | null } {
  try {
    return { value: convert(property, stated, unit, toUnit), flag: null };
  } catch (error) {
    if (!(error instanceof PropertyError)) throw error;
    if (error.code !== 'IMPLAUSIBLE' || !force) throw new Wrong(header, error.message);
    const value = convert(property, stated, unit, toUnit, { force: true });
    return { value, flag: `outside the plausible range: ${error.message}` };
  }
}

const inCelsius = (value: number, unit: string | null | undefined): number =>
  Number((conversion(unit ?? '°C', '°C')?.(value) ?? value).toPrecision(12));

const notANumber = (header: string, text: string): Wrong =>
  new Wrong(header, text === '' ? 'is empty' : `"${text.slice(0, 80)}" is not a number`);

/** Which column a refusal of the space is about. */
function headerOf(columns: readonly Column[], field: string | undefined): string | null {
  const [, name, component] = /^point\.([^.]+)(?:\.(.+))?$/.exec(field ?? '') ?? [];
  const column = columns.find(({ meaning }) =>
    meaning.kind === 'parameter'
      ? meaning.parameter.name === name
      : meaning.kind === 'component' &&
        meaning.mixture === name &&
        (component ?? meaning.component) === meaning.component,
  );
  return column?.header ?? null;
}
