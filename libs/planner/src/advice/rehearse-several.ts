import { hypervolume, type Interval, logWindow, nonDominated } from '@ionloop/acquisition';
import { invalidInput, type Observation, type PlanRequest, type Point } from '@ionloop/domain';
import { matrix, type Matrix, Philox, selectRows, topK } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { meansOf } from '@ionloop/surrogates';
import { intervalOf, knowledgeOf, type Response } from '../knowledge/knowledge.js';
import { meritOf } from '../knowledge/merit.js';
import { checkedStrategy } from '../request/check.js';
import { spaceOf } from '../request/space.js';
import { candidatesOf } from '../search/candidates.js';
import { strategyTable } from '../strategies/table.js';
import { playRounds } from './playing.js';
import type { PlayedCampaign, RehearsedGoals, RehearseOptions } from './rehearsed.js';
import { type Expected, fewestToLearn, type World, type Worlds, worldsOf } from './world.js';

const { ceil, max, min, sqrt } = Math;

const mostLeft = 300;
/** So far below the worst result an outcome still beats something, in parts of the range. */
const below = 0.1;
/** 95 % of a normal lie within so many standard deviations. */
const nearlyAll = 1.959963984540054;

/** A measured property, whether it is wanted or limited. */
interface Measured {
  readonly property: string;
  readonly response: Response;
  readonly worlds: Worlds;
}

/** Of one outcome: how good it is by each objective, in parts of the range of results above a place just below the worst. */
interface Judged {
  readonly merits: readonly number[];
  readonly keepsLimits: boolean;
  readonly inWindows: boolean;
  /** The first objective, larger is better. */
  readonly first: number;
}

interface Opened {
  readonly request: PlanRequest;
  readonly space: Space;
  readonly taken: ReadonlySet<string>;
  readonly measured: readonly Measured[];
  readonly windows: readonly (Interval | null)[];
  /** Which of the measured ones each limit is on. */
  readonly limited: readonly { readonly at: number; readonly window: Interval }[];
  /** Values of `measured`, larger is better but for windows and limits. */
  judge(values: readonly number[]): Judged;
  /** Of the results so far those in which everything was measured. */
  readonly before: readonly Judged[];
}

/** With several objectives, a window or limits: what counts is the volume that is beaten, over what can be. */
export function openSeveralGoals(request: PlanRequest, options: RehearseOptions): RehearsedGoals {
  const opened = open(request, options);
  const learned = opened.measured.every(({ response }) => response.data.y.length >= fewestToLearn);
  return {
    measure: 'share',
    learnedFrom: learned ? 'results' : 'expectations',
    sign: 1,
    play: (number) => campaign(opened, options.rounds, number),
  };
}

function open(request: PlanRequest, options: RehearseOptions): Opened {
  checkedStrategy(strategyTable, request);
  const { objectives, constraints = [] } = request;
  const space = spaceOf(request.space);
  const known = knowledgeOf(space, request, false);
  const rng = Philox.fromSeed(request.seed).split('world');
  const asked = objectives.map(({ property }, k) => ({ property, response: known.responses[k]! }));
  constraints.forEach(({ property }, k) => {
    // A property that is wanted and limited is measured once.
    if (asked.some((one) => one.property === property)) return;
    asked.push({ property, response: known.constraints[k]! });
  });
  const expected = (property: string): Expected | undefined =>
    property === objectives[0].property
      ? (options.expected ?? options.expectedOf?.[property])
      : options.expectedOf?.[property];
  const measured = asked.map(({ property, response }): Measured => {
    const worlds = worldOf(property, response, expected(property), rng);
    return { property, response, worlds };
  });
  const windows = objectives.map((objective) => (objective.goal === 'window' ? intervalOf(objective) : null));
  const limited = constraints.map((limit) => {
    const at = measured.findIndex(({ property }) => property === limit.property);
    const { low, high } = intervalOf(limit);
    // A property that is minimised is looked at from the other side.
    const isTurned = measured[at]!.response.sign < 0;
    return { at, window: isTurned ? { low: 0 - high, high: 0 - low } : { low, high } };
  });
  const scales = objectives.map(({ property }, k) =>
    scaleOf(measured[k]!.response, windows[k]!, expected(property)),
  );
  const judge = (values: readonly number[]): Judged => ({
    merits: scales.map((scale, k) => scale(values[k]!)),
    keepsLimits: limited.every(({ at, window }) => isWithin(values[at]!, window)),
    inWindows: windows.every((window, k) => window === null || isWithin(values[k]!, window)),
    first: values[0]!,
  });
  const rows = known.responses[0].rows.flatMap((row) => {
    const values = measured.map(({ response: { rows: own, data } }) => data.y[own.indexOf(row)]);
    return values.every((value) => value !== undefined) ? [judge(values)] : [];
  });
  return { request, space, taken: known.taken, measured, windows, limited, judge, before: rows };
}

function worldOf(
  property: string,
  { data, sign }: Response,
  expected: Expected | undefined,
  rng: Philox,
): Worlds {
  if (data.y.length < fewestToLearn && expected === undefined) {
    throw invalidInput(
      'observations',
      `there are ${data.y.length} results of ${property}; a rehearsal needs at least three to learn from, or to be told what to expect`,
    );
  }
  const signed = expected && { ...expected, mean: sign * expected.mean };
  return worldsOf(data, signed, rng.split(property));
}

const isWithin = (value: number, { low, high }: Interval): boolean => value >= low && value <= high;

