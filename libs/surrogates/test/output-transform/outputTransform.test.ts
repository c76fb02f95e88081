import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { latinHypercube, matrix, normPdf, normQuantile, Philox, selectRows } from '@ionloop/linalg';
import {
  gaussianProcess,
  hasQuantiles,
  randomForest,
  withTransformedOutput,
  type GrowingSurrogate,
  type Json,
  type SurrogateJson,
} from '../../src/index.js';
import {
  chainFrom,
  chainToJson,
  forwardThrough,
  inverseThrough,
  learnChain,
  slopeThrough,
} from '../../src/output-transform/chain.js';
import { momentsThrough } from '../../src/output-transform/moments.js';
import { outputTransformNames, type OutputTransformName } from '../../src/output-transform/transform.js';
import { surrogateContract } from '../../src/testing/index.js';

surrogateContract(
  'a Gaussian process of a powered response',
  withTransformedOutput(gaussianProcess(), 'yeoJohnson'),
);
surrogateContract(
  'a forest of a clipped and standardised response',
  withTransformedOutput(randomForest({ trees: 60 }), ['winsorised', 'standardised']),
);

/** A response over several decades: log-normal about a smooth function. */
function skewed(n: number, seed: number, noise = 0.2) {
  const rng = Philox.fromSeed(seed);
  const X = latinHypercube(2, n, rng.split('X'));
  const level = (i: number) => 4 * Math.sin(5 * X.data[2 * i]!) + 2 * X.data[2 * i + 1]!;
  const y = Float64Array.from({ length: n }, (_, i) => Math.exp(level(i) + noise * rng.normal()));
  return { X, y };
}

const logNormal = skewed(60, 1).y;
const chains: (readonly OutputTransformName[])[] = [
  ...outputTransformNames.map((name) => [name]),
  ['winsorised', 'yeoJohnson'],
  ['log', 'winsorised', 'standardised'],
  ['boxCox', 'standardised'],
];

describe('a transform', () => {
  it.each(chains.map((names) => [names] as const))(
    '%j comes back, with the slope of finite differences, also from JSON',
    (names) => {
      const chain = learnChain(names, logNormal);
      const again = chainFrom('json', JSON.parse(JSON.stringify(chainToJson(chain))) as Json);
      const least = Math.min(...logNormal);
      fc.assert(
        fc.property(fc.double({ min: 1.01 * least, max: 50, noNaN: true }), (y) => {
          const z = forwardThrough(chain, y);
          const clipped = inverseThrough(chain, z) - y > 1e-9 * y;
          if (!clipped) {
            expect(Math.abs(inverseThrough(chain, z) - y)).toBeLessThan(1e-11 * Math.max(1, y));
            const h = 1e-5 * y;
            const slope = (forwardThrough(chain, y + h) - forwardThrough(chain, y - h)) / (2 * h);
            expect(slopeThrough(chain, y) / slope).toBeCloseTo(1, 6);
          }
          expect(forwardThrough(again, y)).toBe(z);
          expect(inverseThrough(again, z)).toBe(inverseThrough(chain, z));
        }),
      );
    },
  );

  it('finds the power under which a response is most likely normal', () => {
    const rng = Philox.fromSeed('powers');
    const normals = rng.normals(400);
    const power = (name: OutputTransformName, y: Float64Array) =>
      learnChain([name], y)[0]!.parameters()['power'] as number;
    expect(
      power(
        'boxCox',
        normals.map((z) => Math.exp(0.7 * z)),
      ),
    ).toBeCloseTo(0, 1);
    expect(
      Math.abs(
        power(
          'boxCox',
          normals.map((z) => (5 + z) ** 2),
        ) - 0.5,
      ),
    ).toBeLessThan(0.15);
    expect(Math.abs(power('yeoJohnson', normals) - 1)).toBeLessThan(0.1);
    expect(
      power(
        'yeoJohnson',
        normals.map((z) => Math.exp(z)),
      ),
    ).toBeLessThan(0.3);
    expect(
      power(
        'yeoJohnson',
        normals.map((z) => -Math.exp(z)),
      ),
    ).toBeGreaterThan(1.7);
    // The units of the response are none of its shape.
    const y = normals.map((z) => Math.exp(z));
    expect(
      power(
        'yeoJohnson',
        y.map((v) => 1e-7 * v + 3),
      ),
    ).toBeCloseTo(power('yeoJohnson', y), 4);
    // Too few rows, or none that differ: as it is.
    expect(power('boxCox', Float64Array.of(1, 2, 30))).toBe(1);
    expect(power('yeoJohnson', new Float64Array(9).fill(3))).toBe(1);
  });

  it('brings low outliers up to the median less twice the spread of the upper half', () => {
    const y = Float64Array.of(-1e16, 1, 2, 3, 4, 5, -30);
    // Sorted: −1e16, −30, 1, 2, 3, 4, 5; over y ≥ 2 the squares are 0, 1, 4, 9.
    const least = 2 - 2 * Math.sqrt(14 / 4);
    const chain = learnChain(['winsorised'], y);
    expect([...y].map((value) => forwardThrough(chain, value))).toEqual([least, 1, 2, 3, 4, 5, least]);
    const tied = learnChain(['winsorised'], Float64Array.of(0, 7, 7, 7));
    expect(forwardThrough(tied, -5)).toBe(-5);
  });
});

