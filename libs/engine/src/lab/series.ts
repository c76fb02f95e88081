import { type ArrheniusFit, type ArrheniusFlag, fitArrhenius } from '@ionloop/chemistry';
import { invalidInput, type JsonObject } from '@ionloop/domain';
import { valueOf, type SubmittedValue } from './value.js';

/** One of several temperatures at which the same sample was measured. */
export interface SubmittedPoint extends SubmittedValue {
  readonly temperatureC: number;
}

export interface SeriesResult {
  /** At the temperature that the campaign asks for, in S/cm. */
  readonly value: number;
  readonly uncertainty: number | null;
  readonly flags: readonly string[];
  /** Every temperature with what the instrument gave, and the line through them. */
  readonly raw: JsonObject;
}

interface ReadingAt {
  readonly value: number;
  readonly uncertainty: number | null;
  readonly interval95: { readonly low: number; readonly high: number } | null;
}

const zeroCelsius = 273.15;
const roomTemperatureC = 25;

export function kelvin(temperatureC: number, field: string): number {
  const temperatureK = temperatureC + zeroCelsius;
  if (!Number.isFinite(temperatureC) || temperatureK <= 0) {
    throw invalidInput(field, `${field} is ${temperatureC} °C; it must lie above 0 K, which is −273.15 °C`);
  }
  return temperatureK;
}

/** Conductivities at several temperatures as one line, ln(σT) on 1/T, read off where the campaign wants to know it. */
export function readSeries(
  points: readonly SubmittedPoint[],
  wantedC: number | undefined,
  field: string,
): SeriesResult {
  const temperatures = points.map(({ temperatureC }, i) =>
    kelvin(temperatureC, `${field}[${i}].temperatureC`),
  );
  const values = points.map((point, i) => valueOf('ionic_conductivity', point, 'S/cm', `${field}[${i}]`));
  if (new Set(temperatures).size < 2) {
    throw invalidInput(field, `${field} has one temperature; a line needs at least two different ones`);
  }
  const targetC = wantedC ?? roomTemperatureC;
  const fit = fitArrhenius(
    temperatures,
    values.map(({ value }) => value),
    { readAtK: targetC + zeroCelsius },
  );
  const { value, uncertainty, interval95 } = at(fit, targetC);
  return {
    value,
    uncertainty,
    flags: [...values.flatMap(({ flags }) => flags), ...fit.flags.map(inWords)],
    raw: {
      series: points.map(({ temperatureC }, i) => ({
        temperatureC,
        conductivity: values[i]?.value ?? null,
        ...values[i]?.raw,
      })),
      arrhenius: {
        activationEnergyEv: fit.activationEnergyEv,
        activationEnergyStandardErrorEv: fit.activationEnergyStandardErrorEv,
        lnPrefactor: fit.lnPrefactor,
        rSquared: fit.rSquared,
        at25C: { ...at(fit, roomTemperatureC), unit: 'S/cm' },
        readAtC: targetC,
        interval95: interval95 === null ? null : { ...interval95, unit: 'S/cm' },
        flags: fit.flags.map(({ code }) => code),
      },
    },
  };
}

function at(fit: ArrheniusFit, temperatureC: number): ReadingAt {
  const { conductivity, lnStandardError, interval95 } = fit.at(temperatureC + zeroCelsius);
  return {
    value: conductivity,
    uncertainty: lnStandardError === null ? null : conductivity * lnStandardError,
    interval95: interval95 === null ? null : { ...interval95 },
  };
}

const inWords = ({ message }: ArrheniusFlag): string => `Arrhenius: ${message}`;
