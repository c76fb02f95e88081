import { describe, expect, it } from '@jest/globals';
import { latinHypercube, Philox } from '@ionloop/linalg';
import { catalogue, classifiers, entryNamed, readClassifier, readSurrogate } from '../src/catalogue.js';
import { kFold } from '../src/selection/folds.js';
import { selectBest } from '../src/selection/select.js';

const rng = () => Philox.fromSeed(1);
const X = latinHypercube(2, 16, rng().split('X'));
const y = X.data.filter((_, at) => at % 2 === 0).map((value) => 5 + 2 * value);
const labels = Uint8Array.from(y, (value) => (value > 6 ? 1 : 0));

describe('the catalogue', () => {
  it('names each model once, in one line', () => {
    for (const entries of [catalogue, classifiers]) {
      expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
      for (const { about } of entries) expect(about).toMatch(/^[^\n]{10,110}$/);
    }
  });

  it.each(catalogue.map((entry) => [entry.name, entry] as const))('%s fits and is read back', (_, entry) => {
    const model = entry.make().fit({ X, y }, rng());
    const back = readSurrogate(model.toJSON());
    expect(back.kind).toBe(model.kind);
    expect(back.predict(X)).toEqual(model.predict(X));
  });

  it.each(classifiers.map((entry) => [entry.name, entry] as const))(
    '%s fits and is read back',
    (_, entry) => {
      const model = entry.make().fit({ X, labels }, rng());
      expect(readClassifier(model.toJSON()).probability(X)).toEqual(model.probability(X));
    },
  );

  it('offers options to choose among, of which names differ', () => {
    const sets = catalogue.flatMap(({ candidates }) => (candidates ? [candidates()] : []));
    expect(sets.length).toBeGreaterThan(5);
    for (const set of sets) expect(new Set(set.map(({ name }) => name)).size).toBe(set.length);
    const knn = entryNamed('knn', catalogue).candidates!();
    expect(selectBest(knn, { X, y }, kFold(4)({ y }, rng()), 'rmse', rng()).scores).toHaveLength(10);
  });

  it('says which names there are where it does not know one', () => {
    expect(() => entryNamed('oracle', catalogue)).toThrow(
      /^name must be one of gp, forest, .* not "oracle"$/,
    );
    expect(() => readSurrogate({ kind: 'oracle', version: 1 })).toThrow('json.kind');
  });
});
