import { afterAll, describe, expect, it } from '@jest/globals';
import {
  conditionGaussian,
  InvalidArgumentError,
  kernelParameters,
  matrix,
  NotPositiveDefiniteError,
  openPool,
  Philox,
  PoolClosedError,
  posteriorMarginals,
  row,
  selectRows,
  singleKernel,
  topK,
  withMarginalLikelihood,
  type Conditioned,
  type Matrix,
} from '../../src/index.js';
import { example, kernels, someTheta } from '../gaussian/support.js';

const pools = [1, 2].map((threads) => openPool({ threads }));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));
const [one] = pools;

const [, kernel] = kernels.find(([name]) => name === 'a sum of products')!;
const conditioned = conditionGaussian(kernel, someTheta(kernelParameters(kernel)), example(60));
/** More than two blocks, the last of them short and no multiple of 4. */
const candidates = example(2 * 4096 + 1234 + 1, 'candidates').X;

const bytes = (values: Float64Array) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');
const expectSameBits = (actual: Float64Array, expected: Float64Array) =>
  expect(bytes(actual) === bytes(expected)).toBe(true);

const caught = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );

/** X in pieces of random length, some of them empty. */
function* pieces(X: Matrix, seed: string): Generator<Matrix> {
  const rng = Philox.fromSeed(seed);
  for (let from = 0; from < X.rows;) {
    const rows = Math.min(X.rows - from, rng.integer(3) * rng.integer(3000));
    yield selectRows(
      X,
      Array.from({ length: rows }, (_, i) => from + i),
    );
    from += rows;
  }
}

describe.each(pools.map((pool) => [pool.threads, pool] as const))('with %i threads', (_threads, pool) => {
  it('the posterior has the bits of the main thread', async () => {
    const before = bytes(candidates.data);
    const { mean, variance } = await pool.posteriorMarginals(conditioned, candidates);
    const expected = posteriorMarginals(conditioned, candidates);
    expectSameBits(mean, expected.mean);
    expectSameBits(variance, expected.variance);
    expect(bytes(candidates.data) === before).toBe(true);
  });

  it('likelihoods and gradients have the bits of the main thread', async () => {
    const data = example(31);
    const parameters = kernelParameters(kernel) + 2;
    const rng = Philox.fromSeed('thetas');
    // More than go into one message at this size.
    const thetas = matrix(131, parameters, rng.normals(131 * parameters));
    const { values, gradients } = await pool.marginalLikelihoods(kernel, data, thetas);
    const expected = matrix(thetas.rows, parameters);
    const expectedValues = withMarginalLikelihood(kernel, data, (likelihood) =>
      Float64Array.from({ length: thetas.rows }, (_, i) =>
        likelihood.valueAndGradient(row(thetas, i), row(expected, i)),
      ),
    );
    expectSameBits(values, expectedValues);
    expectSameBits(gradients.data, expected.data);
    expect(gradients).toMatchObject({ rows: 131, cols: parameters });
  });

  it('the best of a stream are those of all scores at once, however the stream is divided', async () => {
    const { mean, variance } = posteriorMarginals(conditioned, candidates);
    const score = { mean: -1, sd: 1.7 };
    const scores = mean.map((mu, i) => score.mean * mu + score.sd * Math.sqrt(variance[i]!));
    const expected = topK(scores, 50);
    for (const seed of ['a', 'b', 'c']) {
      const best = await pool.topK(conditioned, pieces(candidates, seed), { k: 50, score });
      expectSameBits(best.indices, expected.indices);
      expectSameBits(best.scores, expected.scores);
    }
    expect(await pool.topK(conditioned, [candidates], { k: 50, score })).toEqual(expected);
    expect((await pool.topK(conditioned, [], { k: 5, score })).indices).toHaveLength(0);
  });
});