/** Simpson's rule, far finer and wider than what is tested. */
function byQuadrature(g: (z: number) => number, mean: number, variance: number) {
  const sd = Math.sqrt(variance);
  const n = 20000;
  let [first, second, mass] = [0, 0, 0];
  for (let k = 0; k <= n; k++) {
    const at = -12 + (24 * k) / n;
    const weight = (k === 0 || k === n ? 1 : k % 2 ? 4 : 2) * normPdf(at);
    const value = g(mean + sd * at);
    mass += weight;
    first += weight * value;
    second += weight * value * value;
  }
  return { mean: first / mass, variance: second / mass - (first / mass) ** 2 };
}

describe('mean and variance on the way back', () => {
  const z = { mean: Float64Array.of(-1.5, 0, 0.4, 2), variance: Float64Array.of(0.04, 0.5, 0.7, 0) };

  it.each([
    [['log'], 1e-11],
    [['log', 'standardised'], 1e-9],
    [['standardised', 'yeoJohnson'], 1e-5],
    [['yeoJohnson'], 1e-5],
    [['yeoJohnson', 'standardised'], 1e-5],
    [['boxCox'], 1e-9],
  ] as const)('through %j agree with fine quadrature to %d', (names, tolerance) => {
    const chain = learnChain(names, logNormal);
    const back = momentsThrough(chain, z);
    z.mean.forEach((mean, i) => {
      const expected = byQuadrature((value) => inverseThrough(chain, value), mean, z.variance[i]!);
      const scale = Math.abs(expected.mean) + Math.sqrt(Math.max(expected.variance, 0));
      expect(Math.abs(back.mean[i]! - expected.mean) / scale).toBeLessThan(tolerance);
      expect(Math.abs(back.variance[i]! - expected.variance) / (scale * scale)).toBeLessThan(tolerance);
    });
  });
});

describe('at the edge of Box–Cox, y = 0,', () => {
  it.each([0.3, 0.7, 1.5, 2])(
    'is off by a thousandth of the spread up to the power 1, by some hundredths beyond: %d',
    (power) => {
      const chain = chainFrom('json', [{ name: 'boxCox', unit: 1, power }]);
      const g = (value: number) => inverseThrough(chain, value);
      for (const mean of [-1 / power, -0.3, 0.5]) {
        const { mean: at, variance } = momentsThrough(chain, {
          mean: Float64Array.of(mean),
          variance: Float64Array.of(1),
        });
        const expected = byQuadrature(g, mean, 1);
        const sd = Math.sqrt(expected.variance);
        const tolerance = power <= 1 ? 1e-3 : 0.025;
        expect(Math.abs(at[0]! - expected.mean) / sd).toBeLessThan(tolerance);
        expect(Math.abs(Math.sqrt(variance[0]!) / sd - 1)).toBeLessThan(tolerance);
      }
    },
  );
});

