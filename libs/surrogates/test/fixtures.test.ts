import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { matrix } from '@ionloop/linalg';
import { catalogue, networkEntries, readClassifier, readSurrogate } from '../src/catalogue.js';
import type { SurrogateJson } from '../src/contract.js';
import { loadDeepEnsemble } from '../src/deep-ensemble/index.js';

/** A model as it was once written down, and what it said then of some inputs. */
interface Fixture {
  readonly model: SurrogateJson;
  readonly inputs: { readonly rows: number; readonly cols: number; readonly data: readonly number[] };
  readonly expected:
    | { readonly mean: readonly number[]; readonly variance: readonly number[] }
    | { readonly probability: readonly number[] };
}

const folder = join(__dirname, 'fixtures/v1');
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
let entries = catalogue;

beforeAll(async () => {
  entries = [...catalogue, ...networkEntries(await loadDeepEnsemble('portable'))];
});

describe('models that have been written down', () => {
  it.each(names)('%s says the same to the bit', (name) => {
    const fixture = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Fixture;
    const { model, inputs, expected } = fixture;
    expect(basename(name, '.json')).toBe(model.kind);
    const X = matrix(inputs.rows, inputs.cols, Float64Array.from(inputs.data));
    if ('probability' in expected) {
      const back = readClassifier(model);
      expect([...back.probability(X)]).toEqual(expected.probability);
      expect(back.toJSON()).toEqual(model);
      return;
    }
    const back = readSurrogate(model, entries);
    const { mean, variance } = back.predict(X);
    expect([...mean]).toEqual(expected.mean);
    expect([...variance]).toEqual(expected.variance);
  });

  it('of these kinds there is one at least', () => {
    expect(names.map((name) => basename(name, '.json'))).toEqual(
      expect.arrayContaining([
        ...['bayesian-linear', 'gaussian-process-classifier', 'least-squares', 'logistic'],
        ...['nearest-neighbours', 'ridge', 'selected', 'support-vector', 'voting'],
        ...['random-forest', 'extra-trees', 'decision-tree', 'gradient-boosting'],
        ...['elastic-net', 'deep-ensemble', 'transformed-output', 'auto'],
      ]),
    );
  });
});
