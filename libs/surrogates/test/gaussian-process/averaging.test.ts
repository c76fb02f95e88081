import { describe, expect, it } from '@jest/globals';
import { latinHypercube, matrix, Philox, selectRows, singleKernel } from '@ionloop/linalg';
import {
  gaussianProcess,
  metricsOf,
  type GrowingSurrogate,
  type SurrogateFactory,
  type SurrogateJson,
} from '../../src/index.js';
import { drawHyperparameters, hyperparameterSamplers, mixed } from '../../src/gaussian-process/averaging.js';
import { hyperparametersOf } from '../../src/gaussian-process/priors.js';
import { surrogateContract } from '../../src/testing/index.js';

surrogateContract(
  'a Gaussian process averaged over its hyperparameters',
  gaussianProcess({ starts: 1, hyperparameters: { draws: 3, warmup: 4, every: 2 } }),
);

function example(n: number, seed: number, d = 2) {
  const rng = Philox.fromSeed(seed);
  const X = latinHypercube(d, n, rng.split('X'));
  const y = Float64Array.from(
    { length: n },
    (_, i) => Math.sin(6 * X.data[d * i]!) + 0.5 * X.data[d * i + 1]! + 0.1 * rng.normal(),
  );
  return { X, y };
}

const at = latinHypercube(2, 40, Philox.fromSeed('at'));

describe('draws of the hyperparameters', () => {
  const kernel = singleKernel('matern52', 2);
  const hyperparameters = hyperparametersOf(kernel, {
    learnSignal: false,
    smallestLengthscale: 0.025,
    smallestNoise: 1e-5,
  });
  const mode = Float64Array.from(hyperparameters, ({ start }) => start);
  const { X, y } = example(8, 1);
  const data = { X, y: y.map((value) => value - 0.3) };

  it('have the same moments by all three samplers', () => {
    const moments = hyperparameterSamplers.map((sampler) => {
      const draws = drawHyperparameters(
        kernel,
        data,
        hyperparameters,
        mode,
        { draws: 700, sampler, warmup: 200, every: 2 },
        Philox.fromSeed(2),
      );
      return [1, 2, 3, 4].map((place) => {
        const mean = draws.reduce((sum, theta) => sum + theta[place]!, 0) / draws.length;
        const squares = draws.reduce((sum, theta) => sum + (theta[place]! - mean) ** 2, 0);
        return { mean, sd: Math.sqrt(squares / draws.length) };
      });
    });
    const [nuts, ...others] = moments;
    for (const other of others)
      other.forEach(({ mean, sd }, k) => {
        expect(Math.abs(mean - nuts![k]!.mean)).toBeLessThan(0.25 * nuts![k]!.sd);
        expect(Math.abs(sd / nuts![k]!.sd - 1)).toBeLessThan(0.2);
      });
  });

  it('stay within the limits, and leave what is fixed', () => {
    for (const sampler of hyperparameterSamplers)
      for (const theta of drawHyperparameters(
        kernel,
        data,
        hyperparameters,
        mode,
        { draws: 20, sampler, warmup: 10, every: 1 },
        Philox.fromSeed(3),
      ))
        theta.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(hyperparameters[i]!.lower);
          expect(value).toBeLessThanOrEqual(hyperparameters[i]!.upper);
        });
  });
});

