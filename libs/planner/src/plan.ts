import { argsortDescending } from '@ionloop/acquisition';
import {
  invalidInput,
  type PlanAnswer,
  type PlanRequest,
  type Point,
  type Proposal,
  type StrategyName,
} from '@ionloop/domain';
import { exp, type Matrix, Philox } from '@ionloop/linalg';
import { openSpace, type Space } from '@ionloop/space';
import type { Surrogate, SurrogateFactory, TrainingData } from '@ionloop/surrogates';
import { around, type Candidates, candidatesOf, isListed, without } from './candidates.js';
import { someRows } from './coverage.js';
import { nearestDistance } from './distance.js';
import { hopeless, logFeasibility } from './feasibility.js';
import { toFittedModel } from './fitted-model.js';
import { type Knowledge, knowledgeOf, withBeliefs } from './knowledge.js';
import { reasonFor } from './reasons.js';
import { strategyTable } from './strategies.js';
import { type Criterion, type ScoringContext, type Strategy, StrategyError } from './strategy.js';

/** Grows with every change that lets the same request have another answer. */
export const plannerVersion = '2';

/** Below this a model has nothing to compare. */
const fewestObservations = 2;

/** The next experiments: pure, and the same to the bit for the same request on any machine. */
export const plan = (request: PlanRequest): PlanAnswer => planWith(strategyTable, request);

export function planWith(
  strategies: Readonly<Record<StrategyName, Strategy>>,
  request: PlanRequest,
): PlanAnswer {
  const { count, experimentsSoFar } = request;
  const { name, initial } = request.strategy;
  for (const [field, value] of Object.entries({ count, experimentsSoFar, 'strategy.initial': initial })) {
    if (!(Number.isSafeInteger(value) && value >= 0)) {
      throw invalidInput(field, `${field} is ${value}; it must be a whole number, not negative`);
    }
  }
  if (!Object.hasOwn(strategies, name)) {
    throw invalidInput(
      'strategy.name',
      `there is no strategy "${name}"; known are ${Object.keys(strategies).join(', ')}`,
    );
  }
  const strategy = strategies[name];
  const space = openSpace(request.space);
  const known = knowledgeOf(space, request, strategy.clipsLowTail);
  const rng = Philox.fromSeed(request.seed);
  const { surrogate } = strategy;
  if (surrogate === null) {
    return { proposals: atRandom(space, known, count, rng.split('random')), model: null };
  }
  const open = Math.max(0, initial - experimentsSoFar);
  const learning = request.observations.length >= fewestObservations;
  const designed = designPoints(space, request, learning ? Math.min(count, open) : count, open, rng);
  if (designed.length >= count || !learning) return { proposals: designed, model: null };
  const modelled = new Round(name, { ...strategy, surrogate }, space, request, known, rng);
  return modelled.propose(designed, count - designed.length);
}

function atRandom(space: Space, { taken }: Knowledge, count: number, rng: Philox): readonly Proposal[] {
  const points = isListed(space) ? space.enumerate() : space.sample(count + taken.size, rng);
  const free = points.filter((point) => !taken.has(space.key(point)));
  const chosen = isListed(space) ? rng.choose(free.length, Math.min(count, free.length)) : free.keys();
  return [...chosen].slice(0, count).map((i) => unmodelled(free[i]!, 'Drawn at random.'));
}

function designPoints(
  space: Space,
  { observations, failures, pending, strategy, experimentsSoFar }: PlanRequest,
  count: number,
  open: number,
  rng: Philox,
): readonly Proposal[] {
  if (count === 0) return [];
  const known = [...observations.map(({ point }) => point), ...failures, ...pending];
  return space
    .initialDesign(count, rng.split('initial design'), known)
    .map((point, i) =>
      unmodelled(
        point,
        i < open
          ? `Initial design, ${experimentsSoFar + i + 1} of ${strategy.initial}: as far as possible from every other point, before a model knows better.`
          : 'As far as possible from every other point: too few results yet for a model.',
      ),
    );
}

const unmodelled = (point: Point, reason: string): Proposal => ({
  point,
  origin: 'initial',
  prediction: null,
  acquisition: null,
  reason,
});

interface Scored {
  readonly point: Point;
  readonly score: number;
  readonly logFeasible: number;
}

/** One plan by a model: fitted once to what is measured, and again with beliefs for each further point of a batch. */
class Round {
  private readonly model: Surrogate;
  private readonly measured: Matrix;
  private readonly references: Matrix;
  private candidates: Candidates;

  constructor(
    private readonly name: string,
    private readonly strategy: Strategy & { readonly surrogate: SurrogateFactory },
    private readonly space: Space,
    private readonly request: PlanRequest,
    private readonly known: Knowledge,
    private readonly rng: Philox,
  ) {
    this.model = this.fit(known.data, 'model');
    this.measured = known.data.X;
    const byValue = argsortDescending(known.data.y, rng.split('incumbents'));
    const best = byValue.map((i) => request.observations[i]!.point);
    this.candidates = candidatesOf(space, known.taken, best, rng.split('candidates'));
    const all = isListed(space) ? space.encode(space.enumerate()) : this.candidates.X;
    const stream = rng.split('references');
    this.references = someRows(all, (n, k) => stream.choose(n, k));
  }

