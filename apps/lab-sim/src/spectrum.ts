import type { Assignment, Result } from '@ionloop/lab-client';
import { cos, exp, log, sin } from '@ionloop/linalg';
import { drawsOf } from './draws.js';
import type { Pellet } from './sample.js';

/** What an impedance analyser gives; docs/lab-wire.md has its form. */
export interface Spectrum {
  readonly frequencyHz: readonly number[];
  readonly realOhm: readonly number[];
  readonly imaginaryOhm: readonly number[];
}

const points = 61;
/** Of vacuum, in F/cm, times that of a glass. */
const permittivity = 8.8541878128e-14 * 12;
/** Less than 1: the arc is a little flat, and the tail of the electrode leans. */
const arcExponent = 0.94;
const tailExponent = 0.82;
const scatter = 0.004;
const decadesAbove = 1.5;
const decadesBelow = 4.5;

/**
 * The spectrum of a pellet between blocking electrodes: an arc that ends at the resistance that is handed in, at the
 * frequency that the pellet's geometry gives it, and the electrodes' tail below it.
 */
export function spectrumOf(
  resistanceOhm: number,
  pellet: Pellet,
  draws: ReturnType<typeof drawsOf>,
): Spectrum {
  const capacitance = (permittivity * pellet.areaCm2) / pellet.thicknessCm;
  const arcHz = 1 / (2 * Math.PI * resistanceOhm * capacitance);
  const lowest = power(10, -decadesBelow);
  const rows = Array.from({ length: points }, (_, i) => {
    const x = power(10, decadesAbove - ((decadesAbove + decadesBelow) * i) / (points - 1));
    const noise = (): number => 1 + scatter * draws.normal();
    const arc = arcAt(x, resistanceOhm);
    const tail = tailAt(x / lowest, 0.9 * resistanceOhm);
    return {
      frequency: significant(arcHz * x),
      real: significant((arc.real + tail.real) * noise()),
      imaginary: significant((arc.imaginary + tail.imaginary) * noise()),
    };
  });
  return {
    frequencyHz: rows.map(({ frequency }) => frequency),
    realOhm: rows.map(({ real }) => real),
    imaginaryOhm: rows.map(({ imaginary }) => imaginary),
  };
}

/** The result with the spectrum that its resistance was read from, where it was. */
export function withSpectrum(result: Result, assignment: Assignment, seed: string): Result {
  const [measurement] = result.measurements;
  if (!measurement || !('impedance' in measurement)) return result;
  const { resistanceOhm, ...pellet } = measurement.impedance;
  const spectrum = spectrumOf(resistanceOhm, pellet, drawsOf(seed, assignment).split('spectrum'));
  return {
    ...result,
    artifacts: [
      {
        name: `spectrum-${assignment.experimentNumber}-${assignment.fence}.json`,
        content: JSON.stringify({ ...spectrum, sample: pellet }),
        mediaType: 'application/json',
        kind: 'impedance_spectrum',
        measurement: 0,
      },
    ],
  };
}

interface Impedance {
  readonly real: number;
  readonly imaginary: number;
}

/** R/(1 + (jx)^α), with x the frequency in units of the arc's. */
function arcAt(x: number, resistance: number): Impedance {
  const size = power(x, arcExponent);
  const real = 1 + size * cos((arcExponent * Math.PI) / 2);
  const imaginary = size * sin((arcExponent * Math.PI) / 2);
  const norm = real * real + imaginary * imaginary;
  return { real: (resistance * real) / norm, imaginary: (-resistance * imaginary) / norm };
}

/** Z·(jx)^−α, with Z its size at x = 1. */
function tailAt(x: number, size: number): Impedance {
  const reach = size * power(x, -tailExponent);
  return {
    real: reach * cos((tailExponent * Math.PI) / 2),
    imaginary: -reach * sin((tailExponent * Math.PI) / 2),
  };
}

const power = (base: number, exponent: number): number => exp(exponent * log(base));
const significant = (value: number): number => Number(value.toPrecision(6));
