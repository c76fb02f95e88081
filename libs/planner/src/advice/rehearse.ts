import { invalidInput, type PlanRequest } from '@ionloop/domain';
import { isOneGoal } from './believed.js';
import { isMoneySpent } from './playing.js';
import { openOneGoal } from './rehearse-one.js';
import { openSeveralGoals } from './rehearse-several.js';
import type {
  OpenRehearsal,
  PlayedCampaign,
  Rehearsal,
  RehearsedGoals,
  RehearsedRound,
  RehearseOptions,
} from './rehearsed.js';

const mostAsked = 1000;
const nearTheTop = 0.05;

/**
 * The campaign played through on its own results: a Gaussian process that knows kinds of inputs is the world, and each seed is one response that it holds
 * possible, searched by the request's strategy. Of that response only what is asked for is drawn, each result given all before it, which makes them one
 * joint draw; they have the noise that the process learned. Points under way have their results before the first round. Results from elsewhere are known
 * to the strategy alone. Before there are three results the process is that of its priors, in units of what is expected. Of several properties each has
 * a world of its own. What experiments may cost ends a campaign.
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
  check(request, options);
  const goals = isOneGoal(request) ? openOneGoal(request, options) : openSeveralGoals(request, options);
  return {
    play: goals.play,
    outcome: (campaigns) => outcomeOf(request, options, goals, campaigns),
  };
}

function check(request: PlanRequest, { rounds, seeds, target }: RehearseOptions): void {
  for (const [field, value] of Object.entries({ rounds, seeds, count: request.count })) {
    if (!(Number.isSafeInteger(value) && value >= 1 && value <= mostAsked)) {
      throw invalidInput(field, `${field} is ${value}; it must be a whole number from 1 to ${mostAsked}`);
    }
  }
  if (target !== undefined && !Number.isFinite(target)) {
    throw invalidInput('target', `the target is ${target}; it must be a finite number`);
  }
  const [first] = request.objectives;
  if (target !== undefined && first.goal === 'window') {
    throw invalidInput('target', `${first.property} is wanted in a window: that is the target already`);
  }
  if (isMoneySpent(request)) {
    const { budget, spent } = request.cost!;
    throw invalidInput(
      'cost.budget',
      `of the ${budget} that experiments may cost ${spent} are spent: there is nothing left to rehearse with`,
    );
  }
}

function outcomeOf(
  request: PlanRequest,
  { rounds, target }: RehearseOptions,
  { measure, learnedFrom, sign }: RehearsedGoals,
  campaigns: readonly PlayedCampaign[],
): Rehearsal {
  const { objectives, constraints = [], count, cost } = request;
  const seeds = campaigns.length;
  const [first] = objectives;
  const direction = first.goal === 'minimise' ? -1 : 1;
  const share = (good: (campaign: PlayedCampaign) => boolean): number =>
    campaigns.filter(good).length / seeds;
  const isBounded = constraints.length > 0 || objectives.some(({ goal }) => goal === 'window');
  const hasBestKept = measure === 'share' && objectives.length === 1 && first.goal !== 'window';
  const outcome = Array.from({ length: rounds }, (_, r): RehearsedRound => {
    const bests = campaigns.map(({ best }) => best[r]!);
    const ascending = bests.toSorted((a, b) => a - b);
    const at = (part: number): number => sign * ascending[Math.round(part * (seeds - 1))]! + 0;
    const firstOf = ({ best, several }: PlayedCampaign): number =>
      several === null ? best[r]! : (several[r]!.first ?? -Infinity);
    const middle = medianOf(campaigns.map(firstOf));
    return {
      experiments: (r + 1) * count,
      low: at(0.25),
      median: at(0.5),
      high: at(0.75),
      bests: bests.map((value) => sign * value + 0),
      atTop: share(({ best, top, range }) => best[r]! >= top - nearTheTop * range),
      reached: target === undefined ? null : share((one) => firstOf(one) >= direction * target),
      kept: isBounded ? share(({ several }) => several?.[r]?.kept === true) : null,
      bestKept: hasBestKept && middle > -Infinity ? direction * middle + 0 : null,
      spent: cost === undefined ? null : medianOf(campaigns.map(({ spent }) => spent[r]!)),
    };
  });
  const before = campaigns.flatMap((one) => (one.before === null ? [] : [one.before]));
  return {
    measure,
    learnedFrom,
    before: before.length === 0 ? null : sign * medianOf(before) + 0,
    rounds: outcome,
    likelyAfter: outcome.find(({ atTop }) => atTop >= 0.5)?.experiments ?? null,
  };
}

/** One of them: of an even number the lower of the two in the middle. */
const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
