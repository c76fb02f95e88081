import { toModelScale } from '@ionloop/chemistry';
import type { AcceptedResult, Campaign, PlanObjective } from '@ionloop/domain';
import { keepsLimits, meritOf, valueOfResults } from './value.js';

const { max, min } = Math;

/** An experiment, and what is accepted of it. */
export interface Outcome {
  readonly results: readonly AcceptedResult[];
}

type Goals = Pick<Campaign, 'objectives' | 'limits'>;

/** How good it is by each objective, the larger the better; null where one was not measured or a limit is not known to be kept. */
export function meritsOf({ results }: Outcome, campaign: Goals): readonly number[] | null {
  if (!keepsLimits(results, campaign)) return null;
  const merits = campaign.objectives.map((objective) => {
    const found = valueOfResults(results, objective);
    return found === null ? null : meritOnScale(found.value, objective);
  });
  return merits.every((merit) => merit !== null) ? merits : null;
}

/** On the scale that models see, null where a value has no place there: a volume over decades would be that of the largest value alone. */
export function meritOnScale(value: number, objective: PlanObjective): number | null {
  const { goal, transform } = objective;
  if (goal === 'window') return meritOf(value, objective);
  if (transform === 'log10' && !(value > 0)) return null;
  const scaled = toModelScale(value, transform);
  return goal === 'minimise' ? 0 - scaled : scaled;
}

/** Which of these no other beats: none is at least as good in everything and better in something. Of equal ones all. */
export function frontOf(merits: readonly (readonly number[] | null)[]): readonly boolean[] {
  const known = merits.filter((one) => one !== null);
  return merits.map((one) => one !== null && !known.some((other) => dominates(other, one)));
}

const covers = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((merit, k) => merit >= at(b, k));
/** Of lists of equal length. */
const at = (merits: readonly number[], k: number): number => merits[k] ?? 0;
const dominates = (a: readonly number[], b: readonly number[]): boolean => covers(a, b) && !covers(b, a);

/**
 * How the front grew, one after the other: of the box between the worst and the best of each objective, the share that is
 * beaten. An objective that does not vary counts as reached.
 */
export function volumesOf(merits: readonly (readonly number[] | null)[]): readonly number[] {
  const known = merits.filter((one) => one !== null);
  const unit = unitBox(known);
  let front: readonly (readonly number[])[] = [];
  let volume = 0;
  return merits.map((one) => {
    if (one === null) return volume;
    const point = unit(one);
    if (front.some((other) => covers(other, point))) return volume;
    volume = min(1, volume + gainOf(point, front));
    front = [...front.filter((other) => !covers(point, other)), point];
    return volume;
  });
}

function unitBox(known: readonly (readonly number[])[]): (merits: readonly number[]) => readonly number[] {
  const ends = (known[0] ?? []).map((_, k) => {
    const own = known.map((merits) => at(merits, k));
    return {
      low: own.reduce((a, b) => min(a, b), Infinity),
      high: own.reduce((a, b) => max(a, b), -Infinity),
    };
  });
  return (merits) => ends.map(({ low, high }, k) => (high > low ? (at(merits, k) - low) / (high - low) : 1));
}

/** What a point adds to what a front beats: its own box less what of it is beaten already. */
function gainOf(point: readonly number[], front: readonly (readonly number[])[]): number {
  const within = front.map((other) => other.map((merit, k) => min(merit, at(point, k))));
  return point.reduce((product, merit) => product * merit, 1) - volumeOf(within);
}

/** The volume between 0 and these points: each adds its box less what those after it have of that box. */
export function volumeOf(points: readonly (readonly number[])[]): number {
  const kept = points.filter(
    (point, i) =>
      !points.some((other, j) => j !== i && covers(other, point) && (!covers(point, other) || j < i)),
  );
  return kept.reduce((sum, point, i) => sum + gainOf(point, kept.slice(i + 1)), 0);
}
