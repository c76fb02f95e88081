/** A search along a line for a step at which the value has fallen enough and the slope has flattened (Moré and Thuente 1994). */
const { abs, max, min, sqrt } = Math;
const { isFinite } = Number;

/** A step t, the value there and the slope in t. */
export interface Place {
  readonly t: number;
  readonly value: number;
  readonly slope: number;
}

const sufficient = 1e-3;
const flat = 0.9;
const narrowest = 1e-15;
const maxTrials = 40;

/**
 * A place where value ≤ value(0) + 10⁻³·t·slope(0) and |slope| ≤ 0.9·|slope(0)|, at most at `longest`; where the second cannot be had, the
 * lowest place that satisfies the first. Undefined when there is none. A value or slope that is not finite counts as too far.
 */
export function searchLine<P extends Place>(
  from: Place,
  evaluate: (t: number) => P,
  first: number,
  longest: number,
): P | undefined {
  // `best` is the end of the interval with the lowest value, `other` the other one, once the minimum is bracketed.
  let best: Place = from;
  let other: Place | undefined;
  let found: P | undefined;
  let limit = longest;
  let width = Infinity;
  let earlierWidth = Infinity;
  let t = min(first, longest);
  for (let trial = 0; trial < maxTrials; trial++) {
    const at = evaluate(t);
    if (!isFinite(at.value) || !isFinite(at.slope)) {
      limit = best.t + 0.9 * (t - best.t);
      t = best.t + 0.5 * (t - best.t);
      if (abs(t - best.t) <= narrowest * limit) return found;
      continue;
    }
    const enough = from.value + sufficient * at.t * from.slope;
    if (at.value <= enough) {
      if (found === undefined || at.value < found.value) found = at;
      if (abs(at.slope) <= -flat * from.slope || (t === longest && at.slope < 0)) return at;
    }
    // A place that is lower but not low enough is judged by how far it lies above the line of sufficient decrease.
    const tilt = at.value > enough && at.value <= best.value ? sufficient * from.slope : 0;
    const next = nextStep(tilted(best, tilt), other && tilted(other, tilt), tilted(at, tilt), limit);
    [best, other] = narrowed(best, other, at, tilt);
    // Where rounding leaves no next step, halfway from the best one.
    t = isFinite(next) ? min(max(next, 0), longest) : 0.5 * (best.t + (other?.t ?? limit));
    if (other !== undefined) {
      // Two trials must shrink the interval to two thirds.
      if (abs(other.t - best.t) >= 0.66 * earlierWidth) t = best.t + 0.5 * (other.t - best.t);
      earlierWidth = width;
      width = abs(other.t - best.t);
      if (width <= narrowest * max(other.t, best.t)) return found;
    }
    if (t === best.t) return found;
  }
  return found;
}

function tilted({ t, value, slope }: Place, tilt: number): Place {
  return { t, value: value - tilt * t, slope: slope - tilt };
}

/** The interval after a trial: still one that holds a minimum. */
function narrowed(
  best: Place,
  other: Place | undefined,
  at: Place,
  tilt: number,
): [Place, Place | undefined] {
  const [b, a] = [tilted(best, tilt), tilted(at, tilt)];
  if (a.value > b.value) return [best, at];
  return [at, a.slope * b.slope < 0 ? best : other];
}

/** Where to try next, by the cubic and the quadratic or secant through the ends. */
function nextStep(best: Place, other: Place | undefined, at: Place, limit: number): number {
  const cubic = cubicStep(best, at);
  if (at.value > best.value) {
    const quadratic =
      best.t + (at.t - best.t) * (best.slope / ((best.value - at.value) / (at.t - best.t) + best.slope) / 2);
    return abs(cubic - best.t) < abs(quadratic - best.t) ? cubic : cubic + (quadratic - cubic) / 2;
  }
  const secant = at.t + (at.slope / (at.slope - best.slope)) * (best.t - at.t);
  if (at.slope * best.slope < 0) return abs(cubic - at.t) > abs(secant - at.t) ? cubic : secant;
  const outward = other === undefined ? min(at.t + 4 * (at.t - best.t), limit) : other.t;
  if (abs(at.slope) < abs(best.slope)) {
    // The slope falls off: further the same way.
    const ahead = (cubic - at.t) * (at.t - best.t) > 0 ? cubic : outward;
    const inward = min(at.t + 1.1 * (at.t - best.t), limit);
    if (other === undefined)
      return max(min(abs(ahead - at.t) > abs(secant - at.t) ? ahead : secant, outward), inward);
    const nearer = abs(ahead - at.t) < abs(secant - at.t) ? ahead : secant;
    const most = at.t + 0.66 * (other.t - at.t);
    return at.t > best.t ? min(most, nearer) : max(most, nearer);
  }
  return other === undefined ? outward : cubicStep(other, at);
}

/** The minimum of the cubic with the values and slopes of both places. */
function cubicStep(a: Place, b: Place): number {
  const width = b.t - a.t;
  const bend = (3 * (a.value - b.value)) / width + a.slope + b.slope;
  const size = max(abs(bend), abs(a.slope), abs(b.slope));
  const scaled = bend / size;
  const inside = scaled * scaled - (a.slope / size) * (b.slope / size);
  const root = size * sqrt(max(0, inside)) * (width < 0 ? -1 : 1);
  // From whichever end is the more exact.
  if (b.value > a.value) return a.t + ((root - a.slope + bend) / (root - a.slope + root + b.slope)) * width;
  return b.t + ((root + b.slope - bend) / (root + b.slope + root - a.slope)) * -width;
}
