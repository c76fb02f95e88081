import { describe, expect, it } from '@jest/globals';
import { matrix, Philox } from '@ionloop/linalg';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomForest, type SurrogateJson } from '../../src/index.js';

interface Recorded {
  readonly model: SurrogateJson;
  readonly at: { readonly rows: number; readonly cols: number; readonly data: number[] };
  readonly mean: number[];
  readonly variance: number[];
  readonly draws: { readonly data: number[] };
  readonly importances: number[];
  readonly metrics: object;
}

describe('a forest that version 1 wrote', () => {
  const recorded = JSON.parse(readFileSync(join(__dirname, 'version-1.json'), 'utf8')) as Recorded;
  const { at, model: json } = recorded;
  const model = randomForest().fromJSON(json);
  const X = matrix(at.rows, at.cols, Float64Array.from(at.data));

  it('predicts, draws and judges itself as it did, to the bit', () => {
    const { mean, variance } = model.predict(X);
    expect([...mean]).toEqual(recorded.mean);
    expect([...variance]).toEqual(recorded.variance);
    expect([...model.sample(X, 3, Philox.fromSeed('draws')).data]).toEqual(recorded.draws.data);
    expect(model.diagnostics().importances).toEqual(recorded.importances);
    expect(model.diagnostics().metrics).toEqual(recorded.metrics);
  });

  it('is written as it was read', () => {
    expect(JSON.parse(JSON.stringify(model))).toEqual(json);
  });
});
