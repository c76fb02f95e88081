import { PropertyError } from '../errors.js';
import { definitions, unitKey, type Definition, type Unit } from './definitions.js';

export interface Property {
  readonly name: string;
  readonly title: string;
  /** The first unit is the one in which the plausible range is stated. */
  readonly units: readonly string[];
  readonly plausible: { readonly min: number; readonly max: number };
}

export const properties: readonly Property[] = Object.entries(definitions).map(
  ([name, { title, units, plausible }]) => ({ name, title, plausible, units: unitNames(units) }),
);

/** Refuses a property that is not known and a unit that it does not have. */
export function checkUnit(property: string, unit: string): void {
  unitOf(definitionOf(property), property, unit);
}

/**
 * A value in another unit of its property. Refused: what is not known, not finite, not positive where it must be, and,
 * unless forced, what no material is known to have.
 */
export function convert(
  property: string,
  value: number,
  unit: string,
  toUnit: string,
  { force = false }: { readonly force?: boolean } = {},
): number {
  const definition = definitionOf(property);
  const from = unitOf(definition, property, unit);
  const to = unitOf(definition, property, toUnit);
  requireFinite(property, value, unit);
  const inFirstUnit = (value - from.zero) / from.per;
  if (definition.positive && (from.zero === 0 ? value : inFirstUnit) <= 0) {
    throw new PropertyError('NOT_POSITIVE', `${property} is ${value} ${unit}; it must be ${positive(from)}`);
  }
  const { min, max } = definition.plausible;
  if (!force && !(inFirstUnit >= min && inFirstUnit <= max)) {
    throw new PropertyError(
      'IMPLAUSIBLE',
      `${property} is ${value} ${unit}; plausible is ${min} … ${max} ${definition.units[0]?.name ?? ''}`,
    );
  }
  return from === to ? value : inFirstUnit * to.per + to.zero;
}

/** A difference between two values, such as a standard error, in another unit: 1 °C is 1 K. */
export function convertDifference(
  property: string,
  difference: number,
  unit: string,
  toUnit: string,
): number {
  const definition = definitionOf(property);
  const from = unitOf(definition, property, unit);
  const to = unitOf(definition, property, toUnit);
  requireFinite(`a difference of ${property}`, difference, unit);
  return from === to ? difference : (difference / from.per) * to.per;
}

/**
 * How values in one unit become values in another, whatever they are values of; null where no property has both. Bounds
 * and signs are not looked at: a temperature's difference from a set point, or a voltage, may be anything.
 */
export function conversion(unit: string, toUnit: string): ((value: number) => number) | null {
  const key = unitKey(unit);
  const toKey = unitKey(toUnit);
  if (key === toKey) return (value) => value;
  for (const { units } of Object.values(definitions)) {
    const from = units.find(({ name }) => unitKey(name) === key);
    const to = units.find(({ name }) => unitKey(name) === toKey);
    if (from && to) return (value) => ((value - from.zero) / from.per) * to.per + to.zero;
  }
  return null;
}

const positive = (unit: Unit): string => (unit.zero === 0 ? 'positive' : `above ${unit.zero} ${unit.name}`);

function requireFinite(name: string, value: number, unit: string): void {
  if (!Number.isFinite(value)) {
    throw new PropertyError('NOT_FINITE', `${name} is ${value} ${unit}; it must be a finite number`);
  }
}

function definitionOf(property: string): Definition {
  const definition = Object.hasOwn(definitions, property) ? definitions[property] : undefined;
  if (definition) return definition;
  const known = Object.keys(definitions).join(', ');
  throw new PropertyError(
    'UNKNOWN_PROPERTY',
    `there is no property "${property}"; known are ${known}, the last for what is none of the others and has no unit`,
  );
}

function unitOf(definition: Definition, property: string, name: string): Unit {
  // Most are written as they are named here, and looking closely costs more than the conversion.
  const unit = definition.units.find((known) => known.name === name) ?? writtenOtherwise(definition, name);
  if (unit !== undefined) return unit;
  const known = unitNames(definition.units).map((known) => `"${known}"`);
  throw new PropertyError(
    'UNKNOWN_UNIT',
    `"${name}" is not a unit of ${property}; it is measured in ${known.join(', ')}`,
  );
}

function writtenOtherwise({ units }: Definition, name: string): Unit | undefined {
  const key = unitKey(name);
  return units.find((known) => unitKey(known.name) === key);
}

function unitNames(units: readonly Unit[]): readonly string[] {
  return units.map(({ name }) => name);
}
