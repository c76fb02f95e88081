import { exp, log } from '@ionloop/linalg';
import { PropertyError, requirePositive, requireShare } from '../errors.js';
import { convert, convertDifference } from '../properties/properties.js';
import { flagsOf, type ArrheniusFlag } from './arrheniusFlags.js';
import { studentTwoSided } from './studentT.js';
import { fitLine, type Line, type LinePoint } from './weightedLine.js';

const { sqrt, max } = Math;

const hypot = (a: number, b: number): number => sqrt(a * a + b * b);

/** Boltzmann's constant in eV/K (exact since 2019, to the digits shown). */
export const boltzmannEvPerK = 8.617333262e-5;
const roomTemperatureK = 298.15;
/** The normal distribution's two-sided 95 %. */
const normal95 = 1.959963984540054;

export interface ArrheniusOptions {
  /** K unless °C or °F is given; that of `fit.at` is always K. */
  readonly temperatureUnit?: string;
  /** S/cm unless another is given. */
  readonly conductivityUnit?: string;
  /** The standard error of each conductivity, in its unit: each then weighs by the inverse square of its relative error. */
  readonly errors?: readonly number[];
  /**
   * A relative standard error that is the same at all temperatures, as that of a pellet's thickness and area: the line as a whole may be off by it. It widens
   * what is read off the line and leaves the activation energy as it is.
   */
  readonly commonError?: number;
  /** Where the line is to be read, in K: far outside the temperatures it is flagged. 25 °C unless another is given. */
  readonly readAtK?: number;
}

export interface ArrheniusPrediction {
  readonly conductivity: number;
  /** Of ln σ; null with two temperatures and no errors given. */
  readonly lnStandardError: number | null;
  /** Where the line is, with 95 %; not where a single new measurement would be. */
  readonly interval95: { readonly low: number; readonly high: number } | null;
}

export interface ArrheniusFit {
  readonly activationEnergyEv: number;
  /** Null with two points and no errors: a line through two points leaves nothing to judge it by. */
  readonly activationEnergyStandardErrorEv: number | null;
  /** ln A with σT in S·K/cm. */
  readonly lnPrefactor: number;
  readonly lnPrefactorStandardError: number | null;
  readonly rSquared: number;
  /** The sum of squared residuals over the squares of the errors given, per degree of freedom; null without errors or degrees. */
  readonly reducedChiSquare: number | null;
  readonly at25C: ArrheniusPrediction;
  readonly at: (temperatureK: number) => ArrheniusPrediction;
  /** Why the fit should not be trusted; empty where it can be. */
  readonly flags: readonly ArrheniusFlag[];
}

/**
 * Least squares of ln(σT) on 1/T: σT = A·exp(−Eₐ/kT), in S/cm and K. Standard errors come from the scatter about the line; where errors are given they are the
 * larger of what these and what the scatter says, and an interval is the wider of the normal one of the first and Student's of the second.
 */
export function fitArrhenius(
  temperatures: readonly number[],
  conductivities: readonly number[],
  {
    temperatureUnit = 'K',
    conductivityUnit = 'S/cm',
    errors,
    commonError = 0,
    readAtK = roomTemperatureK,
  }: ArrheniusOptions = {},
): ArrheniusFit {
  requireShare('the error common to all temperatures', commonError);
  const points = readPoints(temperatures, conductivities, temperatureUnit, conductivityUnit, errors);
  const line = fitLine(points);
  const given = errors !== undefined;
  const at = (temperatureK: number): ArrheniusPrediction => {
    requirePositive('the temperature', temperatureK, 'K');
    const x = 1 / temperatureK;
    const conductivity = exp(line.at(x)) / temperatureK;
    const reach = shifted(reachOf(line, given, line.unitError(x)), commonError);
    return {
      conductivity,
      lnStandardError: reach?.standardError ?? null,
      interval95:
        reach === null
          ? null
          : { low: conductivity * exp(-reach.half95), high: conductivity * exp(reach.half95) },
    };
  };
  const slopeError = reachOf(line, given, line.unitSlopeError)?.standardError ?? null;
  const activationEnergyEv = -line.slope * boltzmannEvPerK;
  return {
    activationEnergyEv,
    activationEnergyStandardErrorEv: slopeError === null ? null : slopeError * boltzmannEvPerK,
    lnPrefactor: line.at(0),
    lnPrefactorStandardError:
      shifted(reachOf(line, given, line.unitError(0)), commonError)?.standardError ?? null,
    rSquared: line.rSquared,
    reducedChiSquare: given ? line.variance : null,
    at25C: at(roomTemperatureK),
    at,
    flags: flagsOf(points, line, given, activationEnergyEv, readAtK),
  };
}

interface Reach {
  readonly standardError: number;
  /** Half of the 95 % interval. */
  readonly half95: number;
}

/** With an independent error of the whole line; a relative error of σ is, to first order, one of ln σ. */
const shifted = (reach: Reach | null, error: number): Reach | null =>
  reach && {
    standardError: hypot(reach.standardError, error),
    half95: hypot(reach.half95, normal95 * error),
  };

/** From the error for unit variance to the real one. */
function reachOf({ variance, degrees }: Line, given: boolean, unitError: number): Reach | null {
  const stated = given ? unitError : 0;
  if (variance === null) return given ? { standardError: stated, half95: normal95 * stated } : null;
  const scattered = sqrt(variance) * unitError;
  return {
    standardError: max(stated, scattered),
    half95: max(normal95 * stated, studentTwoSided(degrees, 0.95) * scattered),
  };
}

function readPoints(
  temperatures: readonly number[],
  conductivities: readonly number[],
  temperatureUnit: string,
  conductivityUnit: string,
  errors: readonly number[] | undefined,
): readonly LinePoint[] {
  const n = temperatures.length;
  if (n !== conductivities.length) {
    throw new RangeError(`${n} temperatures do not go with ${conductivities.length} conductivities`);
  }
  if (errors !== undefined && errors.length !== n) {
    throw new RangeError(`${errors.length} errors do not go with ${n} conductivities`);
  }
  const kelvins = temperatures.map((t, i) =>
    named('temperature', i, () => convert('temperature', t, temperatureUnit, 'K', { force: true })),
  );
  const siemens = conductivities.map((s, i) =>
    named('ionic_conductivity', i, () =>
      convert('ionic_conductivity', s, conductivityUnit, 'S/cm', { force: true }),
    ),
  );
  if (new Set(kelvins).size < 2) {
    throw new PropertyError('TOO_FEW', `an Arrhenius line needs at least two different temperatures`);
  }
  return kelvins.map((kelvin, i) => {
    const sigma = siemens[i] ?? NaN;
    const error = errors?.[i];
    let weight = 1;
    if (error !== undefined) {
      requirePositive(`the error of conductivity ${i + 1}`, error, conductivityUnit);
      const relative = convertDifference('ionic_conductivity', error, conductivityUnit, 'S/cm') / sigma;
      weight = 1 / (relative * relative);
    }
    return { x: 1 / kelvin, y: log(sigma * kelvin), weight };
  });
}

/** A refusal that says which of the list it is about. */
function named(property: string, i: number, read: () => number): number {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PropertyError) || error.code === 'UNKNOWN_UNIT') throw error;
    const name = property === 'temperature' ? property : 'conductivity';
    throw new PropertyError(error.code, error.message.replace(property, `${name} ${i + 1}`));
  }
}
