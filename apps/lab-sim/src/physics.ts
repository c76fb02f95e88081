import { cos, exp, log } from '@ionloop/linalg';

/**
 * The truth that the simulated lab measures and no planner sees. Notation: p, b, s are the fractions of Li3PO4, Li3BO3
 * and Li2SO4; σ in S/cm; T in K; E_a in eV.
 */
export interface Ternary {
  readonly Li3PO4: number;
  readonly Li3BO3: number;
  readonly Li2SO4: number;
}

const boltzmannEvPerK = 8.617333262e-5;
const referenceK = 573.15;
const ln10 = 2.302585092994046;

/** A conducting region: σ falls from `peak` like a bell, which is a parabola in log σ. */
interface Region {
  readonly centre: Ternary;
  readonly peak: number;
  readonly width: number;
}

/** The better region is where the literature found it (Homma 2020); the broader, worse one is there to mislead. */
const regions: readonly Region[] = [
  { centre: { Li3PO4: 0.25, Li3BO3: 0.14, Li2SO4: 0.61 }, peak: 4.9e-4, width: 0.09 },
  { centre: { Li3PO4: 0.6, Li3BO3: 0.3, Li2SO4: 0.1 }, peak: 8e-5, width: 0.17 },
];

const background = ({ Li2SO4 }: Ternary): number => 2e-7 * exp(0.4 * ln10 * Li2SO4);

function conductivityAtReference(x: Ternary): number {
  return regions.reduce((sum, { centre, peak, width }) => {
    const d2 =
      (x.Li3PO4 - centre.Li3PO4) ** 2 + (x.Li3BO3 - centre.Li3BO3) ** 2 + (x.Li2SO4 - centre.Li2SO4) ** 2;
    return sum + peak * exp(-d2 / (2 * width * width));
  }, background(x));
}

/** Between 0.42 eV, rich in sulfate, and 0.78 eV, rich in borate. */
export const activationEnergy = ({ Li3PO4, Li3BO3, Li2SO4 }: Ternary): number =>
  0.58 * Li3PO4 + 0.78 * Li3BO3 + 0.42 * Li2SO4;

/** σT = A·exp(−E_a/kT), with A from the conductivity at 300 °C. */
export function conductivityTruth(x: Ternary, temperatureC: number): number {
  const T = temperatureC + 273.15;
  const steps = (activationEnergy(x) / boltzmannEvPerK) * (1 / T - 1 / referenceK);
  return conductivityAtReference(x) * (referenceK / T) * exp(-steps);
}

/** Almost pure sulfate does not vitrify, nine times of ten. */
export const failureProbability = ({ Li2SO4 }: Ternary): number => (Li2SO4 > 0.93 ? 0.9 : 0);

/**
 * A made-up landscape for any other campaign, in [0, 1]: each number and each fraction adds a wave whose phase comes
 * from its name, and so another one for another prefix. Numbers count by their logarithm, so that 10 … 540 minutes and 800 … 1100 °C both matter.
 */
export function madeUpLandscape(coordinates: ReadonlyMap<string, number>, prefix = ''): number {
  if (coordinates.size === 0) return 0.5;
  let sum = 0;
  for (const [name, value] of coordinates) {
    const scaled = Math.abs(value) <= 1 ? value : Math.sign(value) * (1 + log(Math.abs(value)) / ln10);
    sum += 0.5 + 0.5 * cos(2 * Math.PI * (0.8 * scaled + phaseOf(prefix + name)));
  }
  return sum / coordinates.size;
}

function phaseOf(name: string): number {
  let hash = 2166136261;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash / 2 ** 32;
}
