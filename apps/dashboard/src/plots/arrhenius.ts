import type { ArrheniusSeries } from '../api/arrhenius.js';

/** Boltzmann's constant in eV/K. */
const boltzmann = 8.617333262e-5;
const zeroCelsius = 273.15;

/** The axis of an Arrhenius plot, 1000/T in K⁻¹, for a temperature in °C. */
export const inverseOf = (temperatureC: number): number => 1000 / (temperatureC + zeroCelsius);

/** σT in S·K/cm. */
export const productOf = (temperatureC: number, conductivity: number): number =>
  conductivity * (temperatureC + zeroCelsius);

/** Where a fitted line is, as σT, at 1000/T. */
export const lineAt = (
  { activationEnergyEv, lnPrefactor }: Pick<ArrheniusSeries, 'activationEnergyEv' | 'lnPrefactor'>,
  inverse: number,
): number => Math.exp(lnPrefactor - (activationEnergyEv * inverse) / (1000 * boltzmann));

/** Round temperatures within a range of 1000/T, for a second axis in °C; the hottest first, none too near another. */
export function temperatureTicks(
  [low, high]: readonly [number, number],
  least: number,
): readonly { readonly temperatureC: number; readonly at: number }[] {
  const [coldest, hottest] = [1000 / high - zeroCelsius, 1000 / low - zeroCelsius];
  const step = [10, 20, 25, 50, 100, 200].find((s) => (hottest - coldest) / s <= 10) ?? 500;
  const first = Math.ceil(coldest / step) * step;
  const ticks: { temperatureC: number; at: number }[] = [];
  for (let t = Math.floor(hottest / step) * step; t >= first; t -= step) {
    const at = inverseOf(t);
    const before = ticks.at(-1);
    if (before === undefined || at - before.at >= least) ticks.push({ temperatureC: t, at });
  }
  return ticks;
}

/** The range that shows all points and 25 °C, with a little room. */
export function rangeOf(values: readonly number[], room: number): readonly [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const ends = (high - low || Math.abs(high) || 1) * room;
  return [low - ends, high + ends];
}
