import {
  exp,
  latinHypercube,
  matrix,
  Philox,
  type Coregion,
  type GaussianData,
  type Kernel,
  type KernelPart,
  type Matrix,
  type PartKind,
} from '../../src/index.js';

/** Rows of two continuous columns, one of categories 0 … 2 and one more continuous, with a response and noise of their own. */
export function example(n: number, seed = 'rows'): Required<GaussianData> {
  const rng = Philox.fromSeed(seed);
  const X = latinHypercube(4, n, rng.split('X'));
  for (let i = 0; i < n; i++) X.data[4 * i + 2] = rng.integer(3);
  const y = Float64Array.from({ length: n }, (_, i) => {
    const [a, b, c] = [X.data[4 * i]!, X.data[4 * i + 1]!, X.data[4 * i + 2]!];
    return 2 * a * b + 0.5 * c + 0.1 * rng.normal();
  });
  return { X, y, noise: Float64Array.from({ length: n }, () => 0.02 * rng.uniform()) };
}

const continuous = [0, 1, 3];
export const partOf = (kind: PartKind): KernelPart => ({
  kind,
  columns: kind === 'hamming' ? [2] : continuous,
});

const coregion = (rank: number, unitDiagonal?: boolean): KernelPart => ({
  kind: 'coregion',
  columns: [2],
  coregion: { sources: 3, rank, ...(unitDiagonal !== undefined && { unitDiagonal }) },
});

export const kernels: readonly (readonly [string, Kernel])[] = [
  ...(['rbf', 'matern12', 'matern32', 'matern52', 'rationalQuadratic', 'hamming', 'linear'] as const).map(
    (kind) => [kind, { terms: [[partOf(kind)]] }] as const,
  ),
  ['a product', { terms: [[partOf('matern52'), partOf('hamming')]] }],
  ['a sum', { terms: [[partOf('matern52')], [partOf('linear')]] }],
  [
    'a sum of products',
    {
      terms: [
        [partOf('matern32'), partOf('hamming'), partOf('rationalQuadratic')],
        [partOf('linear'), partOf('hamming')],
        [partOf('rbf')],
      ],
    },
  ],
  [
    'shared lengthscales',
    { terms: [[{ kind: 'matern52', columns: [3, 0, 1], lengthscaleOf: [0, 1, 0] }, partOf('hamming')]] },
  ],
  ['a coregion', { terms: [[coregion(2)]] }],
  ['a coregion of correlations', { terms: [[partOf('matern52'), coregion(1, true)]] }],
  ['sources with an offset each', { terms: [[partOf('rbf'), coregion(1)], [coregion(0, true)]] }],
  ['a coregion before others', { terms: [[coregion(2, true), partOf('matern32'), partOf('linear')]] }],
];

/** Parameters that are all different, the last two ln σ_n² and c. */
export function someTheta(parameters: number): Float64Array {
  return Float64Array.from({ length: parameters + 2 }, (_, i) =>
    i === parameters ? -3 : i === parameters + 1 ? 0.4 : 0.3 - 0.17 * (i % 5),
  );
}

/** K between the rows of A and B by the definitions, one element at a time. */
export function covarianceByDefinition(kernel: Kernel, theta: Float64Array, A: Matrix, B: Matrix): Matrix {
  const K = matrix(A.rows, B.rows);
  for (let i = 0; i < A.rows; i++)
    for (let j = 0; j < B.rows; j++) {
      let next = 0;
      let sum = 0;
      for (const parts of kernel.terms) {
        let product = exp(theta[next++]!);
        for (const { kind, columns, lengthscaleOf, coregion } of parts) {
          if (coregion) {
            const { table, parameters } = coregionByDefinition(coregion, theta.subarray(next));
            next += parameters;
            product *= table[A.data[i * A.cols + columns[0]!]!]![B.data[j * B.cols + columns[0]!]!]!;
            continue;
          }
          const numbers = lengthscaleOf ?? columns.map((_, q) => q);
          const first = next;
          next += Math.max(...numbers) + 1;
          const at = (X: Matrix, row: number, q: number) => X.data[row * X.cols + columns[q]!]!;
          const scales = numbers.map((number) => exp(theta[first + number]!));
          const u = columns.map((_, q) => [at(A, i, q) / scales[q]!, at(B, j, q) / scales[q]!] as const);
          const r2 = u.reduce((total, [a, b]) => total + (a - b) ** 2, 0);
          const r = Math.sqrt(r2);
          if (kind === 'rbf') product *= Math.exp(-r2 / 2);
          if (kind === 'matern12') product *= Math.exp(-r);
          if (kind === 'matern32') product *= (1 + Math.sqrt(3) * r) * Math.exp(-Math.sqrt(3) * r);
          if (kind === 'matern52')
            product *= (1 + Math.sqrt(5) * r + (5 * r2) / 3) * Math.exp(-Math.sqrt(5) * r);
          if (kind === 'rationalQuadratic') {
            const alpha = Math.exp(theta[next++]!);
            product *= (1 + r2 / (2 * alpha)) ** -alpha;
          }
          if (kind === 'hamming')
            product *= Math.exp(-u.reduce((total, [a, b], q) => total + (a === b ? 0 : 1 / scales[q]!), 0));
          if (kind === 'linear') product *= u.reduce((total, [a, b]) => total + a * b, 0);
        }
        sum += product;
      }
      K.data[i * B.rows + j] = sum;
    }
  return K;
}

/** D·(ΛΛᵀ + I)·D from the first parameters of `theta`, D such that the diagonal is the squares of the scales. */
function coregionByDefinition(
  { sources, rank, unitDiagonal = false }: Coregion,
  theta: Float64Array,
): { readonly table: number[][]; readonly parameters: number } {
  const numbers = Array.from({ length: sources }, (_, s) => s);
  const loadings = numbers.map((s) => theta.subarray(s * rank, (s + 1) * rank));
  const common = numbers.map((s) =>
    numbers.map((t) => loadings[s]!.reduce((sum, a, k) => sum + a * loadings[t]![k]!, s === t ? 1 : 0)),
  );
  const scale = (s: number) =>
    (unitDiagonal ? 1 : Math.exp(theta[sources * rank + s]!)) / Math.sqrt(common[s]![s]!);
  return {
    table: numbers.map((s) => numbers.map((t) => scale(s) * scale(t) * common[s]![t]!)),
    parameters: sources * (unitDiagonal ? rank : rank + 1),
  };
}
