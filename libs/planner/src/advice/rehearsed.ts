import type { Expected } from './world.js';

export interface RehearseOptions {
  /** Answers of the planner in each campaign, of `request.count` proposals each. */
  readonly rounds: number;
  /** How many campaigns, each with a truth of its own. */
  readonly seeds: number;
  /** A result of the first objective that is wanted, on the models' scale; not of one whose goal is a window. */
  readonly target?: number;
  /** What results of the first objective are taken to be where there are fewer than three; not looked at where there are more. */
  readonly expected?: Expected;
  /** The same of the other properties that are measured, by name. */
  readonly expectedOf?: Readonly<Record<string, Expected>>;
  /** Told how many campaigns are done. */
  readonly onCampaign?: (done: number) => void;
}

/** On the models' scale, in the property's own direction. */
export interface Rehearsal {
  /**
   * What rounds count. `value`: the best result of one objective that is to be as large, or small, as can be. `share`, with several objectives, a
   * window or limits: the volume that results which keep all limits beat, over what could be beaten in the campaign's own response.
   */
  readonly measure: 'value' | 'share';
  /** Whether the worlds were made of the results, or of what was expected; of several properties of neither where one has too few results. */
  readonly learnedFrom: 'results' | 'expectations';
  /** The best result before the first round, or the median of the share; null where there is none. */
  readonly before: number | null;
  readonly rounds: readonly RehearsedRound[];
  /** After so many more experiments half of the campaigns have reached the top; null where fewer do. */
  readonly likelyAfter: number | null;
}

export interface RehearsedRound {
  readonly experiments: number;
  /** The best so far, or the share, over the campaigns: quartiles, from the worst. */
  readonly low: number;
  readonly median: number;
  readonly high: number;
  /** The same of each campaign, in their order. */
  readonly bests: readonly number[];
  /** The share of campaigns whose best is not below the best that is left by more than a twentieth of the range of results. */
  readonly atTop: number;
  /** The share of campaigns that have reached the target; null where none was named. */
  readonly reached: number | null;
  /** The share of campaigns with a result that keeps all limits and lies in all windows; null where there are neither. */
  readonly kept: number | null;
  /** Median of the best of one objective among results that keep all limits; null without limits, and where fewer than half have one. */
  readonly bestKept: number | null;
  /** Median of what was spent on the experiments so far; null where costs are not said. */
  readonly spent: number | null;
}

/** A rehearsal whose campaigns are played one by one, each from its number alone: by threads, in any order. */
export interface OpenRehearsal {
  play(number: number): PlayedCampaign;
  /** What the campaigns say together, in the order of their numbers. */
  outcome(campaigns: readonly PlayedCampaign[]): Rehearsal;
}

/** Plain data. */
export interface PlayedCampaign {
  /** After each round, larger is better. */
  readonly best: readonly number[];
  /** The best of what was found and of what was left. */
  readonly top: number;
  /** From the least result to the top; of a campaign without results before the first round, the least that it found. */
  readonly range: number;
  /** Before the first round; null where there was nothing. */
  readonly before: number | null;
  /** After each round. */
  readonly spent: readonly number[];
  /** With several goals: after each round, whether a result keeps all limits and lies in all windows, and the best by the first objective that keeps all limits. */
  readonly several: readonly { readonly kept: boolean; readonly first: number | null }[] | null;
}

/** How the campaigns of a request are played. */
export interface RehearsedGoals {
  readonly measure: Rehearsal['measure'];
  readonly learnedFrom: Rehearsal['learnedFrom'];
  /** −1 where the numbers of campaigns are those of a property that is minimised. */
  readonly sign: 1 | -1;
  play(number: number): PlayedCampaign;
}
