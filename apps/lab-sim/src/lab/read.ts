import { faultKinds } from '../faults/kinds.js';
import {
  stageNames,
  type ConsumableDescription,
  type FurnaceDescription,
  type LabDescription,
  type Stage,
  type StationDescription,
} from './description.js';
import { mistakeKinds } from './mistakes.js';
import { standardLab, standardStation } from './standard.js';

type Fields = Readonly<Record<string, unknown>>;

/** A lab from untrusted JSON; what it does not say is as in the standard lab. What is wrong is named. */
export function readLab(json: unknown): LabDescription {
  const lab = fieldsOf(json, 'the lab', [
    'name',
    'stations',
    'furnaces',
    'consumables',
    'failures',
    'outliers',
    'mistakes',
    'faults',
  ]);
  const standard = standardLab([], 0.02);
  const furnaces = list(lab, 'furnaces').map(readFurnace);
  const stations = list(lab, 'stations').map((each, i) => readStation(each, `stations[${i}]`, furnaces));
  if (stations.length === 0) throw new Error('stations is empty: a lab has at least one');
  unique(stations, 'stations');
  unique(furnaces, 'furnaces');
  const consumables = list(lab, 'consumables').map((each, i) =>
    readConsumable(each, `consumables[${i}]`, stations),
  );
  const failures = fieldsOf(lab['failures'] ?? {}, 'failures', ['anywhere', 'region']);
  const outliers = fieldsOf(lab['outliers'] ?? {}, 'outliers', ['rate', 'decades']);
  return {
    name: text(lab, 'name', 'the lab'),
    stations,
    furnaces,
    consumables,
    failures: {
      anywhere: number(failures, 'anywhere', 'failures', share, standard.failures.anywhere),
      region: failures['region'] === undefined ? null : readRegion(failures['region']),
    },
    outliers: {
      rate: number(outliers, 'rate', 'outliers', share, 0),
      decades: number(outliers, 'decades', 'outliers', notNegative, 1),
    },
    mistakes: rates(lab, 'mistakes', mistakeKinds),
    faults: rates(lab, 'faults', faultKinds),
  };
}

function readStation(
  value: unknown,
  where: string,
  furnaces: readonly FurnaceDescription[],
): StationDescription {
  const fields = fieldsOf(value, where, [
    'name',
    'properties',
    'limits',
    'hands',
    'seconds',
    'furnace',
    'scatter',
    'offset',
    'driftPerDay',
  ]);
  const furnace = fields['furnace'] === undefined ? null : text(fields, 'furnace', where);
  if (furnace !== null && !furnaces.some(({ name }) => name === furnace)) {
    throw new Error(`${where}.furnace is "${furnace}", which is none of the furnaces`);
  }
  const { limits, properties, seconds, hands, scatter, offset, driftPerDay } = standardStation;
  return {
    name: text(fields, 'name', where),
    properties:
      fields['properties'] === undefined
        ? properties
        : list(fields, 'properties').map((each) => String(each)),
    limits: fields['limits'] === undefined ? limits : readLimits(fields['limits'], `${where}.limits`),
    hands: number(fields, 'hands', where, (n) => Number.isInteger(n) && n >= 1 && n <= 32, hands),
    seconds: fields['seconds'] === undefined ? seconds : readSeconds(fields['seconds'], `${where}.seconds`),
    scatter: number(fields, 'scatter', where, notNegative, scatter),
    offset: number(fields, 'offset', where, Number.isFinite, offset),
    driftPerDay: number(fields, 'driftPerDay', where, Number.isFinite, driftPerDay),
    ...(furnace === null ? {} : { furnace }),
  };
}

function readLimits(value: unknown, where: string): StationDescription['limits'] {
  return Object.fromEntries(
    Object.entries(fieldsOf(value, where)).map(([name, range]) => {
      const [low, high] = Array.isArray(range) ? (range as unknown[]) : [];
      if (typeof low !== 'number' || typeof high !== 'number' || !(low < high)) {
        throw new Error(`${where}.${name} must be [least, most]`);
      }
      return [name, [low, high] as const];
    }),
  );
}

