import { fieldsOf, listOf, numberOr } from './json.js';

export interface ConductivityAt {
  readonly temperatureC: number;
  /** In S/cm. */
  readonly conductivity: number;
}

/** One sample at several temperatures, and the line through them: σT = A·exp(−Eₐ/kT), in S/cm and K. */
export interface ArrheniusSeries {
  readonly points: readonly ConductivityAt[];
  readonly activationEnergyEv: number;
  readonly standardErrorEv: number | null;
  readonly lnPrefactor: number;
  readonly rSquared: number | null;
  /** In S/cm. */
  readonly at25C: number | null;
  readonly interval25C: { readonly low: number; readonly high: number } | null;
  readonly flags: readonly string[];
}

/** What is kept of a measurement over several temperatures; null of any other. */
export function readArrhenius(raw: unknown): ArrheniusSeries | null {
  const { series, arrhenius } = fieldsOf(raw);
  const points = listOf(series).flatMap((each) => {
    const { temperatureC, conductivity } = fieldsOf(each);
    const [t, sigma] = [numberOr(temperatureC, null), numberOr(conductivity, null)];
    return t === null || sigma === null || sigma <= 0 ? [] : [{ temperatureC: t, conductivity: sigma }];
  });
  const fit = fieldsOf(arrhenius);
  const activationEnergyEv = numberOr(fit['activationEnergyEv'], null);
  const lnPrefactor = numberOr(fit['lnPrefactor'], null);
  if (points.length < 2 || activationEnergyEv === null || lnPrefactor === null) return null;
  const at25C = fieldsOf(fit['at25C']);
  const interval = fieldsOf(at25C['interval95']);
  const [low, high] = [numberOr(interval['low'], null), numberOr(interval['high'], null)];
  return {
    points,
    activationEnergyEv,
    standardErrorEv: numberOr(fit['activationEnergyStandardErrorEv'], null),
    lnPrefactor,
    rSquared: numberOr(fit['rSquared'], null),
    at25C: numberOr(at25C['value'], null),
    interval25C: low === null || high === null ? null : { low, high },
    flags: listOf(fit['flags']).filter((flag): flag is string => typeof flag === 'string'),
  };
}