describe('a surrogate of a transformed response', () => {
  const train = skewed(50, 2);
  const fresh = skewed(400, 3);
  const fit = (...names: OutputTransformName[]) =>
    withTransformedOutput(gaussianProcess(), names).fit(train, Philox.fromSeed(1));

  it('predicts a response over decades better than one of the response itself', () => {
    const plain = gaussianProcess().fit(train, Philox.fromSeed(1)).diagnostics().metrics;
    for (const name of ['log', 'boxCox', 'yeoJohnson'] as const) {
      const { metrics, logMarginalLikelihood } = fit(name).diagnostics();
      expect(metrics.nlpd).toBeLessThan(plain.nlpd - 0.5);
      expect(metrics.coverage80).toBeGreaterThan(0.65);
      expect(logMarginalLikelihood).toBeDefined();
    }
  });

  it('gives quantiles that cover fresh measurements', () => {
    const levels = [0.1, 0.5, 0.9];
    const { data } = fit('log').quantiles(fresh.X, levels);
    const below = levels.map(
      (_, k) => fresh.y.filter((value, i) => value <= data[3 * i + k]!).length / fresh.y.length,
    );
    levels.forEach((level, k) => expect(Math.abs(below[k]! - level)).toBeLessThan(0.08));
    const ends = fit('log').quantiles(fresh.X, [0, 1]).data;
    expect([ends[0], ends[1]]).toEqual([0, Infinity]);
    expect(() => fit('log').quantiles(fresh.X, [2])).toThrow('levels');
  });

  it('has the density and likelihood of y itself, not of z', () => {
    const logs = { X: train.X, y: train.y.map((value) => Math.log(value)) };
    const inner = gaussianProcess().fit(logs, Philox.fromSeed(1)).diagnostics();
    const outer = fit('log').diagnostics();
    const sum = logs.y.reduce((total, value) => total + value, 0);
    expect(outer.metrics.nlpd).toBeCloseTo(inner.metrics.nlpd + sum / 50, 6);
    expect(outer.logMarginalLikelihood!).toBeCloseTo(inner.logMarginalLikelihood! - sum, 4);
    expect(outer.leftOut.actual).toEqual([...train.y]);
  });

  it('passes quantiles and draws of the inner model through as they are', () => {
    const forest = randomForest({ trees: 20 });
    const outer = withTransformedOutput(forest, 'log').fit(train, Philox.fromSeed(4));
    const { model } = outer;
    const exp = (values: Float64Array) => values.map((value) => Math.log(value));
    if (!hasQuantiles(model)) throw new Error('a forest has quantiles');
    const expected = model.quantiles(fresh.X, [0.3]).data;
    exp(outer.quantiles(fresh.X, [0.3]).data).forEach((value, i) =>
      expect(value).toBeCloseTo(expected[i]!, 12),
    );
    const draws = model.sample(fresh.X, 2, Philox.fromSeed(5)).data;
    exp(outer.sample(fresh.X, 2, Philox.fromSeed(5)).data).forEach((value, i) =>
      expect(value).toBeCloseTo(draws[i]!, 12),
    );
  });

  it('gives the noise of a row by the slope there', () => {
    const noise = train.y.map((value) => 0.01 * value * value);
    const outer = withTransformedOutput(gaussianProcess(), 'log').fit(
      { ...train, noise },
      Philox.fromSeed(1),
    );
    (outer.model.toJSON()['noise'] as number[]).forEach((value) => expect(value).toBeCloseTo(0.01, 12));
  });

  it('takes more rows where the inner model does, with the transform as it was', () => {
    const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
    const pick = (from: number, to: number) => ({
      X: selectRows(train.X, rows(from, to)),
      y: train.y.slice(from, to),
    });
    const factory = withTransformedOutput(gaussianProcess(), ['boxCox', 'standardised']);
    const first = factory.fit(pick(0, 30), Philox.fromSeed(1)) as unknown as GrowingSurrogate;
    const grown = first.withRows(pick(30, 45));
    expect(grown.toJSON()['transforms']).toEqual(first.toJSON()['transforms']);
    expect(grown.diagnostics().leftOut.actual).toEqual([...train.y.slice(0, 45)]);
    const back = factory.fromJSON(JSON.parse(JSON.stringify(grown)) as SurrogateJson);
    expect(back.predict(fresh.X)).toEqual(grown.predict(fresh.X));
    expect(back.diagnostics()).toEqual(grown.diagnostics());
    expect(() => first.withRows({ X: matrix(1, 2), y: Float64Array.of(-1) })).toThrow('data.y');
    const rigid = withTransformedOutput(randomForest({ trees: 5 }), 'log').fit(train, Philox.fromSeed(1));
    expect('withRows' in rigid).toBe(false);
  });

  it('judges low outliers where they have been clipped to', () => {
    const { X, y } = skewed(40, 6, 0.05);
    const failed = y.map((value, i) => (i === 7 ? -1e6 : value));
    const plain = gaussianProcess().fit({ X, y: failed }, Philox.fromSeed(1)).diagnostics().metrics;
    const model = withTransformedOutput(gaussianProcess(), 'winsorised').fit(
      { X, y: failed },
      Philox.fromSeed(1),
    );
    const { metrics, leftOut } = model.diagnostics();
    expect(leftOut.actual[7]).toBe(-1e6);
    expect(metrics.rmse).toBeLessThan(0.01 * plain.rmse);
  });

  it('refuses what it cannot take, by name', () => {
    const factory = withTransformedOutput(gaussianProcess(), 'log');
    const data = { X: matrix(3, 1, Float64Array.of(0, 0.5, 1)), y: Float64Array.of(1, 0, 2) };
    expect(() => factory.fit(data, Philox.fromSeed(1))).toThrow(
      "data.y must be above 0 for 'log'; element 1 is 0",
    );
    expect(() => withTransformedOutput(gaussianProcess(), [])).toThrow('transform must name at least one');
    expect(() => withTransformedOutput(gaussianProcess(), 'cube' as 'log')).toThrow(
      'transform must be one of',
    );
    expect(() => chainFrom('json.transforms', [{ name: 'cube' }])).toThrow('json.transforms[0].name');
  });

  it('knows the quantiles of a normal where the inner model has none', () => {
    const { mean, variance } = fit('standardised').model.predict(fresh.X);
    const model = fit('standardised');
    const noise = model.model.diagnostics().noiseVariance!;
    const { centre, spread } = (model.toJSON()['transforms'] as { centre: number; spread: number }[])[0]!;
    model.quantiles(fresh.X, [0.9]).data.forEach((value, i) => {
      const z = mean[i]! + Math.sqrt(variance[i]! + noise) * normQuantile(0.9);
      expect(value).toBeCloseTo(centre + spread * z, 9);
    });
  });
});
