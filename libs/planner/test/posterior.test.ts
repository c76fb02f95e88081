import { describe, expect, it } from '@jest/globals';
import { canonicalJson, type FittedModel, strategyNames } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import { plan, posterior, strategyTable } from '../src/index.js';
import {
  conductivity,
  goalsFor,
  material,
  measured,
  plain,
  pool,
  request,
  ternary,
  twoPeaks,
} from './support.js';

const modelling = strategyNames.filter((name) => strategyTable[name].surrogate !== null);
const start = measured(openSpace(ternary).sample(20, Philox.fromSeed('map')), twoPeaks);

describe.each(modelling)('the model of %s', (name) => {
  const strategy = { name, initial: 5 } as const;
  const { objectives, resultsOf } = goalsFor(name, conductivity, twoPeaks);
  const observations = resultsOf(start.map(({ point }) => point));
  const asked = request({ space: ternary, objectives, strategy, observations });

  it('predicts again from its record, to the bit', () => {
    const { proposals, model } = plan(asked);
    const kept = JSON.parse(canonicalJson(model)) as FittedModel;
    const map = posterior({ space: ternary, objective: conductivity, model: kept, resolution: 20 });
    expect(map.points).toHaveLength((21 * 22) / 2);
    const space = openSpace(ternary);
    const at = map.points.findIndex((point) => space.key(point) === space.key(proposals[0]!.point));
    expect(map.mean[at]).toBeCloseTo(proposals[0]!.prediction!.mean, 9);
    expect(map.sd[at]).toBeCloseTo(proposals[0]!.prediction!.sd, 6);
    expect(posterior({ space: ternary, objective: conductivity, model: model!, resolution: 20 })).toEqual(
      map,
    );
  });

  it('says how well it predicts what it has not seen', () => {
    const { diagnostics, kind } = plan(asked).model!;
    const told = diagnostics as Record<string, Record<string, unknown>>;
    expect(told).toMatchObject({ kind, n: 20 });
    for (const list of ['actual', 'mean', 'sd']) expect(told['leftOut']![list]).toHaveLength(20);
    expect(Object.keys(told['metrics']!)).toEqual(expect.arrayContaining(['rmse', 'r2', 'coverage80']));
    const byName = told['lengthscales'] ?? told['importances'];
    expect(Object.keys(byName!)).toEqual(['Li3PO4', 'Li3BO3', 'Li2SO4']);
  });
});

describe('a map', () => {
  it('of a pool is its candidates, and goes in the direction of the property', () => {
    const all = openSpace(pool).enumerate();
    const observations = measured(all.slice(0, 40), (point) => -material(point));
    const objective = { ...plain, goal: 'minimise' as const };
    const { model } = plan(
      request({ space: pool, objective, strategy: { name: 'gp-log-ei', initial: 5 }, observations }),
    );
    const map = posterior({ space: pool, objective, model: model!, resolution: 10 });
    expect(map.points).toEqual(all);
    observations.forEach(({ values }, i) => {
      expect(Math.abs(map.mean[i]! - values[0]!)).toBeLessThan(3);
    });
  });

  it('of a space that cannot be drawn is empty', () => {
    const space = {
      parameters: ['a', 'b', 'c'].map((name) => ({ kind: 'continuous' as const, name, min: 0, max: 1 })),
    };
    const observations = measured(openSpace(space).sample(8, Philox.fromSeed('3')), ({ a }) => a as number);
    const { model } = plan(request({ space, objective: plain, observations }));
    expect(posterior({ space, objective: plain, model: model!, resolution: 10 })).toEqual({
      points: [],
      mean: [],
      sd: [],
    });
  });

  it.each([
    ['nothing', null, 'models of version 1 only'],
    ['another version', { version: 9, sign: 1, surrogate: {} }, 'models of version 1 only'],
    ['an unknown model', { version: 1, sign: 1, surrogate: { kind: 'oracle' } }, 'no model of kind oracle'],
  ])('from %s is refused', (_, body, text) => {
    const model = { kind: 'x', diagnostics: null, body };
    expect(() => posterior({ space: pool, objective: plain, model, resolution: 10 })).toThrow(text);
  });
});
