import { invalidInput, type PlanRequest } from '@ionloop/domain';
import { type Matrix, Philox, selectRows, topK } from '@ionloop/linalg';
import { meansOf } from '@ionloop/surrogates';
import { plan } from '../plan.js';
import { candidatesOf } from '../search/candidates.js';
import { type BelievedRequest, openBelieved, requireOneGoal } from './believed.js';
import { type Expected, type World, type Worlds, worldsOf } from './world.js';

export interface RehearseOptions {
  /** Answers of the planner in each campaign, of `request.count` proposals each. */
  readonly rounds: number;
  /** How many campaigns, each with a truth of its own. */
  readonly seeds: number;
  /** A result that is wanted, on the models' scale. */
  readonly target?: number;
  /** What results are taken to be where there are fewer than three; not looked at where there are more. */
  readonly expected?: Expected;
  /** Told how many campaigns are done. */
  readonly onCampaign?: (done: number) => void;
}

/** On the models' scale, in the property's own direction. */
export interface Rehearsal {
  /** Whether the worlds were made of the results, or of what was expected. */
  readonly learnedFrom: 'results' | 'expectations';
  /** The best result before the first round; null where there is none. */
  readonly before: number | null;
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
  /** The best so far of each campaign, in their order. */
  readonly bests: readonly number[];
  /** The share of campaigns whose best is not below the best that is left by more than a twentieth of the range of results. */
  readonly atTop: number;
  /** The share of campaigns that have reached the target; null where none was named. */
  readonly reached: number | null;
}

const mostAsked = 1000;
const nearTheTop = 0.05;
const mostLeft = 300;

/** A rehearsal whose campaigns are played one by one, each from its number alone: by threads, in any order. */
export interface OpenRehearsal {
  play(number: number): PlayedCampaign;
  /** What the campaigns say together, in the order of their numbers. */
  outcome(campaigns: readonly PlayedCampaign[]): Rehearsal;
}

/**
 * The campaign played through on its own results: a Gaussian process that knows kinds of inputs is the world, and each seed is one response that it holds
 * possible, searched by the request's strategy. Of that response only what is asked for is drawn, each result given all before it, which makes them one
 * joint draw; they have the noise that the process learned. Points under way have their results before the first round. Results from elsewhere are known
 * to the strategy alone. Before there are three results the process is that of its priors, in units of what is expected.
 */
export function rehearse(request: PlanRequest, options: RehearseOptions): Rehearsal {
  const rehearsal = openRehearsal(request, options);
  const campaigns = Array.from({ length: options.seeds }, (_, s) => {
    const played = rehearsal.play(s);
    options.onCampaign?.(s + 1);
    return played;
  });
  return rehearsal.outcome(campaigns);
}

export function openRehearsal(request: PlanRequest, options: RehearseOptions): OpenRehearsal {
  const { rounds, seeds, target, expected } = options;
  for (const [field, value] of Object.entries({ rounds, seeds, count: request.count })) {
    if (!(Number.isSafeInteger(value) && value >= 1 && value <= mostAsked)) {
      throw invalidInput(field, `${field} is ${value}; it must be a whole number from 1 to ${mostAsked}`);
    }
  }
  if (target !== undefined && !Number.isFinite(target)) {
    throw invalidInput('target', `the target is ${target}; it must be a finite number`);
  }
  requireOneGoal(request);
  const believed = openBelieved(request);
  const { sign, data } = believed.response;
  const signed = expected && { ...expected, mean: sign * expected.mean };
  const worlds = worldsOf(data, signed, Philox.fromSeed(request.seed).split('world'));
  return {
    play: (number) => campaign(request, believed, worlds, rounds, number),
    outcome: (campaigns) => outcomeOf(request, options, believed, campaigns),
  };
}

function outcomeOf(
  request: PlanRequest,
  { rounds, target }: RehearseOptions,
  { response, model }: BelievedRequest,
  campaigns: readonly PlayedCampaign[],
): Rehearsal {
  const { sign, data } = response;
  const seeds = campaigns.length;
  const outcome = Array.from({ length: rounds }, (_, r): RehearsedRound => {
    const bests = campaigns.map(({ best }) => best[r]!);
    const ascending = bests.toSorted((a, b) => a - b);
    const at = (share: number): number => sign * ascending[Math.round(share * (seeds - 1))]! + 0;
    return {
      experiments: (r + 1) * request.count,
      low: at(0.25),
      median: at(0.5),
      high: at(0.75),
      bests: bests.map((value) => sign * value + 0),
      atTop: campaigns.filter(({ best, top, range }) => best[r]! >= top - nearTheTop * range).length / seeds,
      reached: target === undefined ? null : bests.filter((value) => value >= sign * target).length / seeds,
    };
  });
  return {
    learnedFrom: model === null ? 'expectations' : 'results',
    before: data.y.length === 0 ? null : sign * Math.max(...data.y) + 0,
    rounds: outcome,
    likelyAfter: outcome.find(({ atTop }) => atTop >= 0.5)?.experiments ?? null,
  };
}

/** Plain data. */
export interface PlayedCampaign {
  /** After each round, larger is better. */
  readonly best: readonly number[];
  /** The best of what was found and of what was left. */
  readonly top: number;
  /** From the least result to the top; of a campaign without results before the first round, the least that it found. */
  readonly range: number;
}

function campaign(
  request: PlanRequest,
  { space, response, known, bestFirst }: BelievedRequest,
  worlds: Worlds,
  rounds: number,
  s: number,
): PlayedCampaign {
  const label = `${request.seed}/rehearsal-${s}`;
  const rng = Philox.fromSeed(label);
  const world = worlds(space);
  const found = [...response.data.y];
  const best: number[] = [];
  const taken = new Set(known.taken);
  const before = found.length;
  let asked: PlanRequest = { ...request, pending: [] };
  const measure = (points: PlanRequest['pending'], stream: string): void => {
    const results = points.map((point, i) => {
      const value = world.measure(point, rng.split(`${stream}-${i}`));
      found.push(value);
      taken.add(space.key(point));
      return { point, values: [response.sign * value] };
    });
    asked = { ...asked, observations: [...asked.observations, ...results] };
  };
  measure(request.pending, 'under-way');
  for (let r = 0; r < rounds; r++) {
    const { proposals } = plan({ ...asked, seed: `${label}/${r}` });
    measure(
      proposals.map(({ point }) => point),
      `result-${r}`,
    );
    asked = { ...asked, experimentsSoFar: asked.experimentsSoFar + proposals.length };
    best.push(Math.max(...found));
  }
  const expected = (X: Matrix): Float64Array => meansOf(world.process, X);
  const left = candidatesOf(space, taken, bestFirst, [expected], rng.split('left'));
  const top = Math.max(...found, bestLeft(world, left.X, rng.split('top')));
  return { best, top, range: top - Math.min(...(before === 0 ? found : found.slice(0, before))) };
}

/** The best of one draw over the most promising of what is left. */
function bestLeft({ process, inUnits }: World, X: Matrix, rng: Philox): number {
  if (X.rows === 0) return -Infinity;
  const { mean, variance } = process.predict(X);
  const upper = mean.map((value, i) => value + 2 * Math.sqrt(variance[i]!));
  const shortlist = selectRows(X, topK(upper, Math.min(mostLeft, X.rows)).indices);
  const most = process.sample(shortlist, 1, rng).data.reduce((a, b) => Math.max(a, b), -Infinity);
  return inUnits(most);
}