describe('a Gaussian process averaged over its hyperparameters', () => {
  const factory = gaussianProcess({ hyperparameters: { draws: 6, sampler: 'elliptical' } });
  const data = example(12, 4);
  const model = factory.fit(data, Philox.fromSeed(1));
  const map = gaussianProcess().fit(data, Philox.fromSeed(1));

  it('is the mixture of its members', () => {
    const json = model.toJSON() as SurrogateJson & { readonly draws: readonly number[][] };
    expect(json.draws).toHaveLength(6);
    const members = json.draws.map((theta) => {
      const { draws, ...rest } = json;
      expect(draws).toContain(theta);
      return gaussianProcess()
        .fromJSON({ ...rest, theta })
        .predict(at);
    });
    const expected = mixed(members);
    const found = model.predict(at);
    expected.mean.forEach((value, i) => expect(found.mean[i]).toBeCloseTo(value, 12));
    expected.variance.forEach((value, i) => expect(found.variance[i]).toBeCloseTo(value, 12));
  });

  it('tells fresh rows of many inputs better than the likeliest, and covers more of them', () => {
    const judged = (one: SurrogateFactory) => {
      let [nlpd, covered] = [0, 0];
      for (let seed = 0; seed < 6; seed++) {
        const fitted = one.fit(example(30, seed, 6), Philox.fromSeed(seed));
        const fresh = example(200, 1000 + seed, 6);
        const { mean, variance } = fitted.predict(fresh.X);
        const noise = fitted.diagnostics().noiseVariance!;
        const metrics = metricsOf({
          mean: [...mean],
          variance: Array.from(variance, (value) => value + noise),
          actual: [...fresh.y],
        });
        nlpd += metrics.nlpd / 6;
        covered += metrics.coverage95 / 6;
      }
      return { nlpd, covered };
    };
    const averaged = judged(gaussianProcess({ hyperparameters: {} }));
    const likeliest = judged(gaussianProcess());
    expect(averaged.nlpd).toBeLessThan(likeliest.nlpd);
    expect(averaged.covered).toBeGreaterThan(likeliest.covered);
    expect(averaged.covered).toBeGreaterThan(0.9);
  });

  it('grows with every member, and comes back from JSON to the bit', () => {
    const more = example(6, 5);
    const grown = (model as GrowingSurrogate).withRows(more);
    const back = factory.fromJSON(JSON.parse(JSON.stringify(grown)) as SurrogateJson);
    expect(back.predict(at)).toEqual(grown.predict(at));
    expect(back.diagnostics()).toEqual(grown.diagnostics());
    const alone = (map as GrowingSurrogate).withRows(more);
    grown.predict(at).mean.forEach((value, i) => {
      expect(Math.abs(value - alone.predict(at).mean[i]!)).toBeLessThan(0.5);
    });
  });

  it('starts from any member in turn, so that single draws differ in θ too', () => {
    const one = matrix(1, 2, Float64Array.of(0.4, 0.4));
    const few = Array.from({ length: 400 }, (_, k) => model.sample(one, 1, Philox.fromSeed(k)).data[0]!);
    const mean = few.reduce((sum, value) => sum + value, 0) / few.length;
    const variance = few.reduce((sum, value) => sum + (value - mean) ** 2, 0) / few.length;
    const expected = model.predict(one);
    expect(Math.abs(mean - expected.mean[0]!)).toBeLessThan(4 * Math.sqrt(expected.variance[0]! / 400));
    expect(variance / expected.variance[0]!).toBeGreaterThan(0.7);
  });

  it('leaves a row out as a new chain without it would', () => {
    const { leftOut } = model.diagnostics();
    const rows = Array.from({ length: 12 }, (_, i) => i);
    let off = 0;
    for (const i of [2, 5, 9]) {
      const others = rows.filter((row) => row !== i);
      const without = factory.fit(
        { X: selectRows(data.X, others), y: Float64Array.from(others, (row) => data.y[row]!) },
        Philox.fromSeed(1),
      );
      const { mean } = without.predict(selectRows(data.X, [i]));
      off += Math.abs(mean[0]! - leftOut.mean[i]!) / Math.sqrt(leftOut.variance[i]!) / 3;
    }
    expect(off).toBeLessThan(0.5);
  });

  it('refuses options that make no sense, naming them', () => {
    const average = (hyperparameters: object) => () => gaussianProcess({ hyperparameters });
    expect(average({ draws: 0 })).toThrow('options.hyperparameters.draws');
    expect(average({ sampler: 'gibbs' })).toThrow('options.hyperparameters.sampler must be one of');
    expect(average({ every: 0 })).toThrow('options.hyperparameters.every');
  });
});