  propose(designed: readonly Proposal[], count: number): PlanAnswer {
    const proposals = [...designed];
    const waiting = [...this.known.pending, ...designed.map(({ point }) => point)];
    const taken = new Set([...this.known.taken, ...waiting.map(this.space.key)]);
    const { experimentsSoFar, strategy } = this.request;
    for (let i = 0; i < count; i++) {
      this.candidates = without(this.candidates, taken);
      if (this.candidates.points.length === 0) break;
      const suggestion = Math.max(0, experimentsSoFar + proposals.length - strategy.initial);
      const criterion = this.strategy.criterion({
        suggestion,
        model: this.model,
        references: this.references,
      });
      const chosen = this.choose(criterion, waiting, taken, this.rng.split(`choice-${i}`));
      proposals.push(this.explain(criterion, chosen, waiting.length));
      waiting.push(chosen.point);
      taken.add(this.space.key(chosen.point));
    }
    return { proposals, model: toFittedModel(this.model, this.known.sign, this.space.names) };
  }

  /** The kriging believer: points without a result are taken to have turned out as predicted. */
  private choose(
    criterion: Criterion,
    waiting: readonly Point[],
    taken: ReadonlySet<string>,
    rng: Philox,
  ): Scored {
    const data = this.dataWith(waiting);
    const model = waiting.length === 0 ? this.model : this.fit(data, `believer-${waiting.length}`);
    const best = Math.max(...model.predict(data.X).mean);
    const context: ScoringContext = { model, best, observed: data.X, rng: rng.split('score') };
    let { ranked, floor } = this.score(criterion, this.candidates, context, undefined, rng);
    if (!criterion.refines || isListed(this.space)) return ranked[0]!;
    for (let round = 0; round < 3; round++) {
      const near = around(
        this.space,
        ranked.slice(0, 5).map(({ point }) => point),
        taken,
        rng.split(`refine-${round}`),
      );
      if (near.points.length === 0) break;
      const finer = this.score(criterion, near, context, floor, rng.split(`rank-${round}`));
      ranked = [...ranked.slice(0, 5), ...finer.ranked].sort(
        (a, b) => Number(a.logFeasible < hopeless) - Number(b.logFeasible < hopeless) || b.score - a.score,
      );
      floor = finer.floor;
    }
    return ranked[0]!;
  }

  private dataWith(waiting: readonly Point[]): TrainingData {
    const { data } = this.known;
    if (waiting.length === 0) return data;
    const X = this.space.encode(waiting);
    return withBeliefs(data, X, this.model.predict(X).mean);
  }

  private fit(data: TrainingData, label: string): Surrogate {
    try {
      return this.strategy.surrogate.fit(data, this.rng.split(label));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new StrategyError(this.name, `could not fit its model to ${data.y.length} results: ${message}`, {
        cause: error,
      });
    }
  }

  /** Best first. A plain score counts from the worst candidate up, so that a chance of success can be a factor. */
  private score(
    criterion: Criterion,
    { points, X }: Candidates,
    context: ScoringContext,
    floor: number | undefined,
    rng: Philox,
  ): { readonly ranked: Scored[]; readonly floor: number } {
    const scores = criterion.score(X, context);
    if (scores.length !== points.length) {
      throw new StrategyError(this.name, `gave ${scores.length} scores for ${points.length} candidates`);
    }
    const bad = scores.findIndex((score) => Number.isNaN(score) || score === Infinity);
    if (bad >= 0) {
      throw new StrategyError(
        this.name,
        `gave the score ${scores[bad]!} to ${this.space.describe(points[bad]!)}; nothing is proposed`,
      );
    }
    const feasible = logFeasibility(X, this.measured, this.known.failed);
    const least =
      floor ?? scores.filter((score) => score > -Infinity).reduce((a, b) => Math.min(a, b), Infinity);
    const judged = scores.map((score, i) => {
      const logFeasible = feasible[i];
      if (logFeasible === undefined || score === -Infinity) return score;
      if (criterion.scale === 'log') return score + logFeasible;
      return score > least ? least + (score - least) * exp(logFeasible) : score;
    });
    const byScore = argsortDescending(judged, rng.split('ties'));
    const isHopeless = (i: number): boolean => (feasible[i] ?? 0) < hopeless;
    const order = [...byScore.filter((i) => !isHopeless(i)), ...byScore.filter(isHopeless)];
    return {
      floor: least,
      ranked: order.map((i) => ({
        point: points[i]!,
        score: judged[i]!,
        logFeasible: feasible[i] ?? 0,
      })),
    };
  }

  private explain(criterion: Criterion, { point, score, logFeasible }: Scored, believed: number): Proposal {
    const { sign, data } = this.known;
    const X = this.space.encode([point]);
    const { mean, variance } = this.model.predict(X);
    const prediction = { mean: sign * mean[0]! + 0, sd: Math.sqrt(variance[0]!) };
    const values = this.request.observations.map(({ value }) => sign * value);
    return {
      point,
      origin: 'model',
      prediction,
      acquisition: { name: criterion.name, value: Math.max(score, -Number.MAX_VALUE) },
      reason: reasonFor(this.request.objective, {
        phrase: criterion.phrase,
        prediction,
        best: sign * Math.max(...values),
        nearest: nearestDistance(X, 0, data.X),
        feasible: exp(logFeasible),
        believed,
      }),
    };
  }
}
