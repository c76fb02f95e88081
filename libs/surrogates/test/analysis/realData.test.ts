import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { fromRows, matrix, Philox, type Matrix } from '@ionloop/linalg';
import { partialDependence, permutationImportance, randomForest } from '@ionloop/surrogates';
import {
  correlationMap,
  isolationScores,
  pca,
  residualOutliers,
  scaled,
  standardScaling,
  varianceInflation,
  ward,
} from '@ionloop/surrogates/analysis';
import { dataFolder, describeData } from '../../../../test/support/shared.js';
import { expectClose, fixture } from './fixture.js';

const golden = fixture<{
  obelix: {
    rows: number;
    columns: string[];
    pearson: number[][];
    spearman: number[][];
    vif: number[];
    explainedVariance: number[];
    lastHeights: number[];
    strangest: number[];
  };
  crossedBarrel: { importance: number[]; dependence: number[] };
}>('real.json');
const rng = () => Philox.fromSeed('real data');

/** Columns of a table of numbers; quoted fields hold no line breaks here, and none of these columns is quoted. */
function columnsOf(file: string, names: readonly string[]): Matrix {
  const [header = '', ...lines] = readFileSync(join(dataFolder, file), 'utf8').trim().split('\n');
  const places = names.map((name) => header.split(',').indexOf(name));
  const fields = (line: string) => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)!;
  return fromRows(lines.map((line) => places.map((at) => Number(fields(line)[at]!.replace(/,$/, '')))));
}

describeData('lattices of lithium conductors', () => {
  const { columns, ...expected } = golden.obelix;
  const all = columnsOf('obelix/data.csv', columns);
  const lattice = columnsOf('obelix/data.csv', columns.slice(0, -1));

  it('correlate and inflate as in the reference', () => {
    expect(all.rows).toBe(expected.rows);
    const map = correlationMap(all);
    expectClose(map.pearson.flat() as number[], expected.pearson.flat());
    expectClose(map.spearman.flat() as number[], expected.spearman.flat());
    const factors = varianceInflation(lattice).map(({ factor }) => factor!);
    expectClose(factors, expected.vif, 1e-10);
  });

  it('have the components, clusters and strangest cells of the reference', () => {
    expectClose(pca(lattice, { standardise: true }).explainedVariance, expected.explainedVariance, 1e-11);
    const { merges } = ward(scaled(lattice, standardScaling(lattice)));
    expectClose(
      merges.slice(-10).map(({ height }) => height),
      expected.lastHeights,
      1e-10,
    );
    const scores = isolationScores(lattice, rng(), { trees: 300 });
    const strangest = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!);
    expect(new Set(strangest.slice(0, 3))).toEqual(new Set(expected.strangest.slice(0, 3)));
  });
});

describeData('toughness of crossed barrels, by a random forest', () => {
  const table = columnsOf('pvlab_crossed_barrel/data.csv', [
    'n_struts',
    'theta_deg',
    'r_mm',
    't_mm',
    'toughness_J',
  ]);
  const y = Float64Array.from({ length: table.rows }, (_, i) => table.data[5 * i + 4]!);
  const X = matrix(table.rows, 4);
  for (let i = 0; i < table.rows; i++) X.data.set(table.data.subarray(5 * i, 5 * i + 4), 4 * i);
  const model = randomForest({ trees: 50, featuresPerSplit: 2 }).fit({ X, y }, rng());

  it('rests on the columns that another forest rests on', () => {
    const { groups } = permutationImportance(model, { X, y }, rng(), { repeats: 3 });
    groups.forEach(({ importance }, j) =>
      expect(Math.abs(importance - golden.crossedBarrel.importance[j]!)).toBeLessThan(0.12),
    );
    expect(
      groups.map(({ importance }) => importance).indexOf(Math.max(...groups.map((one) => one.importance))),
    ).toBe(1);
  });

  it('rises with the number of struts as in the other forest', () => {
    const { mean, values, lower, upper } = partialDependence(model, X, 0);
    expect(values).toEqual([6, 8, 10, 12]);
    expectClose(mean, golden.crossedBarrel.dependence, 0.05);
    expect(mean.every((value, g) => lower[g]! < value && value < upper[g]!)).toBe(true);
  });

  it('is less sure than its usual errors allow, and surer than its rare ones do', () => {
    const { outliers, robust } = residualOutliers(model.diagnostics().leftOut);
    expect(robust.spread).toBeLessThan(1);
    // Of 1800 normal values, less than one would lie so far out.
    expect(outliers.length).toBeGreaterThan(10);
    expect(outliers.length).toBeLessThan(0.05 * table.rows);
  });
});
