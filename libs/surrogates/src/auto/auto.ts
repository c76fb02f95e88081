/**
 * The model for those who do not want to choose one: a stack of what suits the data, by rows, columns, categories and blocks of columns, whose members pass the
 * gate or are recalibrated, and which is recalibrated itself. Weights are learned on rows left out one by one or, where rows have groups, group by group.
 */
import { InvalidArgumentError, requireCount, type Matrix, type Philox } from '@ionloop/linalg';
import { recalibrated, type RecalibratedSurrogate } from '../calibration/recalibrated.js';
import type {
  Diagnostics,
  Json,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
  TrainingData,
} from '../contract.js';
import { ownData } from '../data.js';
import { rowsThatCount } from '../ignoredRows.js';
import { fieldsFrom, numbersFrom, requireKind } from '../json.js';
import { stack, type Earned, type StackSurrogate } from '../stack/stack.js';
import { allMembers, suitableNames, type AutoOptions } from './members.js';

const kind = 'auto';
const version = 1;

export interface AutoSurrogate extends StackSurrogate {
  readonly model: RecalibratedSurrogate;
}

export interface AutoFactory extends SurrogateFactory {
  fit(...given: Parameters<SurrogateFactory['fit']>): AutoSurrogate;
  fromJSON(json: SurrogateJson): AutoSurrogate;
}

/** Takes inputs of any scale, with gaps, categories, weights and groups. */
export function auto({ blocks = [] }: AutoOptions = {}): AutoFactory {
  const members = allMembers(blocks);
  const capabilities = stack({ members }).capabilities;
  return {
    kind,
    capabilities,
    fit(data, rng) {
      const own = ownData(data, capabilities);
      requireBlocks(blocks, own.X.cols);
      return new Auto(blocks, madeOf(own, blocks).fit(own, rng) as RecalibratedSurrogate);
    },
    fromJSON(json) {
      requireKind(json, kind, version);
      const written = blocksFrom('json.blocks', json['blocks']);
      const reader = recalibrated(stack({ members: allMembers(written) }), 'scale');
      return new Auto(written, reader.fromJSON(fieldsFrom('json.model', json['model']) as SurrogateJson));
    },
  };
}

function madeOf(data: TrainingData, blocks: readonly (readonly number[])[]): SurrogateFactory {
  const names = suitableNames(rowsThatCount(data), blocks.length);
  const members = allMembers(blocks).filter(({ name }) => names.includes(name));
  const leftOut = data.groups ? 'folds' : 'own';
  return recalibrated(stack({ members, leftOut, gate: {} }), 'coverage', { leftOut: 'own' });
}

function requireBlocks(blocks: readonly (readonly number[])[], d: number): void {
  const seen = new Set<number>();
  for (const column of blocks.flat()) {
    requireCount('options.blocks', column);
    if (column >= d || seen.has(column))
      throw new InvalidArgumentError(
        'options.blocks',
        `must hold columns 0 … ${d - 1}, each once; found ${column}`,
      );
    seen.add(column);
  }
}

function blocksFrom(name: string, json: Json | undefined): readonly (readonly number[])[] {
  if (!Array.isArray(json)) throw new InvalidArgumentError(name, 'must be a list');
  return (json as readonly Json[]).map((block, at) => Array.from(numbersFrom(`${name}[${at}]`, block)));
}

class Auto implements AutoSurrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint: boolean;

  constructor(
    private readonly blocks: readonly (readonly number[])[],
    readonly model: RecalibratedSurrogate,
  ) {
    this.dimension = model.dimension;
    this.sampleIsJoint = model.sampleIsJoint;
  }

  get weights(): readonly Earned[] {
    return (this.model.model as Surrogate & StackSurrogate).weights;
  }

  predict(X: Matrix): Prediction {
    return this.model.predict(X);
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    return this.model.sample(X, count, rng);
  }

  diagnostics(): Diagnostics {
    return { ...this.model.diagnostics(), kind };
  }

  toJSON(): SurrogateJson {
    return {
      kind,
      version,
      blocks: this.blocks.map((columns) => [...columns]),
      model: this.model.toJSON(),
    };
  }
}
