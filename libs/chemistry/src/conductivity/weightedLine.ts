const { sqrt } = Math;

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
}

export interface Line {
  readonly slope: number;
  readonly at: (x: number) => number;
  /** Points less two. */
  readonly degrees: number;
  /** The weighted sum of squared residuals per degree of freedom; null where there is none. */
  readonly variance: number | null;
  /** Standard errors for points whose variance is one over their weight. */
  readonly unitSlopeError: number;
  readonly unitError: (x: number) => number;
  readonly rSquared: number;
}

/** Weighted least squares of y on x, about the weighted means. */
export function fitLine(points: readonly LinePoint[]): Line {
  const sum = (term: (point: LinePoint) => number): number =>
    points.reduce((total, point) => total + point.weight * term(point), 0);
  const weights = sum(() => 1);
  const meanX = sum(({ x }) => x) / weights;
  const meanY = sum(({ y }) => y) / weights;
  const sxx = sum(({ x }) => (x - meanX) * (x - meanX));
  const sxy = sum(({ x, y }) => (x - meanX) * (y - meanY));
  const syy = sum(({ y }) => (y - meanY) * (y - meanY));
  const slope = sxy / sxx;
  const residual = sum(({ x, y }) => {
    const difference = y - meanY - slope * (x - meanX);
    return difference * difference;
  });
  const degrees = points.length - 2;
  return {
    slope,
    at: (x) => meanY + slope * (x - meanX),
    degrees,
    variance: degrees > 0 ? residual / degrees : null,
    unitSlopeError: sqrt(1 / sxx),
    unitError: (x) => sqrt(1 / weights + ((x - meanX) * (x - meanX)) / sxx),
    rSquared: syy === 0 ? 1 : 1 - residual / syy,
  };
}

/** What a parabola adds to the line: its largest departure at the points, and how many standard errors its coefficient is from zero. */
export function curvature(
  points: readonly LinePoint[],
  line: Line,
): { readonly largest: number; readonly t: number; readonly degrees: number } | null {
  const degrees = points.length - 3;
  if (degrees < 1 || new Set(points.map(({ x }) => x)).size < 4) return null;
  const scale = points.reduce((most, { x }) => Math.max(most, Math.abs(x)), 0);
  const squares = points.map(({ x, weight }) => ({ x, y: (x / scale) * (x / scale), weight }));
  const beside = fitLine(squares);
  const rests = points.map(({ x, y, weight }, i) => ({
    weight,
    bend: (squares[i]?.y ?? NaN) - beside.at(x),
    rest: y - line.at(x),
  }));
  const bends = rests.reduce((sum, { weight, bend }) => sum + weight * bend * bend, 0);
  const coefficient = rests.reduce((sum, { weight, bend, rest }) => sum + weight * bend * rest, 0) / bends;
  const left = rests.reduce((sum, { weight, bend, rest }) => {
    const difference = rest - coefficient * bend;
    return sum + weight * difference * difference;
  }, 0);
  return {
    largest: rests.reduce((most, { bend }) => Math.max(most, Math.abs(coefficient * bend)), 0),
    t: Math.abs(coefficient) / sqrt(left / degrees / bends),
    degrees,
  };
}
