import {
  type AskedProperty,
  askedBy,
  type Assignment,
  type Measurement,
  type Result,
  type ValueMeasurement,
} from '@ionloop/lab-client';
import { exp } from '@ionloop/linalg';
import { drawsOf } from './draws.js';
import type { FailureDescription, OutlierDescription } from './lab/description.js';
import { activationEnergy, conductivityTruth, failureProbability, madeUpLandscape } from './physics.js';
import { coordinatesOf, obstacleIn, ternaryIn } from './point.js';

export interface SampleSetup {
  readonly seed: string;
  /** Of any sample, whatever it is made of. */
  readonly failRate: number;
  /** Of the made-up landscape: which part of it fails, and how often. */
  readonly region?: FailureDescription['region'];
}

/** The instrument that looks at a sample, in decades of a conductivity; of anything else a tenth of it, as a share. */
export interface Instrument {
  readonly scatter: number;
  /** What it is off by, here and now. */
  readonly bias: number;
  readonly outliers: OutlierDescription;
}

export const goodInstrument: Instrument = { scatter: 0.06, bias: 0, outliers: { rate: 0, decades: 1 } };

export interface Pellet {
  readonly thicknessCm: number;
  readonly areaCm2: number;
}

const ln10 = 2.302585092994046;
const roomC = 25;

export const pelletOf = (assignment: Assignment, seed: string): Pellet => ({
  thicknessCm: 0.08 + 0.04 * drawsOf(seed, assignment).split('pellet').uniform(),
  areaCm2: 0.785,
});

/** Why there is no sample, or null where there is one. */
export function misfortune(
  assignment: Assignment,
  { seed, failRate, region = null }: SampleSetup,
): Result | null {
  const { point } = assignment.spec;
  const obstacle = obstacleIn(point);
  if (obstacle !== null) return { outcome: 'infeasible', note: obstacle, measurements: [] };
  const ternary = ternaryIn(point);
  const chances = drawsOf(seed, assignment);
  const crystallises =
    ternary !== null && chances.split('glass').uniform() < failureProbability(ternary.composition);
  if (crystallises) return { outcome: 'failed_sample', note: 'the melt did not vitrify', measurements: [] };
  if (ternary === null && region !== null && chances.split('region').uniform() < region.chance) {
    const height = madeUpLandscape(coordinatesOf(point), 'where it fails: ');
    if (height > region.above) {
      return { outcome: 'failed_sample', note: 'the pellet fell apart', measurements: [] };
    }
  }
  const cracks = chances.split('failure').uniform() < failRate;
  return cracks
    ? { outcome: 'failed_sample', note: 'the pellet cracked while it cooled', measurements: [] }
    : null;
}

export const makeAndMeasure = (assignment: Assignment, setup: SampleSetup): Result =>
  misfortune(assignment, setup) ?? measure(assignment, setup.seed, goodInstrument);

/** Far off for once, up or down. */
export function isOutlier(assignment: Assignment, seed: string, { outliers }: Instrument): boolean {
  return outliers.rate > 0 && drawsOf(seed, assignment).split('outlier').uniform() < outliers.rate;
}

/** What is so, and what a result says of it, in one unit; null where the result has no value. */
export function truthBeside(
  { spec }: Assignment,
  { measurements: [measurement] }: Result,
): { truth: number; found: number; unit: string } | null {
  if (measurement === undefined) return null;
  const truth = trueValue(spec);
  if ('value' in measurement) return { truth, found: measurement.value, unit: measurement.unit };
  if (!('impedance' in measurement)) return null;
  const { thicknessCm, resistanceOhm, areaCm2 } = measurement.impedance;
  return { truth, found: thicknessCm / (resistanceOhm * areaCm2), unit: 'S/cm' };
}

/** Of the first property that is asked for: in S/cm for a conductivity, otherwise in the unit that the lab measures in. */
export function trueValue(spec: Assignment['spec']): number {
  return spec.property === 'ionic_conductivity'
    ? conductivityOf(spec.point, spec.temperatureC ?? roomC)
    : valueOf(spec.point, spec, 1).value;
}

export function measure(assignment: Assignment, seed: string, instrument: Instrument): Result {
  const [first, ...others] = askedBy(assignment.spec).map((asked, k) =>
    measureOne(assignment, seed, instrument, asked, k),
  );
  return { outcome: 'measured', measurements: first === undefined ? [] : [first, ...others] };
}

/** What is wrong with an instrument for once is wrong with the first property that it measures. */
function measureOne(
  assignment: Assignment,
  seed: string,
  instrument: Instrument,
  asked: AskedProperty,
  k: number,
): Measurement {
  const { point } = assignment.spec;
  const temperatureC = asked.temperatureC ?? roomC;
  const draws = drawsOf(seed, assignment);
  const { scatter, bias, outliers } = instrument;
  const far = k === 0 && isOutlier(assignment, seed, instrument) ? outliers.decades : 0;
  const off = draws.split('direction').uniform() < 0.5 ? -far : far;
  const noise = scatter * draws.split(k === 0 ? 'noise' : `noise/${asked.property}`).normal() + bias + off;
  const measurement =
    asked.property === 'ionic_conductivity'
      ? impedance(assignment, seed, conductivityOf(point, temperatureC) * exp(noise * ln10), scatter)
      : valueOf(point, asked, exp(noise / 10), k === 0 ? '' : `${asked.property}: `);
  const conditions = { temperatureC, atmosphere: 'argon', electrode: 'gold', simulated: true };
  return { ...measurement, conditions };
}

function impedance(assignment: Assignment, seed: string, conductivity: number, scatter: number): Measurement {
  const pellet = pelletOf(assignment, seed);
  return {
    property: 'ionic_conductivity',
    impedance: { resistanceOhm: pellet.thicknessCm / (conductivity * pellet.areaCm2), ...pellet },
    uncertainty: conductivity * scatter * ln10,
  };
}

/** In S/cm. What is varied beside a known ternary can cost it up to a decade. */
function conductivityOf(point: Assignment['spec']['point'], temperatureC: number): number {
  const ternary = ternaryIn(point);
  if (!ternary) return exp((4 * madeUpLandscape(coordinatesOf(point)) - 7) * ln10);
  const process = coordinatesOf(point, ternary.name);
  const loss = process.size === 0 ? 0 : 1 - madeUpLandscape(process);
  return conductivityTruth(ternary.composition, temperatureC) * exp(-loss * ln10);
}

/** Positive whatever the property, for campaigns that take its logarithm; each further property has a landscape of its own. */
function valueOf(
  point: Assignment['spec']['point'],
  { property, unit }: Pick<AskedProperty, 'property' | 'unit'>,
  factor: number,
  landscape = '',
): ValueMeasurement {
  const height = madeUpLandscape(coordinatesOf(point), landscape);
  switch (property) {
    case 'activation_energy': {
      const ternary = ternaryIn(point);
      const value = ternary ? activationEnergy(ternary.composition) : 0.8 - 0.6 * height;
      return { property, value: value * factor, unit: 'eV' };
    }
    case 'relative_density':
      return { property, value: Math.min(1, (0.6 + 0.38 * height) * factor), unit: '1' };
    case 'electronic_conductivity':
      return { property, value: exp((3 * height - 11) * ln10) * factor, unit: 'S/cm' };
    default:
      return { property, value: (0.02 + 0.98 * height) * factor, unit };
  }
}
