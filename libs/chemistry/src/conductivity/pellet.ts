import { PropertyError } from '../errors.js';
import { convert } from '../properties/properties.js';
import { effectiveMedium, type EffectiveMedium } from './effectiveMedium.js';
import { readQuantity, type Quantity, type Read } from './quantity.js';

const { sqrt, PI } = Math;

/** What an impedance instrument and a caliper give. */
export interface PelletMeasurement {
  readonly resistance: Quantity;
  readonly thickness: Quantity;
  /** Of the electrode: its area, or the diameter of a round one. */
  readonly area?: Quantity;
  readonly diameter?: Quantity;
  /** Of the pellet, as a part of the density without pores. */
  readonly relativeDensity?: Quantity;
}

export interface PelletConductivity {
  /** Of the pellet as it is, pores and all. */
  readonly value: number;
  readonly unit: string;
  /** Standard error to first order, from the errors that are given; null where none is. */
  readonly error: number | null;
  readonly relativeError: number | null;
  /** What was measured without an error being given: where there is any, `error` is too small. */
  readonly withoutError: readonly string[];
  /** What the pores may cost; reported, never applied to `value`. Null without a relative density. */
  readonly effectiveMedium: EffectiveMedium | null;
}

export interface PelletOptions {
  /** S/cm unless another is given. */
  readonly unit?: string;
  /** Keep what is outside the plausible ranges. */
  readonly force?: boolean;
}

/** σ = L/(R·A) from quantities in their own units, with the error that theirs make. */
export function pelletConductivity(
  pellet: PelletMeasurement,
  { unit = 'S/cm', force = false }: PelletOptions = {},
): PelletConductivity {
  const resistance = readQuantity('resistance', pellet.resistance, 'Ω', { force });
  const thickness = readQuantity('thickness', pellet.thickness, 'cm', { force });
  const electrode = electrodeArea(pellet, force);
  const siemensPerCm = thickness.value / (resistance.value * electrode.read.value);
  const value = convert('ionic_conductivity', siemensPerCm, 'S/cm', unit, { force });
  const sources: readonly (readonly [string, Read])[] = [
    ['resistance', resistance],
    ['thickness', thickness],
    [electrode.name, electrode.read],
  ];
  const known = sources.flatMap(([, { relativeError }]) => (relativeError === null ? [] : [relativeError]));
  const relativeError = known.length === 0 ? null : sqrt(known.reduce((sum, part) => sum + part * part, 0));
  const density = pellet.relativeDensity;
  return {
    value,
    unit,
    error: relativeError === null ? null : relativeError * value,
    relativeError,
    withoutError: sources.filter(([, read]) => read.relativeError === null).map(([name]) => name),
    effectiveMedium:
      density === undefined
        ? null
        : effectiveMedium(value, readQuantity('relative_density', density, '1', { force }).value),
  };
}

function electrodeArea(
  { area, diameter }: PelletMeasurement,
  force: boolean,
): { readonly name: string; readonly read: Read } {
  if (area !== undefined && diameter !== undefined) {
    throw new PropertyError(
      'AMBIGUOUS',
      'the electrode has both an area and a diameter; give the one that was measured',
    );
  }
  if (area !== undefined) return { name: 'area', read: readQuantity('area', area, 'cm²', { force }) };
  if (diameter === undefined) {
    throw new PropertyError('MISSING', 'the electrode has neither an area nor a diameter');
  }
  const { value, relativeError } = asDiameter(() => readQuantity('thickness', diameter, 'cm', { force }));
  return {
    name: 'diameter',
    read: {
      value: (PI / 4) * value * value,
      relativeError: relativeError === null ? null : 2 * relativeError,
    },
  };
}

/** A diameter has the units of a thickness; a refusal of it calls it by its name. */
function asDiameter(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PropertyError)) throw error;
    throw new PropertyError(error.code, error.message.replace('thickness', 'diameter'));
  }
}