function readSeconds(value: unknown, where: string): Partial<Record<Stage, number>> {
  const fields = fieldsOf(value, where, stageNames);
  const stages = stageNames.filter((stage) => fields[stage] !== undefined);
  if (stages.length === 0) throw new Error(`${where} has no stage; there are ${stageNames.join(', ')}`);
  return Object.fromEntries(stages.map((stage) => [stage, number(fields, stage, where, notNegative)]));
}

function readFurnace(value: unknown, i: number): FurnaceDescription {
  const where = `furnaces[${i}]`;
  const fields = fieldsOf(value, where, [
    'name',
    'places',
    'waitSeconds',
    'seconds',
    'heatingKPerMinute',
    'parameter',
    'temperatureC',
  ]);
  const rate = fields['heatingKPerMinute'];
  return {
    name: text(fields, 'name', where),
    places: number(fields, 'places', where, (n) => Number.isInteger(n) && n >= 1),
    waitSeconds: number(fields, 'waitSeconds', where, notNegative),
    seconds: number(fields, 'seconds', where, notNegative),
    temperatureC: number(fields, 'temperatureC', where, Number.isFinite, 900),
    ...(rate === undefined
      ? {}
      : { heatingKPerMinute: number(fields, 'heatingKPerMinute', where, (n) => n > 0) }),
    ...(fields['parameter'] === undefined ? {} : { parameter: text(fields, 'parameter', where) }),
  };
}

function readConsumable(
  value: unknown,
  where: string,
  stations: readonly StationDescription[],
): ConsumableDescription {
  const fields = fieldsOf(value, where, ['name', 'station', 'stage', 'holds', 'refillSeconds']);
  const station = text(fields, 'station', where);
  if (!stations.some(({ name }) => name === station)) {
    throw new Error(`${where}.station is "${station}", which is none of the stations`);
  }
  const stage = stageNames.find((known) => known === fields['stage']);
  if (stage === undefined) throw new Error(`${where}.stage is none of ${stageNames.join(', ')}`);
  return {
    name: text(fields, 'name', where),
    station,
    stage,
    holds: number(fields, 'holds', where, (n) => Number.isInteger(n) && n >= 1),
    refillSeconds: number(fields, 'refillSeconds', where, notNegative),
  };
}

function readRegion(value: unknown): { above: number; chance: number } {
  const fields = fieldsOf(value, 'failures.region', ['above', 'chance']);
  return {
    above: number(fields, 'above', 'failures.region', share),
    chance: number(fields, 'chance', 'failures.region', share),
  };
}

function rates<K extends string>(lab: Fields, name: string, kinds: readonly K[]): Partial<Record<K, number>> {
  const fields = fieldsOf(lab[name] ?? {}, name, kinds);
  const named = kinds.filter((kind) => fields[kind] !== undefined);
  return Object.fromEntries(named.map((kind) => [kind, number(fields, kind, name, share)])) as Partial<
    Record<K, number>
  >;
}

const share = (n: number): boolean => n >= 0 && n <= 1;
const notNegative = (n: number): boolean => n >= 0 && Number.isFinite(n);

function fieldsOf(value: unknown, what: string, known?: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${what} is not an object`);
  }
  const stranger = known && Object.keys(value).find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw new Error(`${what} has no "${stranger}"; it can have ${(known ?? []).join(', ')}`);
  }
  return value as Fields;
}

function list(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name] ?? [];
  if (!Array.isArray(value)) throw new Error(`${name} is not a list`);
  return value;
}

function text(fields: Fields, name: string, where: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`${where}.${name} is missing, or no text`);
}

function number(
  fields: Fields,
  name: string,
  where: string,
  allowed: (value: number) => boolean,
  otherwise?: number,
): number {
  const value = fields[name] ?? otherwise;
  if (typeof value === 'number' && allowed(value)) return value;
  throw new Error(
    `${where}.${name} is ${value === undefined ? 'missing' : JSON.stringify(value)}, which cannot be`,
  );
}

function unique(items: readonly { readonly name: string }[], what: string): void {
  const names = items.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`${what} has "${twice}" twice`);
}
