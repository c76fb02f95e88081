/** Which models the default is made of, by what the data are like. */
import { matrix, type Kernel, type Matrix } from '@ionloop/linalg';
import type { Surrogate, SurrogateFactory, SurrogateJson, TrainingData } from '../contract.js';
import { extraTrees } from '../extra-trees/extraTrees.js';
import { gaussianProcess } from '../gaussian-process/gaussianProcess.js';
import { gradientBoosting } from '../gradient-boosting/gradientBoosting.js';
import { bayesianLinear } from '../linear/bayesianLinear.js';
import { ridge } from '../linear/ridge.js';
import { withPreparedInputs } from '../prepared-inputs/preparedInputs.js';
import { randomForest } from '../random-forest/randomForest.js';
import type { StackMember } from '../stack/stack.js';

const { sqrt } = Math;

export interface AutoOptions {
  /** Columns that describe one thing together, as the descriptors of a composition do: one lengthscale for all, and trees that see no other block. */
  readonly blocks?: readonly (readonly number[])[];
}

/** Beyond so many rows a process takes too long; beyond so many columns each lengthscale of its own says nothing. */
const mostRowsOfProcess = 2000;
const mostLengthscales = 20;
const fewRows = 25;

/** All members that there are; what suits the data is chosen by name. */
export function allMembers(blocks: readonly (readonly number[])[]): readonly StackMember[] {
  return [
    { name: 'gp', factory: withPreparedInputs(blockProcess(blocks), 'unit spread') },
    { name: 'linear', factory: withPreparedInputs(ridge(), 'any') },
    {
      name: 'quadratic',
      factory: withPreparedInputs(bayesianLinear({ degree: 2, interactions: true }), 'unit spread'),
    },
    { name: 'forest', factory: evenGroups(randomForest({ minSamplesLeaf: 1 })) },
    { name: 'extra-trees', factory: evenGroups(extraTrees({ minSamplesLeaf: blocks.length > 0 ? 2 : 1 })) },
    { name: 'boosting', factory: evenGroups(gradientBoosting()) },
    ...blocks.map((_, at) => ({
      name: `forest of block ${at + 1}`,
      factory: withoutColumns(
        evenGroups(randomForest({ minSamplesLeaf: 1 })),
        blocks.flatMap((other, k) => (k === at ? [] : other)),
      ),
    })),
  ];
}

export function suitableNames({ X, categorical = [] }: TrainingData, blocks: number): readonly string[] {
  const { rows: n, cols: d } = X;
  const narrow = d <= 8 && categorical.length === 0;
  return [
    ...(n <= mostRowsOfProcess ? ['gp'] : []),
    ...(d <= 100 ? ['linear'] : []),
    ...(narrow && n > 2 * d ? ['quadratic'] : []),
    ...(n >= fewRows ? ['forest', 'boosting'] : []),
    ...(n >= fewRows && n <= mostRowsOfProcess ? ['extra-trees'] : []),
    ...(n >= fewRows && blocks > 1
      ? Array.from({ length: blocks }, (_, at) => `forest of block ${at + 1}`)
      : []),
  ];
}

/** A process with a lengthscale for each block and each column that is in none, or one for all of those where they are many. */
function blockProcess(blocks: readonly (readonly number[])[]): SurrogateFactory {
  const plain = gaussianProcess();
  return {
    ...plain,
    fit(data, rng, previous) {
      const kernel = blockKernel(data.X.cols, data.categorical ?? [], blocks);
      return gaussianProcess({ kernel }).fit(data, rng, previous);
    },
  };
}

function blockKernel(
  d: number,
  categorical: readonly number[],
  blocks: readonly (readonly number[])[],
): Kernel {
  const blocked = new Map(
    blocks.flatMap((columns, block) => columns.map((column) => [column, block] as const)),
  );
  const columns = Array.from({ length: d }, (_, column) => column).filter(
    (column) => !categorical.includes(column),
  );
  const alone = columns.filter((column) => !blocked.has(column));
  const together = alone.length > mostLengthscales;
  // Numbers of lengthscales, in the order in which they come up.
  const numbers = new Map<string, number>();
  const lengthscaleOf = columns.map((column) => {
    const block = blocked.get(column);
    const key = block !== undefined ? `block ${block}` : together ? 'others' : `column ${column}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  const numeric = columns.length > 0 ? [{ kind: 'matern52' as const, columns, lengthscaleOf }] : [];
  const named = categorical.length > 0 ? [{ kind: 'hamming' as const, columns: [...categorical] }] : [];
  return { terms: [[...numeric, ...named]] };
}

/** A model to which a large group counts less than so many rows: by the root of its size. */
function evenGroups(factory: SurrogateFactory): SurrogateFactory {
  return {
    ...factory,
    fit(data, rng, previous) {
      const { groups } = data;
      if (groups === undefined) return factory.fit(data, rng, previous);
      const sizes = new Map<number, number>();
      for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
      const weights = Float64Array.from(
        groups,
        (group, i) => (data.weights?.[i] ?? 1) / sqrt(sizes.get(group)!),
      );
      return factory.fit({ ...data, weights }, rng, previous);
    },
  };
}

/** A model that sees these columns as constant. */
function withoutColumns(factory: SurrogateFactory, columns: readonly number[]): SurrogateFactory {
  const hidden = (X: Matrix): Matrix => {
    const shown = matrix(X.rows, X.cols, X.data.slice());
    for (let i = 0; i < X.rows; i++) for (const column of columns) shown.data[i * X.cols + column] = 0;
    return shown;
  };
  const blind = (model: Surrogate): Surrogate => ({
    kind: model.kind,
    dimension: model.dimension,
    sampleIsJoint: model.sampleIsJoint,
    predict: (X) => model.predict(hidden(X)),
    sample: (X, count, rng) => model.sample(hidden(X), count, rng),
    diagnostics: () => model.diagnostics(),
    toJSON: () => model.toJSON(),
  });
  return {
    ...factory,
    fit: (data, rng) => blind(factory.fit({ ...data, X: hidden(data.X) }, rng)),
    fromJSON: (json: SurrogateJson) => blind(factory.fromJSON(json)),
  };
}
