import { type ArrheniusFit, fitArrhenius } from '@ionloop/chemistry';
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

const zeroCelsius = 273.15;
const roomTemperatureC = 25;
/** Below this share of explained variance a line through ln σT is no Arrhenius line. */
const leastRSquared = 0.98;

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
  const fit = fitArrhenius(
    temperatures,
    values.map(({ value }) => value),
  );
  const targetC = wantedC ?? roomTemperatureC;
  const read = at(fit, targetC);
  return {
    value: read.value,
    uncertainty: read.uncertainty,
    flags: [...values.flatMap(({ flags }) => flags), ...doubtsAbout(fit, new Set(temperatures).size)],
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
      },
    },
  };
}

function at(fit: ArrheniusFit, temperatureC: number): { value: number; uncertainty: number | null } {
  const { conductivity, lnStandardError } = fit.at(temperatureC + zeroCelsius);
  return {
    value: conductivity,
    uncertainty: lnStandardError === null ? null : conductivity * lnStandardError,
  };
}

function doubtsAbout(fit: ArrheniusFit, temperatures: number): readonly string[] {
  if (temperatures === 2) return ['Arrhenius: a line through two temperatures leaves nothing to judge it by'];
  return [
    ...(fit.rSquared < leastRSquared
      ? [`Arrhenius: the line explains ${(100 * fit.rSquared).toFixed(1)} % of the spread, less than 98 %`]
      : []),
    ...(fit.activationEnergyEv <= 0
      ? [`Arrhenius: the activation energy is ${fit.activationEnergyEv.toPrecision(3)} eV, not positive`]
      : []),
  ];
}
