/**
 * Any model on inputs as people have them: numbers brought to the scale that the model asks for, gaps filled with the median and marked in a column of their own,
 * categories taken apart into a column a level, where the model cannot take them as they are.
 */
import { type Matrix, type Philox } from '@ionloop/linalg';
import type {
  Diagnostics,
  Json,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
  TrainingData,
} from '../contract.js';
import { ownData, requireInputs } from '../data.js';
import { rowsThatCount } from '../ignoredRows.js';
import { fieldsFrom, numberFrom, requireKind } from '../json.js';
import { requireOneOf } from '../options.js';
import {
  categoriesOf,
  columnsFrom,
  inputScales,
  planColumns,
  prepare,
  type InputScale,
  type PreparedColumn,
} from './plan.js';

const kind = 'prepared-inputs';
const version = 1;

export interface PreparedSurrogate extends Surrogate {
  /** The model of the prepared inputs. */
  readonly model: Surrogate;
}

export interface PreparedFactory extends SurrogateFactory {
  fit(...given: Parameters<SurrogateFactory['fit']>): PreparedSurrogate;
  fromJSON(json: SurrogateJson): PreparedSurrogate;
}

/** Takes what the factory takes, and gaps and categories besides. `read` tells how the inner model is read back from JSON; the factory does where it is left out. */
export function withPreparedInputs(
  factory: SurrogateFactory,
  scale: InputScale,
  read: (json: SurrogateJson) => Surrogate = (json) => factory.fromJSON(json),
): PreparedFactory {
  requireOneOf('scale', scale, inputScales);
  const capabilities = { ...factory.capabilities, missing: true, categorical: true };
  return {
    kind,
    capabilities,
    fit(data, rng, previous) {
      const own = ownData(data, capabilities);
      const columns = planColumns(rowsThatCount(own).X, own.categorical ?? [], factory.capabilities, scale);
      const before = previous instanceof Prepared ? previous.model : undefined;
      return new Prepared(own.X.cols, columns, factory.fit(preparedData(own, columns), rng, before));
    },
    fromJSON(json) {
      requireKind(json, kind, version);
      const dimension = numberFrom('json.dimension', json['dimension']);
      const columns = columnsFrom('json.columns', json['columns'], dimension);
      return new Prepared(dimension, columns, read(fieldsFrom('json.model', json['model']) as SurrogateJson));
    },
  };
}

function preparedData(data: TrainingData, columns: readonly PreparedColumn[]): TrainingData {
  return { ...data, X: prepare(data.X, columns), categorical: categoriesOf(columns) };
}

class Prepared implements PreparedSurrogate {
  readonly kind = kind;
  readonly sampleIsJoint: boolean;

  constructor(
    readonly dimension: number,
    private readonly columns: readonly PreparedColumn[],
    readonly model: Surrogate,
  ) {
    this.sampleIsJoint = model.sampleIsJoint;
  }

  predict(X: Matrix): Prediction {
    return this.model.predict(this.#prepared(X));
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    return this.model.sample(this.#prepared(X), count, rng);
  }

  #prepared(X: Matrix): Matrix {
    requireInputs(X, this.dimension, true);
    return prepare(X, this.columns);
  }

  diagnostics(): Diagnostics {
    const { lengthscales, importances, ...rest } = this.model.diagnostics();
    const own = lengthscales && this.#lengthscales(lengthscales);
    return {
      ...rest,
      kind,
      ...(own && { lengthscales: own }),
      ...(importances && { importances: this.#importances(importances) }),
    };
  }

  /** In units of the inputs, where each has one column and varies. */
  #lengthscales(prepared: readonly number[]): number[] | undefined {
    const { columns } = this;
    if (columns.length !== this.dimension) return undefined;
    const own = columns.map((column, k) =>
      column.role === 'number' ? prepared[k]! / column.rate : column.role === 'category' ? prepared[k]! : NaN,
    );
    return own.every(Number.isFinite) ? own : undefined;
  }

  /** An input's importance is that of all columns made from it. */
  #importances(prepared: readonly number[]): number[] {
    const sums = new Array<number>(this.dimension).fill(0);
    this.columns.forEach(({ from }, k) => (sums[from] = sums[from]! + prepared[k]!));
    return sums;
  }

  toJSON(): SurrogateJson {
    return {
      kind,
      version,
      dimension: this.dimension,
      columns: this.columns.map((column): Json => ({ ...column })),
      model: this.model.toJSON(),
    };
  }
}
