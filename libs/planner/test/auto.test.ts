import { describe, expect, it } from '@jest/globals';
import { canonicalJson, type PoolSpec, type SpaceSpec } from '@ionloop/domain';
import { fromRows, matrix, type Matrix, Philox, selectRows, toRows } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import { gaussianProcess } from '@ionloop/surrogates';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, describeData } from '../../../test/support/shared.js';
import { coordinatesOn } from '../src/auto/coordinates.js';
import { coverage } from '../src/auto/coverage.js';
import { viewOf } from '../src/auto/view.js';
import { plan, posterior } from '../src/index.js';
import { plain, request } from './support.js';

const squared = (A: Matrix, i: number, j: number): number =>
  toRows(A)[i]!.reduce((sum, value, c) => sum + (value - toRows(A)[j]![c]!) ** 2, 0);

/** Four kinds of columns: 40 candidates. */
const salts: PoolSpec = {
  kind: 'pool',
  name: 'salt',
  features: [
    { name: 'formula', kind: 'formula' },
    { name: 'group', kind: 'category' },
    'temperature',
    { name: 'a', kind: 'amount' },
    { name: 'b', kind: 'amount' },
  ],
  candidates: Array.from({ length: 40 }, (_, i) => ({
    id: `S${i}`,
    values: [
      `${['Li', 'Na', 'K'][i % 3]}${1 + (i % 4)}${['O', 'S'][i % 2]}Cl${1 + (i % 5)}`,
      i % 7 === 0 ? null : `G${i % 4}`,
      300 + 10 * i,
      i / 40,
      1 - i / 40,
    ],
  })),
};
const saltSpace: SpaceSpec = { parameters: [salts] };
const measuredSalts = (n: number) =>
  Array.from({ length: n }, (_, k) => {
    const i = (7 * k) % 40;
    return { point: { salt: `S${i}` }, values: [(i % 3) + (i % 5) / 5 - (i / 40 - 0.4) ** 2] };
  });

describe('where points lie for coverage', () => {
  it('the kinds of columns count alike: two rows are on average as far apart in each', () => {
    const rng = Philox.fromSeed('kinds');
    const rows = fromRows(
      Array.from({ length: 200 }, () => [
        1000 * rng.uniform(),
        rng.uniform(),
        0.3 * rng.uniform(),
        rng.integer(3),
      ]),
    );
    const alone = (kind: 'numbers' | 'composition' | 'categorical', columns: readonly number[]) =>
      coordinatesOn(rows, [{ kind, parameter: 'p', columns }]).meanSquare;
    expect(alone('numbers', [0])).toBeCloseTo(1, 10);
    expect(alone('numbers', [0, 1])).toBeCloseTo(2, 10);
    expect(alone('composition', [1, 2])).toBeCloseTo(1, 10);
    expect(alone('categorical', [3])).toBeCloseTo(1, 10);
  });

  it('distances are kept where there are few columns', () => {
    const rows = fromRows([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ]);
    const coordinates = coordinatesOn(rows, [{ kind: 'numbers', parameter: 'p', columns: [0, 1] }]);
    const Z = coordinates.of(rows);
    // z-scores are ±1, so that sides are 2, times √2/√(2·2).
    expect(squared(Z, 0, 1)).toBeCloseTo(2, 12);
    expect(squared(Z, 0, 3)).toBeCloseTo(4, 12);
  });

  it('what never varies takes no part', () => {
    const rows = fromRows([
      [0.5, 0],
      [0.5, 1],
    ]);
    expect(coordinatesOn(rows, [{ kind: 'numbers', parameter: 'p', columns: [0] }]).meanSquare).toBe(0);
    expect(
      coordinatesOn(rows, [{ kind: 'numbers', parameter: 'p', columns: [0, 1] }]).meanSquare,
    ).toBeCloseTo(1, 12);
  });

  it('of many columns ten directions are left', () => {
    const { references } = viewOf(openSpace(saltSpace));
    expect(references.at.cols).toBe(10);
    expect(references.at.rows).toBe(40);
  });
});

describe('coverage', () => {
  it('goes to the far cluster while nothing speaks against it, and not where much was tried', () => {
    const near = Array.from({ length: 30 }, (_, i) => [0.001 * i]);
    const far = Array.from({ length: 8 }, (_, i) => [1 - 0.001 * i]);
    const candidates = [...near, ...far].map((values, i) => ({ id: `c${i}`, values }));
    const space = openSpace({ parameters: [{ kind: 'pool', name: 'p', features: ['x'], candidates }] });
    const { references } = viewOf(space);
    const X = space.encode(space.enumerate());
    const observed = selectRows(X, [0, 5, 10, 15, 20]);
    const y = Float64Array.of(0.1, 0.3, 0.2, 0.4, 0.3);
    const model = gaussianProcess().fit({ X: observed, y }, Philox.fromSeed('fit'));
    const outcomes = matrix(5, 1, y);
    const rng = Philox.fromSeed('score');
    const context = { model, models: [model], best: 0.4, observed, responses: y, outcomes, rng };
    const scores = coverage(references).score(X, context);
    expect(scores.indexOf(Math.max(...scores))).toBeGreaterThanOrEqual(30);
    const known = { ...context, observed: selectRows(X, [0, 5, 10, 15, 20, 33]) };
    expect(Math.max(...coverage(references).score(X, known))).toBeLessThan(0.5 * Math.max(...scores));
  });
});

