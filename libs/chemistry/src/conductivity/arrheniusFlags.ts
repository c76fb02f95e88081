import { studentTwoSided } from './studentT.js';
import { curvature, type Line, type LinePoint } from './weightedLine.js';

const { max, min, sqrt } = Math;

export type ArrheniusFlagCode =
  'FEW_TEMPERATURES' | 'POOR_FIT' | 'BEYOND_ERRORS' | 'CURVED' | 'NOT_ACTIVATED' | 'EXTRAPOLATED';

export interface ArrheniusFlag {
  readonly code: ArrheniusFlagCode;
  readonly message: string;
}

const zeroCelsius = 273.15;
const fewestTemperatures = 3;
const smallestRSquared = 0.98;
/** In ln σT: what a bend must amount to, at some point, before it counts. */
const smallestBend = 0.1;
/** Of the measured range of 1/T. */
const furthest = 0.5;
/** The normal distribution's one-sided 99 %. */
const normal99 = 2.3263478740408408;

export function flagsOf(
  points: readonly LinePoint[],
  line: Line,
  errorsGiven: boolean,
  activationEnergyEv: number,
  readAtK: number,
): readonly ArrheniusFlag[] {
  const flags: ArrheniusFlag[] = [];
  const flag = (code: ArrheniusFlagCode, message: string): void => void flags.push({ code, message });
  const different = new Set(points.map(({ x }) => x)).size;
  if (different < fewestTemperatures) {
    flag(
      'FEW_TEMPERATURES',
      `${different} temperatures always lie on a line; nothing shows whether it is one`,
    );
  }
  if (errorsGiven && line.variance !== null && line.variance > largestChiSquare(line.degrees)) {
    const times = sqrt(line.variance).toPrecision(2);
    flag('BEYOND_ERRORS', `the points scatter ${times} times as far about the line as their errors say`);
  }
  if (!errorsGiven && line.rSquared < smallestRSquared) {
    flag('POOR_FIT', `r² is ${line.rSquared.toPrecision(3)}, below ${smallestRSquared}`);
  }
  const bend = curvature(points, line);
  if (bend !== null && bend.largest > smallestBend && bend.t > studentTwoSided(bend.degrees, 0.99)) {
    flag(
      'CURVED',
      `ln(σT) bends away from the line by ${bend.largest.toPrecision(2)}: one activation energy does not hold throughout`,
    );
  }
  if (!(activationEnergyEv > 0)) {
    flag('NOT_ACTIVATED', 'the conductivity does not rise with temperature as an activated one does');
  }
  const away = outside(points, 1 / readAtK);
  if (away > furthest) {
    flag(
      'EXTRAPOLATED',
      `${Number((readAtK - zeroCelsius).toFixed(2))} °C lies outside the temperatures by ${(100 * away).toFixed(0)} % of their range in 1/T`,
    );
  }
  return flags;
}

/** How far outside the points x is, as a part of their range. */
function outside(points: readonly LinePoint[], x: number): number {
  const least = points.reduce((low, point) => min(low, point.x), Infinity);
  const most = points.reduce((high, point) => max(high, point.x), -Infinity);
  return max(0, least - x, x - most) / (most - least);
}

/** χ² per degree that 1 in 100 exceeds: E. B. Wilson and M. M. Hilferty (1931). */
function largestChiSquare(degrees: number): number {
  const part = 2 / (9 * degrees);
  const root = 1 - part + normal99 * sqrt(part);
  return root * root * root;
}
