import { type AnalysisInput, type BenchRequest, invalidInput } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import {
  catalogue,
  type CatalogueEntry,
  crossValidate,
  type Metrics,
  selected,
  stratifiedKFold,
  type SurrogateFactory,
} from '@ionloop/surrogates';
import { knowledgeOf } from '../knowledge/knowledge.js';
import { spaceOf } from '../request/space.js';
import { type MemberWeight, weightsOf } from './member-weights.js';

/** One model of the bench, on results that it had not seen; the same folds for all. */
export interface Benched {
  readonly name: string;
  readonly about: string;
  /** Why it could not be fitted; null where it could. */
  readonly error: string | null;
  readonly metrics: (Metrics & { readonly spearman: number }) | null;
  /** Of a model of several models, fitted to all results: what share each has earned. */
  readonly weights: readonly MemberWeight[];
  /** In the order of the results, in the property's own direction. */
  readonly parity: readonly {
    readonly number: number;
    readonly actual: number;
    readonly mean: number;
    readonly sd: number;
  }[];
}

/** The names of a bench's models, in the order of the catalogue. */
export function benchedModels({ models }: BenchRequest): readonly string[] {
  const known = catalogue.map(({ name }) => name);
  const unknown = models.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw invalidInput('models', `there is no model "${unknown}"; known are ${known.join(', ')}`);
  }
  return models.length === 0 ? known : known.filter((name) => models.includes(name));
}

export interface BenchTask {
  readonly input: AnalysisInput;
  readonly request: BenchRequest;
}

export function benchModel(name: string, { input, request }: BenchTask): Benched {
  const entry = catalogue.find((one) => one.name === name)!;
  const { about } = entry;
  const space = spaceOf(input.plan.space);
  const [response] = knowledgeOf(space, input.plan, false).responses;
  const { data, sign, rows } = response;
  if (data.y.length < request.folds) {
    throw invalidInput(
      'folds',
      `the campaign has ${data.y.length} results, and ${request.folds} folds need at least as many`,
    );
  }
  const rng = Philox.fromSeed(`${input.plan.seed}/bench`);
  const folds = stratifiedKFold(request.folds)({ y: data.y }, rng.split('folds'));
  try {
    const factory = factoryOf(entry, request.tuned);
    const found = crossValidate(factory, data, folds, rng.split(name));
    const isMade = madeOfOthers.includes(name);
    const order = [...found.rows.keys()].sort((a, b) => found.rows[a]! - found.rows[b]!);
    return {
      ...{ name, about, error: null, metrics: { ...found.metrics, spearman: found.spearman } },
      weights: isMade ? weightsOf(factory.fit(data, rng.split(`${name} on all`))) : [],
      parity: order.map((at) => ({
        number: input.numbers[rows[found.rows[at]!]!]!,
        actual: sign * found.leftOut.actual[at]! + 0,
        mean: sign * found.leftOut.mean[at]! + 0,
        sd: Math.sqrt(found.leftOut.variance[at]!),
      })),
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { name, about, error: message, metrics: null, weights: [], parity: [] };
  }
}

/** Those whose members earn their say; a vote has it given. */
const madeOfOthers: readonly string[] = ['auto'];

const factoryOf = ({ make, candidates }: CatalogueEntry, tuned: boolean): SurrogateFactory =>
  tuned && candidates ? selected({ candidates: candidates() }) : make();
