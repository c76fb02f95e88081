import { fieldsOf, numberOr, textOr } from './json.js';

/** What a station read off a spectrum. */
export interface Impedance {
  readonly resistanceOhm: number;
  readonly thicknessCm: number | null;
  readonly areaCm2: number | null;
  /** The equivalent circuit, such as `R(RQ)Q`. */
  readonly fitModel: string | null;
  /** How far the fitted circuit is from the spectrum, as a share. */
  readonly residual: number | null;
}

/** What is kept of a measurement that came as an impedance; null of any other. */
export function readImpedance(raw: unknown): Impedance | null {
  const fields = fieldsOf(fieldsOf(raw)['impedance']);
  const resistanceOhm = numberOr(fields['resistanceOhm'], null);
  if (resistanceOhm === null) return null;
  return {
    resistanceOhm,
    thicknessCm: numberOr(fields['thicknessCm'], null),
    areaCm2: numberOr(fields['areaCm2'], null),
    fitModel: textOr(fields['fitModel'], '') || null,
    residual: numberOr(fields['residual'], null),
  };
}
