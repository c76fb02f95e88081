import { conductivityFromImpedance, convert, PropertyError } from '@ionloop/chemistry';
import { invalidInput, IonloopError, type JsonObject } from '@ionloop/domain';

/** What an impedance spectrum gives, and how it was read. */
export interface SubmittedImpedance {
  readonly resistanceOhm: number;
  readonly thicknessCm: number;
  readonly areaCm2: number;
  readonly frequencyHz?: { readonly min: number; readonly max: number };
  /** The equivalent circuit, such as `R(RQ)Q`. */
  readonly fitModel?: string;
  /** How far the fitted circuit is from the spectrum, as a share. */
  readonly residual?: number;
}

/** A value with its unit, or what the instrument really gave. */
export interface SubmittedValue {
  readonly value?: number;
  readonly unit?: string;
  readonly impedance?: SubmittedImpedance;
  /** Keep a value outside the plausible range; it is flagged. */
  readonly force?: boolean;
}

export interface ReadValue {
  /** In the unit that was asked for. */
  readonly value: number;
  /** The unit that it came in, which an uncertainty given with it shares. */
  readonly statedUnit: string;
  readonly flags: readonly string[];
  readonly raw: JsonObject;
}

const largestResidual = 0.1;

/** Checks what came in and brings it to a unit; `raw` keeps it as it was. */
export function valueOf(
  property: string,
  submitted: SubmittedValue,
  toUnit: string,
  field: string,
): ReadValue {
  const { value: stated, unit } = statedValue(submitted, field);
  const flags = doubtsAbout(submitted.impedance, `${field}.impedance`);
  const { impedance } = submitted;
  const raw = { value: stated, unit, ...(impedance === undefined ? {} : { impedance: { ...impedance } }) };
  try {
    return { value: convert(property, stated, unit, toUnit), statedUnit: unit, flags, raw };
  } catch (error) {
    const plain = error instanceof PropertyError && error.code === 'IMPLAUSIBLE' ? error : null;
    if (plain === null || submitted.force !== true) throw asInput(error, field);
    const forced = convert(property, stated, unit, toUnit, { force: true });
    return {
      value: forced,
      statedUnit: unit,
      flags: [...flags, `outside the plausible range: ${plain.message}`],
      raw,
    };
  }
}

function statedValue(submitted: SubmittedValue, field: string): { value: number; unit: string } {
  const { impedance, value, unit } = submitted;
  if (impedance !== undefined) {
    if (value !== undefined)
      throw invalidInput(field, `${field} has both a value and an impedance; send one of them`);
    try {
      return { value: conductivityFromImpedance(impedance), unit: 'S/cm' };
    } catch (error) {
      throw asInput(error, `${field}.impedance`);
    }
  }
  if (value === undefined)
    throw invalidInput(`${field}.value`, `${field} has neither a value nor an impedance`);
  if (unit === undefined) throw invalidInput(`${field}.unit`, `${field} has a value without a unit`);
  return { value, unit };
}

function doubtsAbout(impedance: SubmittedImpedance | undefined, field: string): readonly string[] {
  if (impedance === undefined) return [];
  const { frequencyHz, residual } = impedance;
  if (frequencyHz !== undefined && !(frequencyHz.min > 0 && frequencyHz.max > frequencyHz.min)) {
    throw invalidInput(
      `${field}.frequencyHz`,
      `${field}.frequencyHz goes from ${frequencyHz.min} to ${frequencyHz.max}; it must rise from above zero`,
    );
  }
  if (residual === undefined) return [];
  if (!(residual >= 0 && Number.isFinite(residual))) {
    throw invalidInput(
      `${field}.residual`,
      `${field}.residual is ${residual}; it must be finite and not negative`,
    );
  }
  return residual > largestResidual
    ? [`the circuit is ${(100 * residual).toPrecision(3)} % away from the spectrum, more than 10 %`]
    : [];
}

const asInput = (error: unknown, field: string): unknown =>
  error instanceof PropertyError
    ? new IonloopError('INVALID_INPUT', `${field}: ${error.message}`, field)
    : error;
