import { argsortDescending, fromColumns, logConstraintsMet, nonDominated } from '@ionloop/acquisition';
import { costOf, type LearnedElsewhere, type PlanRequest, type Point } from '@ionloop/domain';
import { type Matrix, type Philox, selectRows } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { meansOf, type Surrogate, type SurrogateFactory } from '@ionloop/surrogates';
import { worthIn, worthOf } from '../designs/worth.js';
import { type Feasibility, feasibilityOf } from '../feasibility/feasibility.js';
import type { Knowledge, Response } from '../knowledge/knowledge.js';
import { fitFor } from '../models/fit.js';
import { learnedFrom } from '../models/learned.js';
import { learningElsewhere } from '../models/transfer.js';
import { viewOf } from '../auto/view.js';
import { type Candidates, candidatesOf } from '../search/candidates.js';
import type { Expectation } from '../search/promising.js';
import type { Strategy } from '../strategies/strategy.js';

export interface Task {
  readonly name: string;
  readonly strategy: Strategy & { readonly surrogate: SurrogateFactory };
  readonly space: Space;
  readonly request: PlanRequest;
  readonly known: Knowledge;
  readonly rng: Philox;
}

/** A response and what is believed of it. */
export interface Believed {
  readonly response: Response;
  /** How it is fitted, elsewhere's results included. */
  readonly factory: SurrogateFactory;
  /** Fitted to what is measured. */
  readonly model: Surrogate;
  /** Why results from elsewhere were not learned from as asked. */
  readonly refused: readonly string[];
  /** What became of results from elsewhere; null where there are none. */
  readonly learned: Omit<LearnedElsewhere, 'property'> | null;
}

/** One plan by models, before anything is chosen. */
export interface Round extends Task {
  readonly model: Surrogate;
  readonly objectives: readonly Believed[];
  readonly constraints: readonly (Believed & { readonly low: number; readonly high: number })[];
  readonly feasibility: Feasibility;
  /** ln P(all constraints are met); null where there are none. */
  readonly logWithin: ((candidates: Matrix) => Float64Array) | null;
  /** Whether some result meets all constraints. */
  readonly anyWithin: boolean;
  /** What an experiment costs; null where that is not said. */
  readonly costAt: ((point: Point) => number) | null;
  readonly candidates: Candidates;
  /** Rows that stand for the whole space. */
  readonly references: Matrix;
}

export function openRound(task: Task): Round {
  const { space, request, known, rng } = task;
  const objectives = known.responses.map((response, k) => believed(task, response, label('model', k)));
  // Of a property that was never measured nothing is believed, and it keeps nothing from being proposed.
  const constraints = known.constraints.flatMap((response, k) =>
    response.data.y.length === 0 ? [] : [{ ...believed(task, response, `limit-${k}`), ...response.window }],
  );
  const expectations = objectives.map(
    ({ model, response: { window } }): Expectation =>
      (X) =>
        worthIn(window, meansOf(model, X)),
  );
  const candidates = candidatesOf(
    space,
    known.taken,
    incumbents(known, rng),
    expectations,
    rng.split('candidates'),
  );
  const { cost } = request;
  return {
    ...task,
    model: objectives[0]!.model,
    objectives,
    constraints,
    feasibility: feasibilityOf(known, space.distance, rng.split('feasibility')),
    logWithin: constraints.length === 0 ? null : (X) => logConstraintsMet(constraints, X),
    anyWithin: constraints.length === 0 || known.met.includes(true),
    costAt: cost === undefined ? null : (point) => costOf(cost, point),
    candidates,
    references: viewOf(space).references.X,
  };
}

export const label = (name: string, k: number): string => (k === 0 ? name : `${name}-${k}`);

function believed({ name, strategy, request, rng }: Task, response: Response, stream: string): Believed {
  const { elsewhere, data } = response;
  const refused: string[] = [];
  const factory =
    elsewhere === null
      ? strategy.surrogate
      : learningElsewhere(
          strategy.surrogate,
          elsewhere,
          request.strategy.transfer ?? 'auto',
          rng.split(`${stream}-elsewhere`),
          (reason) => refused.push(reason),
        );
  const model = fitFor(name, factory, data, rng.split(stream));
  const learned = elsewhere === null ? null : learnedFrom(model, elsewhere);
  return { response, factory, model, refused: [...new Set(refused)], learned };
}

/** Points whose surroundings are worth a look: the best results, of several objectives the best compromises first. */
function incumbents({ responses }: Knowledge, rng: Philox): readonly Point[] {
  const [first] = responses;
  const byFirst = argsortDescending(worthOf(first), rng.split('incumbents'));
  if (responses.length === 1) return byFirst.map((i) => first.points[i]!);
  const { rows, Y } = outcomesOf(responses);
  const front = nonDominated(Y).map((i) => first.points[first.rows.indexOf(rows[i]!)]!);
  const stream = rng.split('front');
  return [
    ...stream.choose(front.length, front.length).map((i) => front[i]!),
    ...byFirst.map((i) => first.points[i]!),
  ];
}

/** Results in which all objectives were measured: which observations, and (n,p). */
export function outcomesOf(responses: Knowledge['responses']): {
  readonly rows: readonly number[];
  readonly Y: Matrix;
} {
  const rows = responses[0].rows.filter((at) => responses.every((response) => response.rows.includes(at)));
  const Y = fromColumns(
    responses.map(({ rows: own, data }) => Float64Array.from(rows, (at) => data.y[own.indexOf(at)]!)),
  );
  return { rows, Y };
}

/** Rows of the first response's data whose results keep all limits, as far as is known; all where none does. */
export function withinLimits({ known: { responses, met } }: Round, X: Matrix): Matrix {
  const rows = responses[0].rows.flatMap((at, i) => (met[at] === true ? [i] : []));
  return rows.length === 0 ? X : selectRows(X, rows);
}
