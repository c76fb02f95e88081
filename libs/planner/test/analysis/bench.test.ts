import { describe, expect, it } from '@jest/globals';
import type { BenchRequest, PlanRequest, SpaceSpec } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { catalogue } from '@ionloop/surrogates';
import { analysisTasks, type Benched, type BenchTask } from '../../src/index.js';
import { measured } from '../support.js';
import { downhill, inputOf, onSquare } from './support.js';

const { abs, sqrt } = Math;
const taskOf = (campaign: PlanRequest, asked: Partial<BenchRequest> = {}): BenchTask => ({
  input: inputOf(campaign),
  request: { kind: 'bench', models: [], folds: 4, tuned: false, ...asked },
});
const bench = (name: string, campaign = onSquare(), asked: Partial<BenchRequest> = {}): Benched =>
  analysisTasks.benchModel({ name }, taskOf(campaign, asked));
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

describe('a bench of models', () => {
  it('has all of the catalogue, or those that are named, in the order of the catalogue', () => {
    const known = catalogue.map(({ name }) => name);
    const named = (models: readonly string[]) => analysisTasks.benchedModels(taskOf(onSquare(), { models }));
    expect(named([])).toEqual(known);
    expect(named(['linear', 'gp'])).toEqual(['gp', 'linear']);
    expect(() => named(['gp', 'oracle'])).toThrow(
      `there is no model "oracle"; known are ${known.join(', ')}`,
    );
  });

  it('predicts each result once, by its number, and says how well', () => {
    const { parity, metrics, error, weights, about } = bench('linear');
    const { observations } = onSquare();
    expect({ error, weights }).toEqual({ error: null, weights: [] });
    expect(about).toBe(catalogue.find(({ name }) => name === 'linear')?.about);
    expect(parity.map(({ number }) => number)).toEqual(observations.map((_, i) => 101 + i));
    expect(parity.map(({ actual }) => actual)).toEqual(observations.map(({ values }) => values[0]));
    const errors = parity.map(({ actual, mean: expected }) => actual - expected);
    expect(metrics!.rmse).toBeCloseTo(sqrt(mean(errors.map((value) => value * value))), 12);
    expect(metrics!.mae).toBeCloseTo(mean(errors.map(abs)), 12);
    const held = parity.filter(({ sd }, i) => abs(errors[i]!) <= 1.959963984540054 * sd).length;
    expect(metrics!.coverage95).toBeCloseTo(held / 14, 12);
  });

  it('finds a plane by lines to the last digit, and the same again', () => {
    const plane = onSquare({
      observations: measured(
        onSquare().observations.map(({ point }) => point),
        ({ a, b }) => 1 + 2 * (a as number) - 3 * (b as number),
      ),
    });
    const found = bench('linear', plane);
    for (const { actual, mean: expected } of found.parity) expect(expected).toBeCloseTo(actual, 10);
    expect(found.metrics).toMatchObject({ r2: expect.closeTo(1, 12), spearman: expect.closeTo(1, 12) });
    expect(bench('tree', plane).metrics!.r2).toBeLessThan(0.95);
    expect(bench('linear', plane)).toEqual(found);
  });

  it('is in the property’s own direction where less is better', () => {
    const [up, down] = [bench('ridge'), bench('ridge', downhill())];
    expect(down.metrics!.mae).toBeGreaterThan(0);
    for (const { actual, number } of down.parity) {
      expect(actual).toBe(-up.parity.find((one) => one.number === number)!.actual);
    }
    expect(down.parity.every(({ mean: expected, actual }) => abs(expected - actual) < 0.5)).toBe(true);
  });

  it('chooses options within each fold where it is asked to', () => {
    const tuned = bench('knn', onSquare(), { tuned: true });
    expect(tuned.error).toBeNull();
    expect(tuned.parity).toHaveLength(14);
    // A model that has nothing to choose among is the same either way.
    expect(bench('linear', onSquare(), { tuned: true })).toEqual(bench('linear'));
  });

  it('says what its members have earned of a model of several models', () => {
    const { weights } = bench('auto', onSquare(), { folds: 2 });
    expect(weights.length).toBeGreaterThan(1);
    expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
    expect(weights.map(({ weight }) => weight)).toEqual(
      weights.map(({ weight }) => weight).toSorted((a, b) => b - a),
    );
  });

  it('says why a model could not be fitted, and goes on', () => {
    const gases: SpaceSpec = {
      parameters: [
        { kind: 'categorical', name: 'gas', choices: ['Ar', 'N2', 'O2'] },
        { kind: 'continuous', name: 'flow', min: 0, max: 1 },
      ],
    };
    const rng = Philox.fromSeed('gases');
    const observations = Array.from({ length: 8 }, (_, i) => ({
      point: { gas: ['Ar', 'N2', 'O2'][i % 3]!, flow: rng.uniform() },
      values: [i % 3],
    }));
    const said = analysisTasks
      .benchedModels(taskOf(onSquare(), { models: ['gp', 'forest', 'linear'] }))
      .map((name) => bench(name, onSquare({ space: gases, observations }), { folds: 2 }));
    for (const { error, metrics, parity } of said) {
      expect(metrics === null).toBe(error !== null);
      expect(parity).toHaveLength(error === null ? 8 : 0);
    }
    expect(said.filter(({ error }) => error !== null)).toMatchObject([
      { name: 'linear', error: 'data.categorical is nothing that this model can use', weights: [] },
    ]);
  });

  it('refuses more folds than there are results', () => {
    expect(() => bench('gp', onSquare(), { folds: 15 })).toThrow(
      'the campaign has 14 results, and 15 folds need at least as many',
    );
  });
});
