import type { Assignment, Measurement, Result } from '@ionloop/lab-client';
import { exp, Philox } from '@ionloop/linalg';
import { conductivityTruth, failureProbability, madeUpLandscape, type Ternary } from './physics.js';

export interface SampleSetup {
  readonly seed: string;
  /** Of any sample, whatever it is made of. */
  readonly failRate: number;
}

const ln10 = 2.302585092994046;
/** Scatter of one measurement, in decades (or in hundredths where a property spans none). */
const scatter = 0.06;
const pellet = { thicknessCm: 0.1, areaCm2: 0.785 } as const;

/**
 * Makes and measures one sample. The same seed, campaign, experiment and attempt give the same result, so a simulation
 * can be told again.
 */
export function makeAndMeasure(assignment: Assignment, { seed, failRate }: SampleSetup): Result {
  const { campaignId, experimentNumber, fence, spec } = assignment;
  const draw = Philox.fromSeed(`${seed}/${campaignId}/${experimentNumber}/${fence}`);
  const ternary = ternaryOf(spec.point);
  const mayFail = failRate + (ternary ? failureProbability(ternary) : 0);
  if (draw.split('failure').uniform() < mayFail) {
    return { outcome: 'failed_sample', note: 'the pellet cracked while it cooled', measurements: [] };
  }
  const noise = scatter * draw.split('noise').normal();
  const temperatureC = spec.temperatureC ?? 25;
  const conditions = { temperatureC, atmosphere: 'argon', electrode: 'gold', simulated: true };
  return {
    outcome: 'measured',
    measurements: [{ ...measure(assignment, ternary, temperatureC, noise), conditions }],
  };
}

function measure(
  { spec }: Assignment,
  ternary: Ternary | null,
  temperatureC: number,
  noise: number,
): Measurement {
  const { property, unit } = spec;
  const landscape = madeUpLandscape(coordinatesOf(spec.point));
  switch (property) {
    case 'ionic_conductivity': {
      const truth = ternary ? conductivityTruth(ternary, temperatureC) : exp((4 * landscape - 7) * ln10);
      const conductivity = truth * exp(noise * ln10);
      const resistanceOhm = pellet.thicknessCm / (conductivity * pellet.areaCm2);
      return {
        property,
        impedance: { resistanceOhm, ...pellet },
        uncertainty: conductivity * scatter * ln10,
      };
    }
    case 'activation_energy':
      return { property, value: 0.2 + 0.7 * landscape * exp(noise / 10), unit: 'eV' };
    case 'relative_density':
      return { property, value: Math.min(1, 0.6 + 0.38 * landscape + noise / 10), unit: '1' };
    default:
      return { property, value: landscape + noise / 10, unit };
  }
}

function ternaryOf(point: Assignment['spec']['point']): Ternary | null {
  for (const value of Object.values(point)) {
    if (typeof value !== 'object') continue;
    const { Li3PO4, Li3BO3, Li2SO4 } = value;
    if (Li3PO4 !== undefined && Li3BO3 !== undefined && Li2SO4 !== undefined)
      return { Li3PO4, Li3BO3, Li2SO4 };
  }
  return null;
}

/** Every number of a point by name; a pool's candidate is its name and nothing more. */
function coordinatesOf(point: Assignment['spec']['point']): ReadonlyMap<string, number> {
  const coordinates = new Map<string, number>();
  for (const [name, value] of Object.entries(point)) {
    if (typeof value === 'number') coordinates.set(name, value);
    else if (typeof value === 'string') coordinates.set(`${name}=${value}`, 0);
    else for (const [component, fraction] of Object.entries(value)) coordinates.set(component, fraction);
  }
  return coordinates;
}
