import { expect, it } from '@jest/globals';
import { matrix, Philox, selectRows } from '@ionloop/linalg';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder, describeData } from '../../../../test/support/shared.js';
import { auto, crossValidate, kFold, type TrainingData } from '../../src/index.js';

/** The last column from all others, at most so many rows. */
function table(name: string, most: number): TrainingData {
  const [, ...lines] = readFileSync(join(dataFolder, name, 'data.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  const rows = lines.map((line) => line.split(',').map(Number));
  const d = rows[0]!.length - 1;
  const X = matrix(rows.length, d, Float64Array.from(rows.flatMap((row) => row.slice(0, d))));
  const chosen = Philox.fromSeed('rows').choose(rows.length, Math.min(most, rows.length));
  return { X: selectRows(X, chosen), y: Float64Array.from(chosen, (i) => rows[i]![d]!) };
}

// A guard for two tables on which it held; which others miss is what `npm run bench:surrogates` says.
describeData('auto on shared data', () => {
  it.each([
    ['pvlab_p3ht_cnt', 240],
    ['oer_plate_3860', 200],
  ])(
    'holds 80 and 95 % of what it has not seen, within five points: %s',
    (name, most) => {
      const data = table(name, most);
      const rng = Philox.fromSeed(name);
      const { metrics } = crossValidate(auto(), data, kFold(5)(data, rng.split('folds')), rng);
      expect(Math.abs(metrics.coverage80 - 0.8)).toBeLessThanOrEqual(0.05);
      expect(Math.abs(metrics.coverage95 - 0.95)).toBeLessThanOrEqual(0.05);
    },
    60_000,
  );
});
