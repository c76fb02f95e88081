import { invalidInput, type Observation, type PlanRequest, type Point } from '@ionloop/domain';
import { type Matrix, Philox, selectRows, topK } from '@ionloop/linalg';
import type { GrowingSurrogate } from '@ionloop/surrogates';
import { beliefs } from '../auto/beliefs.js';
import { plan } from '../plan.js';
import { candidatesOf } from '../search/candidates.js';
import { type BelievedRequest, openBelieved } from './believed.js';

export interface RehearseOptions {
  /** Answers of the planner in each campaign, of `request.count` proposals each. */
  readonly rounds: number;
  /** How many campaigns, each with a truth of its own. */
  readonly seeds: number;
}

/** On the models' scale, in the property's own direction. */
export interface Rehearsal {
  /** The best result before the first round. */
  readonly before: number;
  readonly rounds: readonly RehearsedRound[];
  /** After so many more experiments half of the campaigns have reached the top; null where fewer do. */
  readonly likelyAfter: number | null;
}

export interface RehearsedRound {
  readonly experiments: number;
  /** The best so far over the campaigns: quartiles, from the worst. */
  readonly low: number;
  readonly median: number;
  readonly high: number;
  /** The share of campaigns whose best is not below the best that is left by more than a twentieth of the range of results. */
  readonly atTop: number;
}

const mostAsked = 1000;
const nearTheTop = 0.05;
const mostLeft = 300;

/**
 * The campaign played through on its own results: a Gaussian process that knows kinds of inputs is the world, and each seed is one response that it holds
 * possible, searched by the request's strategy. Of that response only what is asked for is drawn, each result given all before it, which makes them one
 * joint draw; they have the noise that the process learned. Results from elsewhere are known to the strategy alone.
 */
export function rehearse(request: PlanRequest, { rounds, seeds }: RehearseOptions): Rehearsal {
  for (const [field, value] of Object.entries({ rounds, seeds, count: request.count })) {
    if (!(Number.isSafeInteger(value) && value >= 1 && value <= mostAsked)) {
      throw invalidInput(field, `${field} is ${value}; it must be a whole number from 1 to ${mostAsked}`);
    }
  }
  const believed = openBelieved(request);
  const { response } = believed;
  if (believed.model === null) {
    throw invalidInput('observations', 'a rehearsal needs at least three results to learn from');
  }
  const world = beliefs.fit(response.data, Philox.fromSeed(request.seed).split('world')) as GrowingSurrogate;
  const campaigns = Array.from({ length: seeds }, (_, s) => campaign(request, believed, world, rounds, s));
  const { sign, data } = response;
  const outcome = Array.from({ length: rounds }, (_, r): RehearsedRound => {
    const bests = campaigns.map(({ best }) => best[r]!).sort((a, b) => a - b);
    const at = (share: number): number => sign * bests[Math.round(share * (seeds - 1))]! + 0;
    return {
      experiments: (r + 1) * request.count,
      low: at(0.25),
      median: at(0.5),
      high: at(0.75),
      atTop: campaigns.filter(({ best, top, range }) => best[r]! >= top - nearTheTop * range).length / seeds,
    };
  });
  return {
    before: sign * Math.max(...data.y) + 0,
    rounds: outcome,
    likelyAfter: outcome.find(({ atTop }) => atTop >= 0.5)?.experiments ?? null,
  };
}

interface Campaign {
  /** After each round, larger is better. */
  readonly best: readonly number[];
  /** The best of what was found and of what was left. */
  readonly top: number;
  /** From the least result to the top. */
  readonly range: number;
}

function campaign(
  request: PlanRequest,
  { space, response, known, bestFirst }: BelievedRequest,
  start: GrowingSurrogate,
  rounds: number,
  s: number,
): Campaign {
  const label = `${request.seed}/rehearsal-${s}`;
  const rng = Philox.fromSeed(label);
  const { noiseVariance = 0 } = start.diagnostics();
  const best: number[] = [];
  const taken = new Set(known.taken);
  let world = start;
  let soFar = Math.max(...response.data.y);
  let asked: PlanRequest = request;
  const measure = (point: Point, stream: Philox): Observation => {
    const X = space.encode([point]);
    const { mean, variance } = world.predict(X);
    const value = mean[0]! + Math.sqrt(variance[0]! + noiseVariance) * stream.normal();
    world = world.withRows({ X, y: Float64Array.of(value) });
    soFar = Math.max(soFar, value);
    taken.add(space.key(point));
    return { point, values: [response.sign * value] };
  };
  for (let r = 0; r < rounds; r++) {
    const { proposals } = plan({ ...asked, seed: `${label}/${r}` });
    const results = proposals.map(({ point }, i) => measure(point, rng.split(`result-${r}-${i}`)));
    best.push(soFar);
    asked = {
      ...asked,
      observations: [...asked.observations, ...results],
      experimentsSoFar: asked.experimentsSoFar + results.length,
    };
  }
  const left = candidatesOf(space, taken, bestFirst, rng.split('left'));
  const top = Math.max(soFar, bestLeft(world, left.X, rng.split('top')));
  return { best, top, range: top - Math.min(...response.data.y) };
}

/** The best of one draw over the most promising of what is left. */
function bestLeft(world: GrowingSurrogate, X: Matrix, rng: Philox): number {
  if (X.rows === 0) return -Infinity;
  const { mean, variance } = world.predict(X);
  const upper = mean.map((value, i) => value + 2 * Math.sqrt(variance[i]!));
  const shortlist = selectRows(X, topK(upper, Math.min(mostLeft, X.rows)).indices);
  return world.sample(shortlist, 1, rng).data.reduce((most, value) => Math.max(most, value), -Infinity);
}
