import { fromModelScale } from '@ionloop/chemistry';
import type {
  Objective,
  Observation,
  PlanObjective,
  PlanRequest,
  Point,
  SpaceSpec,
  StrategyName,
} from '@ionloop/domain';
import { openSpace } from '@ionloop/space';
import { strategyTable } from '../src/index.js';

export const ternary: SpaceSpec = {
  parameters: [
    {
      kind: 'mixture',
      name: 'composition',
      step: 0.05,
      components: [{ name: 'Li3PO4' }, { name: 'Li3BO3' }, { name: 'Li2SO4' }],
    },
  ],
};
/** With the steps of a good dispenser: 5151 recipes. */
export const fineTernary: SpaceSpec = {
  parameters: ternary.parameters.map((parameter) => ({ ...parameter, step: 0.01 })),
};
/** 66 recipes. */
export const coarseTernary: SpaceSpec = {
  parameters: ternary.parameters.map((parameter) => ({ ...parameter, step: 0.1 })),
};
export const sintering: SpaceSpec = {
  parameters: [
    { kind: 'continuous', name: 'temperature', min: 800, max: 1100, unit: '°C' },
    { kind: 'continuous', name: 'time', min: 10, max: 540, scale: 'log', unit: 'min' },
  ],
};
const poolOf = (size: number): SpaceSpec => ({
  parameters: [
    {
      kind: 'pool',
      name: 'material',
      features: ['radius', 'charge'],
      candidates: Array.from({ length: size }, (_, i) => ({
        id: `M${i}`,
        values: [i % 9, Math.floor(i / 9)],
      })),
    },
  ],
});
export const pool = poolOf(80);
export const smallPool = poolOf(40);
/** What the materials of `pool` cost: from 1 to 100, without any order. */
export const prices = Object.fromEntries(
  Array.from({ length: 80 }, (_, i): [string, number] => [`M${i}`, 1 + ((i * 37) % 100)]),
);

export const conductivity: Objective = {
  property: 'ionic_conductivity',
  goal: 'maximise',
  transform: 'log10',
  unit: 'S/cm',
};
export const plain: Objective = { property: 'value', goal: 'maximise', transform: 'none', unit: '1' };

const hill = (point: readonly number[], centre: readonly number[], width: number): number =>
  Math.exp(-point.reduce((sum, x, i) => sum + (x - centre[i]!) ** 2, 0) / (2 * width * width));

/** Two regions, the better one the narrower. */
export const twoPeaks = ({ composition }: Point): number => {
  const fractions = Object.values(composition as Record<string, number>);
  return -7 + 3.5 * hill(fractions, [0.25, 0.15, 0.6], 0.13) + 2.4 * hill(fractions, [0.55, 0.35, 0.1], 0.2);
};
export const window = ({ temperature, time }: Point): number =>
  hill([((temperature as number) - 950) / 300, Math.log((time as number) / 120) / 4], [0, 0], 0.25);
export const material = ({ material: id }: Point): number => {
  const i = Number((id as string).slice(1));
  return -(((i % 9) - 5) ** 2) - (Math.floor(i / 9) - 3) ** 2;
};

export const request = ({
  objective,
  ...over
}: Partial<PlanRequest> &
  Pick<PlanRequest, 'space'> & { readonly objective?: PlanObjective }): PlanRequest => ({
  objectives: [objective ?? plain],
  strategy: { name: 'auto', initial: 5 },
  seed: 'test/plan-1',
  count: 1,
  experimentsSoFar: over.observations?.length ?? 0,
  observations: [],
  failures: [],
  pending: [],
  ...over,
});

export const measured = (points: readonly Point[], truth: (point: Point) => number): Observation[] =>
  points.map((point) => ({ point, values: [truth(point)] }));

/** All but the five materials farthest from the best, and results of them: one each, with noise. */
export function noisyMaterials() {
  const all = openSpace(pool).enumerate();
  const known = all.toSorted((a, b) => material(b) - material(a)).slice(0, 75);
  const noisy = measured(known, material).map(({ point, values }, i) => ({
    point,
    values: [values[0]! + 3 * Math.sin(97 * i)],
    variances: [4.5],
  }));
  return { known, noisy };
}

/** What a strategy of this name can be asked for, and results of it: a second objective pulls another way than the first. */
export function goalsFor(
  name: StrategyName,
  objective: Objective,
  truth: (point: Point) => number,
): {
  readonly objectives: PlanRequest['objectives'];
  readonly resultsOf: (points: readonly Point[]) => Observation[];
} {
  const { goals } = strategyTable[name];
  if (goals === 'window') {
    const low = fromModelScale(-1, objective.transform);
    const window = { ...objective, goal: 'window' as const, low, high: low * (low > 0 ? 10 : 0) };
    return { objectives: [window], resultsOf: (points) => measured(points, truth) };
  }
  if (goals !== 'several') return { objectives: [objective], resultsOf: (points) => measured(points, truth) };
  const other = (point: Point): number => Math.sin(3 * truth(point)) - 0.3 * truth(point);
  return {
    objectives: [objective, { ...plain, property: 'other', goal: 'minimise' }],
    resultsOf: (points) => points.map((point) => ({ point, values: [truth(point), other(point)] })),
  };
}
