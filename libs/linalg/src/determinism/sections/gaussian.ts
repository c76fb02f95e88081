import { partKinds, type PartKind } from '../../core/core.js';
import { row, selectRows } from '../../dense/matrix.js';
import { conditionGaussian, type Conditioned } from '../../gaussian/conditioned.js';
import type { GaussianData } from '../../gaussian/data.js';
import { withGrowingGaussian } from '../../gaussian/growing.js';
import { kernelParameters, type Kernel, type KernelPart } from '../../gaussian/kernel.js';
import { withMarginalLikelihood } from '../../gaussian/likelihood.js';
import { leaveOneOut, posteriorJoint, posteriorMarginals } from '../../gaussian/posterior.js';
import { Philox } from '../../random/philox.js';
import { sobol } from '../../random/sobol.js';
import type { Sections } from '../sections.js';

const cols = 5;
const categories = 4;

/** Four columns of numbers, then one of categories. */
function rows(n: number, seed: string): GaussianData['X'] {
  const X = sobol(cols, n, { seed });
  for (let i = 0; i < n; i++) {
    const at = i * cols + categories;
    X.data[at] = Math.floor(3 * X.data[at]!);
  }
  return X;
}

function example(n: number): Required<GaussianData> {
  const rng = Philox.fromSeed(`data of ${n}`);
  const X = rows(n, 'X');
  const y = Float64Array.from({ length: n }, (_, i) => {
    const [a, b, c] = row(X, i);
    return a! * a! - b! * c! + 0.1 * rng.normal();
  });
  return { X, y, noise: Float64Array.from({ length: n }, () => 0.01 * rng.uniform()) };
}

function part(kind: PartKind): KernelPart {
  if (kind === 'hamming') return { kind, columns: [categories] };
  if (kind === 'coregion') return { kind, columns: [categories], coregion: { sources: 3, rank: 2 } };
  return { kind, columns: [0, 1, 2, 3] };
}

const kernels: Readonly<Record<string, Kernel>> = {
  ...Object.fromEntries(partKinds.map((kind) => [kind, { terms: [[part(kind)]] }])),
  'a product': { terms: [[part('matern52'), part('hamming')]] },
  'a sum of products': {
    terms: [[part('matern32'), part('hamming'), part('rationalQuadratic')], [part('linear')], [part('rbf')]],
  },
  'shared lengthscales': {
    terms: [[{ kind: 'matern52', columns: [3, 0, 1], lengthscaleOf: [0, 1, 0] }, part('hamming')]],
  },
};

/** Parameters that are all different, the last two ln σ_n² and c. */
function thetaOf(kernel: Kernel, logNoise = -4): Float64Array {
  const parameters = kernelParameters(kernel);
  return Float64Array.from({ length: parameters + 2 }, (_, i) =>
    i === parameters ? logNoise : i === parameters + 1 ? 0.3 : 0.2 - 0.23 * (i % 4),
  );
}

const likelihoods = (kernel: Kernel) =>
  [1, 6, 67].map((n) =>
    withMarginalLikelihood(kernel, example(n), (likelihood) => {
      const gradient = new Float64Array(likelihood.parameters);
      const value = likelihood.valueAndGradient(thetaOf(kernel), gradient);
      return [value, gradient, likelihood.value(thetaOf(kernel, -1))];
    }),
  );

function predictions(conditioned: Conditioned): unknown {
  const candidates = rows(70, 'candidates');
  return [
    conditioned,
    posteriorMarginals(conditioned, candidates),
    posteriorJoint(conditioned, selectRows(candidates, [3, 9, 1, 0, 44])),
    leaveOneOut(conditioned),
  ];
}

/** Rows one by one onto few. */
function grown(kernel: Kernel): unknown {
  const { X, y, noise } = example(40);
  const few = { X: selectRows(X, [0, 1, 2]), y: y.slice(0, 3), noise: noise.slice(0, 3) };
  return withGrowingGaussian(conditionGaussian(kernel, thetaOf(kernel), few), 37, (growing) => {
    const jitters = Array.from({ length: 37 }, (_, i) =>
      growing.append(row(X, 3 + i), y[3 + i]!, noise[3 + i]),
    );
    return [jitters, growing.conditioned()];
  });
}

/** Every row twice, and next to no noise. */
function nearSingular(kernel: Kernel): unknown {
  const { X, y } = example(30);
  const twice = Array.from({ length: 60 }, (_, i) => i % 30);
  const data = { X: selectRows(X, twice), y: Float64Array.from(twice, (i) => y[i]!) };
  return predictions(conditionGaussian(kernel, thetaOf(kernel, -60), data));
}

const sectionsOf = ([name, kernel]: [string, Kernel]): Sections => ({
  [`likelihood: ${name}`]: () => likelihoods(kernel),
  [`predictions: ${name}`]: () => [
    predictions(conditionGaussian(kernel, thetaOf(kernel), example(53))),
    grown(kernel),
    nearSingular(kernel),
  ],
});

const matern = kernels['matern52']!;

export const gaussian: Sections = {
  ...(Object.assign({}, ...Object.entries(kernels).map(sectionsOf)) as Sections),
  'likelihood: 200 rows': () =>
    withMarginalLikelihood(matern, example(200), (likelihood) => {
      const gradient = new Float64Array(likelihood.parameters);
      return [likelihood.valueAndGradient(thetaOf(matern), gradient), gradient];
    }),
  // More candidates than are taken at once.
  'predictions: 2500 candidates': () =>
    posteriorMarginals(conditionGaussian(matern, thetaOf(matern), example(150)), rows(2500, 'many')),
};
