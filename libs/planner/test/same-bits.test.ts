import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { PlanRequest, PoolFeature, SpaceSpec, StrategyName } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import { plan, plannerVersion } from '../src/index.js';
import { fineTernary, plain, sintering } from './support.js';

/** Candidates drawn from a seed; values are whole hundredths, amounts and categories of one draw each. */
function drawn(size: number, features: readonly PoolFeature[]): SpaceSpec {
  const stream = Philox.fromSeed(`bits/${size}/${features.length}`);
  const formulas = ['NaCl', 'LiF', 'Li2O', 'MgO', 'Al2O3', 'SiO2'];
  const valueOf = ({ kind }: PoolFeature) => {
    if (kind === 'formula') return formulas[stream.integer(formulas.length)]!;
    return kind === 'category' ? `G${stream.integer(3)}` : stream.integer(101) / 100;
  };
  const candidates = Array.from({ length: size }, (_, i) => ({ id: `C${i}`, values: features.map(valueOf) }));
  return { parameters: [{ kind: 'pool', name: 'material', features, candidates }] };
}

const numbers = (count: number): PoolFeature[] =>
  Array.from({ length: count }, (_, j) => ({ name: `x${j}`, kind: 'number' }));
const mixed: PoolFeature[] = [
  ...numbers(2),
  { name: 'group', kind: 'category' },
  { name: 'a', kind: 'amount' },
  { name: 'b', kind: 'amount' },
  { name: 'formula', kind: 'formula' },
];

interface Case {
  readonly space: SpaceSpec;
  readonly n: number;
  readonly strategy?: StrategyName;
  readonly count?: number;
  readonly failed?: number;
  /** How often each point was measured. */
  readonly times?: number;
}

const cases: Readonly<Record<string, Case>> = {
  'a pool of numbers': { space: drawn(600, numbers(6)), n: 52 },
  'a pool of numbers, where coverage has its turn': { space: drawn(600, numbers(3)), n: 13 },
  'more results than hyperparameters are fitted to': { space: drawn(700, numbers(4)), n: 340 },
  'a pool of all kinds of columns': { space: drawn(300, mixed), n: 30 },
  'measured again': { space: drawn(200, numbers(3)), n: 20, times: 2 },
  'failures nearby': { space: drawn(200, numbers(3)), n: 20, failed: 6 },
  'a batch': { space: drawn(200, numbers(3)), n: 24, count: 3 },
  'a long pool': { space: drawn(21_000, numbers(2)), n: 24 },
  'between bounds': { space: sintering, n: 16 },
  'many recipes': { space: fineTernary, n: 16, strategy: 'gp-ucb' },
  'expected improvement': { space: drawn(200, numbers(3)), n: 20, strategy: 'gp-log-ei' },
};

function requestOf({
  space: spec,
  n,
  strategy = 'auto',
  count = 1,
  failed = 0,
  times = 1,
}: Case): PlanRequest {
  const stream = Philox.fromSeed(`bits/${n}`);
  const space = openSpace(spec);
  const points = space.sample(n + failed, stream);
  const X = space.encode(points);
  const valueOf = (i: number, again: number) => {
    let sum = again === 0 ? 0 : stream.uniform() / 8;
    for (let c = 0; c < X.cols; c++) {
      const x = X.data[i * X.cols + c]!;
      sum += (c % 2 === 0 ? 1 : -1) * (x - 0.3) * (x - 0.8);
    }
    return sum;
  };
  const observations = Array.from({ length: times }, (_, again) =>
    points.slice(0, n).map((point, i) => ({ point, values: [valueOf(i, again)] })),
  ).flat();
  return {
    space: spec,
    objectives: [plain],
    strategy: { name: strategy, initial: 3, ...(times > 1 && { replicates: times + 1 }) },
    ...{ seed: 'bits', count, experimentsSoFar: n },
    observations,
    failures: points.slice(n),
    pending: [],
  };
}

const hashOf = (answer: unknown): string =>
  createHash('sha256').update(JSON.stringify(answer)).digest('hex').slice(0, 16);

/** Of proposals, reasons and the model with its diagnostics. Other bits are another version of the planner. */
const answers: Readonly<Record<string, string>> = {
  'a pool of numbers': '9d9733a2417714ee',
  'a pool of numbers, where coverage has its turn': 'ab25ee30449a2cfa',
  'more results than hyperparameters are fitted to': 'af0d387ab64b68be',
  'a pool of all kinds of columns': 'b3dfa53360add525',
  'measured again': 'ffcef309b562fa36',
  'failures nearby': '502e08a6a4e146ac',
  'a batch': '0a6f47402455ae42',
  'a long pool': 'bc912ec3bbfa076c',
  'between bounds': '35aaf34bf91ad8af',
  'many recipes': '7432fe5ef02dad04',
  'expected improvement': 'cb013e6a5c711433',
};

describe(`answers of planner ${plannerVersion}, to the bit`, () => {
  it.each(Object.keys(cases))('%s', (name) => {
    expect(hashOf(plan(requestOf(cases[name]!)))).toBe(answers[name]);
  });

  it('are of the version that they were written down for', () => {
    expect(plannerVersion).toBe('13');
  });
});
