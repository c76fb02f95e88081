/** Optimisers, samplers and the best of many scores. */
import { cholesky } from '../../dense/cholesky.js';
import { matrix } from '../../dense/matrix.js';
import { singleKernel } from '../../gaussian/kernel.js';
import { withMarginalLikelihood } from '../../gaussian/likelihood.js';
import { goldenSection } from '../../optimise/goldenSection.js';
import { lbfgsb } from '../../optimise/lbfgsb.js';
import { nelderMead } from '../../optimise/nelderMead.js';
import { latinHypercube } from '../../random/latinHypercube.js';
import { Philox } from '../../random/philox.js';
import { effectiveSampleSize, rHat } from '../../sampling/diagnostics.js';
import { ellipticalSliceSample } from '../../sampling/ellipticalSliceSample.js';
import { nuts } from '../../sampling/nuts.js';
import { sliceSample } from '../../sampling/sliceSample.js';
import { TopK } from '../../select/topK.js';
import { cos, sin } from '../../special/trig.js';
import type { Sections } from '../sections.js';

const stream = (label: string) => Philox.fromSeed('determinism').split(label);

/** Rosenbrock's valley with ripples, and its gradient. */
function valley(x: Float64Array, gradient?: Float64Array): number {
  gradient?.fill(0);
  let value = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [1 - x[i]!, x[i + 1]! - x[i]! * x[i]!];
    value += a * a + 10 * b * b + 0.1 * sin(5 * x[i]!);
    if (!gradient) continue;
    gradient[i] = gradient[i]! - 2 * a - 40 * b * x[i]! + 0.5 * cos(5 * x[i]!);
    gradient[i + 1] = gradient[i + 1]! + 20 * b;
  }
  return value;
}

/** A correlated normal, a little bent. */
function density(x: Float64Array, gradient?: Float64Array): number {
  const value = -0.5 * valley(x, gradient);
  if (gradient) for (let i = 0; i < x.length; i++) gradient[i] = -0.5 * gradient[i]!;
  return value;
}

const start = Float64Array.of(-1.2, 1, 0.5, -0.3);
const box = { lower: [-2, -2, -2, 0.2], upper: [2, 0.9, 2, 2] };

/** A fit as a surrogate makes it: the likelihood of a Gaussian process over its parameters. */
function fit(): unknown {
  const rng = stream('fit');
  const X = latinHypercube(3, 40, rng);
  const y = Float64Array.from({ length: 40 }, (_, i) => sin(5 * X.data[3 * i]!) + 0.1 * rng.normal());
  const kernel = singleKernel('matern52', 3);
  return withMarginalLikelihood(kernel, { X, y }, (likelihood) =>
    lbfgsb({
      objective: (theta, gradient) => {
        const value = -likelihood.valueAndGradient(theta, gradient);
        for (let i = 0; i < gradient.length; i++) gradient[i] = -gradient[i]!;
        return value;
      },
      lower: new Float64Array(likelihood.parameters).fill(-7),
      upper: new Float64Array(likelihood.parameters).fill(4),
      start: new Float64Array(likelihood.parameters).fill(-0.5),
    }),
  );
}

export const search: Sections = {
  'L-BFGS-B': () => lbfgsb({ objective: (x, gradient) => valley(x, gradient), start, ...box }),
  'L-BFGS-B: a likelihood': fit,
  'Nelder and Mead': () => [
    nelderMead({ objective: valley, start }),
    nelderMead({ objective: valley, start, ...box }),
  ],
  'golden section': () => goldenSection({ objective: (x) => sin(x) + 0.1 * x, lower: 2, upper: 7 }),
  'slice sampling': () =>
    (['coordinates', 'lines'] as const).map((along) =>
      sliceSample(density, start, { draws: 150, warmup: 20, along }, stream(along)),
    ),
  'elliptical slice sampling': () => {
    const { L } = cholesky(matrix(2, 2, Float64Array.of(2, 0.7, 0.7, 1)));
    return ellipticalSliceSample(density, L, [0.1, 0.2], { draws: 200 }, stream('elliptical'));
  },
  NUTS: () => nuts((x, gradient) => density(x, gradient), start, { draws: 120, warmup: 150 }, stream('nuts')),
  'measures of chains': () => {
    const chains = ['a', 'b', 'c'].map((label) => stream(label).normals(400));
    return [chains.map(effectiveSampleSize), rHat(chains)];
  },
  'top k': () => {
    const rng = stream('top');
    const top = new TopK(60);
    // Rounded, so that many are equal.
    for (let first = 0; first < 40_000; first += 1000)
      top.offer(
        rng.normals(1000).map((score) => Math.round(20 * score) / 20),
        first,
      );
    return top.best();
  },
};
