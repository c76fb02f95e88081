import { Philox } from '@ionloop/linalg';
import type { Earned, Metrics, Surrogate, SurrogateFactory, TrainingData } from '@ionloop/surrogates';
import type { CsvTable } from '../input/csv.js';
import { evaluate, predictRows, type PredictedRow, type PredictedValue } from './evaluate.js';
import { divide, type FoldOptions } from './folds.js';
import { modelNamed } from './model.js';
import { schemaOf } from './schema.js';
import { inputsOf, rowsWithTarget } from './table.js';

export interface FitRequest extends FoldOptions {
  readonly target: string;
  readonly model: string;
  readonly inputs?: readonly string[];
  readonly formula?: string;
  readonly log: boolean;
  readonly seed: string;
}

export interface FitReport {
  readonly data: string;
  readonly target: string;
  /** Whether everything is said of log10 of the target. */
  readonly log: boolean;
  readonly model: string;
  readonly inputs: readonly string[];
  readonly rows: number;
  /** What was predicted from what. */
  readonly validation: string;
  readonly metrics: Metrics & { readonly spearman: number };
  readonly perRow: readonly PredictedRow[];
  /** Which model earned what, where several are one: of each fold. */
  readonly weights?: readonly (readonly Earned[])[];
  /** Of the other table, by a model of all rows. */
  readonly predictions?: readonly PredictedValue[];
  readonly timing: {
    readonly foldMs: readonly number[];
    readonly fitMs?: number;
    readonly predictMs?: number;
  };
}

export interface Listener {
  note(line: string): void;
  /** Empty when nothing goes on any more. */
  progress(text: string): void;
}

/** The model of all rows is fitted only where it has something to predict. */
export async function fitReport(
  request: FitRequest,
  table: CsvTable,
  other: CsvTable | undefined,
  listener: Listener,
): Promise<FitReport> {
  const { target, log, model } = request;
  const rng = Philox.fromSeed(`fit/${request.seed}`);
  const known = rowsWithTarget(table, target, log);
  const { folds, told, groups } = divide(table, known, request, rng.split('folds'));
  const schema = schemaOf(table, known.rows, { ...request, taken: takenBy(request) });
  const inputs = inputsOf(table, known.rows, schema);
  const factory = await modelNamed(model, inputs.blocks);
  tell(listener, [...known.skipped.map((line) => `skipped ${line}`), ...schema.leftOut]);
  const data: TrainingData = {
    X: inputs.X,
    y: known.y,
    categorical: inputs.categorical,
    ...(groups && { groups }),
  };
  const progress = (text: string): void => listener.progress(text);
  const { metrics, perRow, foldMs, weights } = evaluate(factory, data, folds, known.places, rng, progress);
  const predicted =
    other &&
    predictOther(factory, data, rng, progress, () => {
      const { X, unknown } = inputsOf(other, other.rows, schema);
      tell(listener, unknown);
      return X;
    });
  progress('');
  return {
    data: table.file,
    target,
    log,
    model,
    inputs: inputs.names,
    rows: known.y.length,
    validation: told,
    metrics,
    perRow,
    ...(weights.length > 0 && { weights }),
    ...(predicted && { predictions: predicted.predictions }),
    timing: { foldMs, ...predicted?.timing },
  };
}

/** Columns that are no inputs unless they are named so. */
function takenBy({ target, groups, split, formula }: FitRequest): readonly string[] {
  return [target, groups, split, formula].filter((name) => name !== undefined);
}

function predictOther(
  factory: SurrogateFactory,
  data: TrainingData,
  rng: Philox,
  progress: (text: string) => void,
  inputs: () => Parameters<Surrogate['predict']>[0],
): { predictions: readonly PredictedValue[]; timing: { fitMs: number; predictMs: number } } {
  // What is wrong with the other table is told before the work is done.
  const X = inputs();
  progress('all rows');
  const began = performance.now();
  const model = factory.fit(data, rng.split('fit'));
  const fitted = performance.now();
  const predictions = predictRows(model, X, progress);
  return { predictions, timing: { fitMs: fitted - began, predictMs: performance.now() - fitted } };
}

const shownNotes = 20;

function tell(listener: Listener, lines: readonly string[]): void {
  for (const line of lines.slice(0, shownNotes)) listener.note(line);
  if (lines.length > shownNotes) listener.note(`… ${lines.length} in all`);
}