function scaleOf(
  { data: { y }, sign }: Response,
  window: Interval | null,
  expected: Expected | undefined,
): (value: number) => number {
  const ends =
    y.length >= fewestToLearn || expected === undefined
      ? [...y]
      : [-nearlyAll, nearlyAll].map((z) => sign * expected.mean + z * expected.sd);
  const merits = ends.map((value) => meritOf(value, window));
  const low = merits.reduce((a, b) => min(a, b), Infinity);
  const high = window === null ? merits.reduce((a, b) => max(a, b), -Infinity) : 0;
  const spread = max(...ends) - min(...ends);
  const range = high > low ? high - low : spread > 0 ? spread : 1;
  return (value) => max(0, (meritOf(value, window) - low) / range + below);
}

function campaign(opened: Opened, rounds: number, s: number): PlayedCampaign {
  const { request, space, taken, measured, before, judge } = opened;
  const { objectives, constraints = [] } = request;
  const label = `${request.seed}/rehearsal-${s}`;
  const rng = Philox.fromSeed(label);
  const worlds = measured.map((one) => one.worlds(space));
  const judged: Judged[] = [];
  const measure = (point: Point, stream: Philox): Observation => {
    const values = measured.map(({ property }, k) => worlds[k]!.measure(point, stream.split(property)));
    judged.push(judge(values));
    const asMeasured = (at: number): number => measured[at]!.response.sign * values[at]!;
    return {
      point,
      values: objectives.map((_, k) => asMeasured(k)),
      ...(constraints.length > 0 && { limited: opened.limited.map(({ at }) => asMeasured(at)) }),
    };
  };
  const played = playRounds({ ...{ request, space, taken, rounds, label, rng }, measure });
  const found = [...before, ...judged];
  const reached = new Reached(objectives.length);
  before.forEach((one) => reached.add(one));
  const start = reached.volume();
  const states = played.rounds.map(({ results }, r) => {
    const from = before.length + (played.rounds[r - 1]?.results ?? 0);
    found.slice(from, before.length + results).forEach((one) => reached.add(one));
    return { volume: reached.volume(), kept: reached.isMet, first: reached.first };
  });
  const promising = played.results.map(({ point }) => point);
  bestLeft(opened, worlds, promising, played.taken, rng).forEach((one) => reached.add(one));
  const possible = reached.volume();
  const share = (volume: number): number => (possible > 0 ? volume / possible : 0);
  return {
    best: states.map(({ volume }) => share(volume)),
    top: 1,
    range: 1,
    before: before.length === 0 ? null : share(start),
    spent: played.rounds.map(({ spent }) => spent),
    several: states.map(({ kept, first }) => ({ kept, first })),
  };
}

/** What outcomes that keep all limits have reached together. */
class Reached {
  isMet = false;
  first: number | null = null;
  private front: Matrix;

  constructor(private readonly objectives: number) {
    this.front = matrix(0, objectives);
  }

  add({ merits, keepsLimits, inWindows, first }: Judged): void {
    if (!keepsLimits) return;
    this.isMet ||= inWindows;
    this.first = this.first === null ? first : max(this.first, first);
    const { rows, cols, data } = this.front;
    const all = matrix(rows + 1, cols, Float64Array.of(...data, ...merits));
    this.front = selectRows(all, nonDominated(all));
  }

  volume(): number {
    return this.front.rows === 0 ? 0 : hypervolume(this.front, new Float64Array(this.objectives));
  }
}

/** One draw of everything at the most promising of what is left. */
function bestLeft(
  { space, windows, limited, judge }: Opened,
  worlds: readonly World[],
  near: readonly Point[],
  taken: ReadonlySet<string>,
  rng: Philox,
): readonly Judged[] {
  const expectations = windows.map(
    (window, k) =>
      (X: Matrix): Float64Array =>
        meansOf(worlds[k]!.process, X).map((value) => meritOf(worlds[k]!.inUnits(value), window)),
  );
  const { X } = candidatesOf(space, taken, near.toReversed(), expectations, rng.split('left'));
  if (X.rows === 0) return [];
  const chosen = selectRows(X, shortlist(X, worlds, windows, limited));
  const drawn = worlds.map(({ process, inUnits }, k) =>
    process.sample(chosen, 1, rng.split(`top-${k}`)).data.map(inUnits),
  );
  return Array.from({ length: chosen.rows }, (_, i) => judge(drawn.map((values) => values[i]!)));
}

/** The most promising by each objective, as far as they may keep the limits. */
function shortlist(
  X: Matrix,
  worlds: readonly World[],
  windows: Opened['windows'],
  limited: Opened['limited'],
): readonly number[] {
  if (X.rows <= mostLeft) return Array.from({ length: X.rows }, (_, i) => i);
  const believed = worlds.map(({ process, inUnits }) => {
    const { mean, variance } = process.predict(X);
    const unit = inUnits(1) - inUnits(0);
    return { mean: mean.map(inUnits), sd: variance.map((value) => unit * sqrt(value)) };
  });
  const within = Float64Array.from({ length: X.rows }, (_, i) =>
    limited.reduce((sum, { at, window }) => {
      const { mean, sd } = believed[at]!;
      return sum + logWindow(mean[i]!, sd[i]!, window);
    }, 0),
  );
  const chosen = new Set<number>();
  windows.forEach((window, k) => {
    const { mean, sd } = believed[k]!;
    const spread = max(
      1e-300,
      mean.reduce((a, b) => max(a, b), -Infinity) - mean.reduce((a, b) => min(a, b), Infinity),
    );
    const hope = mean.map((value, i) => {
      const hopes = [-2, 0, 2].map((z) => meritOf(value + z * sd[i]!, window));
      return max(...hopes) / spread + within[i]!;
    });
    for (const i of topK(hope, ceil(mostLeft / windows.length)).indices) chosen.add(i);
  });
  return [...chosen].sort((a, b) => a - b);
}
