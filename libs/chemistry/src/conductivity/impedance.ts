import { requirePositive } from '../errors.js';

export interface Impedance {
  readonly resistanceOhm: number;
  readonly thicknessCm: number;
  readonly areaCm2: number;
}

/** σ = L/(R·A), in S/cm. */
export function conductivityFromImpedance({ resistanceOhm, thicknessCm, areaCm2 }: Impedance): number {
  requirePositive('the resistance', resistanceOhm, 'Ω');
  requirePositive('the thickness', thicknessCm, 'cm');
  requirePositive('the area', areaCm2, 'cm²');
  return thicknessCm / (resistanceOhm * areaCm2);
}