describe('auto on a pool with features of every kind', () => {
  const asked = request({
    space: saltSpace,
    objective: plain,
    strategy: { name: 'auto', initial: 5 },
    observations: measuredSalts(9),
    experimentsSoFar: 9,
    count: 3,
  });

  it('answers with the same bytes, whether or not the space was seen before', () => {
    const answer = canonicalJson(plan(asked));
    expect(canonicalJson(plan(asked))).toBe(answer);
    const copy = JSON.parse(JSON.stringify(asked)) as typeof asked;
    expect(canonicalJson(plan(copy))).toBe(answer);
  });

  it('keeps a model that can be asked later', () => {
    const { proposals, model } = plan(asked);
    const { points, mean, sd } = posterior({
      space: saltSpace,
      objective: plain,
      model: model!,
      resolution: 10,
    });
    expect(points).toHaveLength(40);
    const at = points.findIndex(({ salt }) => salt === proposals[0]!.point['salt']);
    expect(mean[at]).toBeCloseTo(proposals[0]!.prediction!.mean, 10);
    expect(sd[at]).toBeCloseTo(proposals[0]!.prediction!.sd, 10);
  });

  it('goes on with more results than hyperparameters are learned from', () => {
    const candidates = Array.from({ length: 520 }, (_, i) => ({
      id: `c${i}`,
      values: [i % 23, (i * 7) % 31],
    }));
    const truth = (i: number): number => -(((i % 23) - 17) ** 2) / 40 - (((i * 7) % 31) - 9) ** 2 / 60;
    const space: SpaceSpec = { parameters: [{ kind: 'pool', name: 'p', features: ['x', 'y'], candidates }] };
    const order = Philox.fromSeed('many').permutation(520).slice(0, 440);
    const observations = Array.from(order, (i) => ({ point: { p: `c${i}` }, values: [truth(i)] }));
    const { proposals, model } = plan(
      request({ space, objective: plain, observations, experimentsSoFar: 440 }),
    );
    const left = candidates.map((_, i) => i).filter((i) => !order.includes(i));
    const proposed = candidates.findIndex(({ id }) => id === proposals[0]!.point['p']);
    expect(left.filter((i) => truth(i) > truth(proposed) + 0.05)).toEqual([]);
    expect((model!.diagnostics as { n: number }).n).toBe(440);
  });

  it('does not care in what units numbers are written', () => {
    const rescaled = {
      ...salts,
      candidates: salts.candidates.map(({ id, values }) => ({
        id,
        values: values.map((value, j) => (j === 2 ? Number(value) * 8 : value)),
      })),
    };
    const points = (space: SpaceSpec) => plan({ ...asked, space }).proposals.map(({ point }) => point);
    expect(points({ parameters: [rescaled] })).toEqual(points(saltSpace));
  });
});

describeData('auto on OBELiX', () => {
  it('finds ten of the best 24 of 478 by formulas alone within 45 experiments', () => {
    const [header = '', ...lines] = readFileSync(join(dataFolder, 'obelix/data.csv'), 'utf8')
      .trim()
      .split('\n');
    const columns = header.split(',');
    const [formulaAt, valueAt] = ['formula_cell', 'log10_conductivity_S_cm'].map((name) =>
      columns.indexOf(name),
    );
    // No quoted cell comes before the columns that are read here.
    const rows = lines
      .map((line) => line.split(','))
      .map((cells) => [cells[formulaAt!]!, Number(cells[valueAt!])] as const);
    const space: SpaceSpec = {
      parameters: [
        {
          kind: 'pool',
          name: 'row',
          features: [{ name: 'formula', kind: 'formula' }],
          candidates: rows.map(([formula], i) => ({ id: String(i), values: [formula] })),
        },
      ],
    };
    const bar = rows.map(([, value]) => value).sort((a, b) => b - a)[23]!;
    const found = [0, 1].map((seed) => {
      const tried = [...Philox.fromSeed(`start ${seed}`).choose(rows.length, 5)];
      while (tried.length < 45) {
        const { proposals } = plan(
          request({
            space,
            objective: plain,
            strategy: { name: 'auto', initial: 5 },
            seed: `obelix/${seed}/${tried.length}`,
            experimentsSoFar: tried.length,
            observations: tried.map((i) => ({ point: { row: String(i) }, values: [rows[i]![1]] })),
          }),
        );
        tried.push(Number(proposals[0]!.point['row']));
      }
      return tried.filter((i) => rows[i]![1] >= bar).length;
    });
    // By chance two or three would be found.
    expect(Math.min(...found)).toBeGreaterThanOrEqual(10);
  }, 120_000);
});
