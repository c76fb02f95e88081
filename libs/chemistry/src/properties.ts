import { exp, log } from '@ionloop/linalg';
import { PropertyError } from './errors.js';

export interface Property {
  readonly name: string;
  readonly title: string;
  /** The first unit is the one in which the plausible range is stated. */
  readonly units: readonly string[];
  readonly plausible: { readonly min: number; readonly max: number };
}

interface Definition {
  readonly title: string;
  /** How many of a unit make one of the first. */
  readonly units: Readonly<Record<string, number>>;
  readonly plausible: { readonly min: number; readonly max: number };
  readonly positive: boolean;
}

const definitions: Readonly<Record<string, Definition>> = {
  ionic_conductivity: {
    title: 'ionic conductivity',
    units: { 'S/cm': 1, 'mS/cm': 1000, 'S/m': 100 },
    plausible: { min: 1e-16, max: 1e2 },
    positive: true,
  },
  activation_energy: {
    title: 'activation energy',
    // Avogadro's number times the elementary charge, both exact since 2019.
    units: { eV: 1, 'kJ/mol': 96.48533212331, meV: 1000 },
    plausible: { min: 1e-3, max: 10 },
    positive: true,
  },
  relative_density: {
    title: 'relative density',
    units: { '1': 1, '%': 100 },
    plausible: { min: 1e-2, max: 1.05 },
    positive: true,
  },
  value: {
    title: 'value',
    units: { '1': 1, '': 1 },
    plausible: { min: -Infinity, max: Infinity },
    positive: false,
  },
};

export const properties: readonly Property[] = Object.entries(definitions).map(
  ([name, { title, units, plausible }]) => ({ name, title, plausible, units: unitNames(units) }),
);

/** Refuses a property that is not known and a unit that it does not have. */
export function checkUnit(property: string, unit: string): void {
  perFirstUnit(definitionOf(property), property, unit);
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
  const from = perFirstUnit(definition, property, unit);
  const to = perFirstUnit(definition, property, toUnit);
  if (!Number.isFinite(value)) {
    throw new PropertyError('NOT_FINITE', `${property} is ${value} ${unit}; it must be a finite number`);
  }
  if (definition.positive && value <= 0) {
    throw new PropertyError('NOT_POSITIVE', `${property} is ${value} ${unit}; it must be positive`);
  }
  const inFirstUnit = value / from;
  const { min, max } = definition.plausible;
  if (!force && !(inFirstUnit >= min && inFirstUnit <= max)) {
    throw new PropertyError(
      'IMPLAUSIBLE',
      `${property} is ${value} ${unit}; plausible is ${min} … ${max} ${unitNames(definition.units)[0] ?? ''}`,
    );
  }
  return from === to ? value : inFirstUnit * to;
}

export type ModelScale = 'none' | 'log10';

const ln10 = 2.302585092994046;

/** A property's value as models see it. */
export function toModelScale(value: number, transform: ModelScale): number {
  if (transform === 'none') return value;
  if (!(value > 0)) {
    throw new PropertyError('NOT_POSITIVE', `the logarithm of ${value} does not exist; it must be positive`);
  }
  return log(value) / ln10;
}

export const fromModelScale = (value: number, transform: ModelScale): number =>
  transform === 'none' ? value : exp(value * ln10);

function definitionOf(property: string): Definition {
  const definition = Object.hasOwn(definitions, property) ? definitions[property] : undefined;
  if (definition) return definition;
  const known = Object.keys(definitions).join(', ');
  throw new PropertyError('UNKNOWN_PROPERTY', `there is no property "${property}"; known are ${known}`);
}

function perFirstUnit(definition: Definition, property: string, unit: string): number {
  const factor = Object.hasOwn(definition.units, unit) ? definition.units[unit] : undefined;
  if (factor !== undefined) return factor;
  const known = unitNames(definition.units).map((name) => `"${name}"`);
  throw new PropertyError(
    'UNKNOWN_UNIT',
    `"${unit}" is not a unit of ${property}; it is measured in ${known.join(', ')}`,
  );
}

/** Object keys that look like numbers come first anyway; the unit of factor 1 is the one that leads. */
function unitNames(units: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(units)
    .sort(([, a], [, b]) => a - b)
    .map(([name]) => name);
}
