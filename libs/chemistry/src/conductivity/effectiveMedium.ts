const { max } = Math;

/** What pores that conduct nothing take from a conductivity, by Bruggeman's symmetric effective medium of spheres. */
export interface EffectiveMedium {
  readonly relativeDensity: number;
  /** 1 − relative density; 0 where that is above 1. */
  readonly porosity: number;
  /** The part of the dense material's conductivity that is left: 1 − 3/2 of the porosity. */
  readonly remaining: number;
  /** An estimate without pores, in the unit of the measured one; null where the model has no path left. */
  readonly withoutPores: number | null;
  readonly note: string;
}

/** D. A. G. Bruggeman, Annalen der Physik 416 (1935) 636, for one phase that does not conduct. */
export function effectiveMedium(conductivity: number, relativeDensity: number): EffectiveMedium {
  const porosity = max(0, 1 - relativeDensity);
  const remaining = max(0, 1 - 1.5 * porosity);
  const withoutPores = remaining > 0 ? conductivity / remaining : null;
  return { relativeDensity, porosity, remaining, withoutPores, note: noteOf(relativeDensity, withoutPores) };
}

function noteOf(relativeDensity: number, withoutPores: number | null): string {
  if (relativeDensity > 1) {
    return 'the relative density is above 1: the mass, the size or the density without pores is off; no pores are assumed';
  }
  if (withoutPores === null) {
    return 'below a third of the full density the effective medium has no path left, so that it gives no estimate';
  }
  const base =
    'the conductivity is that of the pellet with its pores; without them is an estimate for round pores, and grain boundaries or cracks can matter more';
  return relativeDensity < 0.8 ? `${base}; below 80 % of the full density it is rough` : base;
}