describe('what a pool says of its arguments is what the functions say', () => {
  const bad = matrix(5000, 4, candidates.data.slice(0, 20_000));
  bad.data[4 * 4500 + 1] = NaN;

  it('with the place in the whole of X', async () => {
    const error = await caught(one!.posteriorMarginals(conditioned, bad));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error.message).toBe('X must be finite; element 18001 is NaN');
    expect(() => posteriorMarginals(conditioned, bad)).toThrow(error.message);
  });

  it.each([
    ['columns', matrix(3, 5), 'X must have 4 columns, not 5'],
    ['data', { rows: 3, cols: 4, data: new Float64Array(3) }, 'X.data must hold 3 × 4 = 12 numbers, not 3'],
  ])('of its %s', async (_what, X, sentence) => {
    await expect(one!.posteriorMarginals(conditioned, X)).rejects.toThrow(sentence);
    expect(() => posteriorMarginals(conditioned, X)).toThrow(sentence);
  });

  it('with the place in a stream', async () => {
    const asked = caught(one!.topK(conditioned, [candidates, bad], { k: 1, score: { mean: 1, sd: 0 } }));
    expect((await asked).message).toBe('stream[1] must be finite; element 18001 is NaN');
  });

  it('of a score', async () => {
    const options = { k: 1, score: { mean: 1, sd: NaN } };
    await expect(one!.topK(conditioned, [candidates], options)).rejects.toThrow(
      'score must be finite; element 1 is NaN',
    );
  });

  it('when a matrix is not positive definite', async () => {
    const twice = selectRows(example(1).X, [0, 0]);
    const data = { X: twice, y: Float64Array.of(1, 2) };
    const linear = singleKernel('linear', 4);
    const theta = new Float64Array(kernelParameters(linear) + 2).fill(-400);
    theta[0] = 700;
    const thetas = matrix(1, theta.length, theta);
    const here = await caught(
      Promise.resolve().then(() =>
        withMarginalLikelihood(linear, data, (one) => one.valueAndGradient(theta, theta.slice())),
      ),
    );
    const there = await caught(one!.marginalLikelihoods(linear, data, thetas));
    expect(here).toBeInstanceOf(NotPositiveDefiniteError);
    expect(there).toBeInstanceOf(NotPositiveDefiniteError);
    expect(there).toEqual(here);
  });

  it('when the stream itself fails, which then is closed', async () => {
    let closed = false;
    function* failing(): Generator<Matrix> {
      try {
        yield candidates;
        throw new Error('the file ended');
      } finally {
        closed = true;
      }
    }
    const options = { k: 1, score: { mean: 1, sd: 0 } };
    await expect(one!.topK(conditioned, failing(), options)).rejects.toThrow('the file ended');
    expect(closed).toBe(true);
  });
});

describe('a pool at work', () => {
  it('asks a stream only for what it has room for', async () => {
    const pool = openPool({ threads: 1 });
    let asked = 0;
    function* endless(): Generator<Matrix> {
      for (;;) {
        asked += 1;
        yield matrix(4096, 4);
      }
    }
    const best = caught(pool.topK(conditioned, endless(), { k: 1, score: { mean: 1, sd: 0 } }));
    await pool.posteriorMarginals(conditioned, matrix(1, 4));
    await pool.close();
    expect(await best).toBeInstanceOf(PoolClosedError);
    // Two in the line before that one, and a few that were begun while it waited.
    expect(asked).toBeLessThan(10);
  });

  it('leaves the event loop free', async () => {
    const many: Conditioned = conditionGaussian(kernel, conditioned.theta, example(150));
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 5);
    await one!.posteriorMarginals(many, candidates);
    const work = one!.posteriorMarginals(many, matrix(40_000, 4));
    const begin = performance.now();
    await work;
    const took = performance.now() - begin;
    clearInterval(beat);
    expect(longest).toBeLessThan(Math.max(100, took / 2));
  });

  it('keeps threads apart: each has a core and a memory of its own', async () => {
    const [, two] = pools;
    const others = [20, 45].map((n) => conditionGaussian(kernel, conditioned.theta, example(n, `of ${n}`)));
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => two!.posteriorMarginals(others[i % 2]!, candidates)),
    );
    const expected = others.map((other) => posteriorMarginals(other, candidates));
    answers.forEach(({ variance }, i) => expectSameBits(variance, expected[i % 2]!.variance));
  });
});
