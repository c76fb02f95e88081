/** Analytic functions at 2000 drawn points each. `exp` and `cos` are the core's own, so that a pool is the same on every machine. */
import { cos, exp, latinHypercube, Philox } from '@ionloop/linalg';

const square = (x) => x * x;
const scaled = (unit, low, high) => low + (high - low) * unit;
const names = (letter, count) => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);

function branin([u, v]) {
  const x = scaled(u, -5, 10);
  const y = scaled(v, 0, 15);
  const bend = y - (5.1 / (4 * square(Math.PI))) * square(x) + (5 / Math.PI) * x - 6;
  return square(bend) + 10 * (1 - 1 / (8 * Math.PI)) * cos(x) + 10;
}

const hartmannWeights = [1, 1.2, 3, 3.2];

const hartmann = (widths, centres) => (point) =>
  -hartmannWeights.reduce((sum, weight, i) => {
    const distance = point.reduce((far, x, j) => far + widths[i][j] * square(x - centres[i][j]), 0);
    return sum + weight * exp(-distance);
  }, 0);

const hartmann3 = hartmann(
  [
    [3, 10, 30],
    [0.1, 10, 35],
    [3, 10, 30],
    [0.1, 10, 35],
  ],
  [
    [0.3689, 0.117, 0.2673],
    [0.4699, 0.4387, 0.747],
    [0.1091, 0.8732, 0.5547],
    [0.0381, 0.5743, 0.8828],
  ],
);

const hartmann6 = hartmann(
  [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
  ],
  [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
  ],
);

function ackley(point) {
  const x = point.map((unit) => scaled(unit, -5, 5));
  const squares = x.reduce((sum, value) => sum + square(value), 0) / x.length;
  const waves = x.reduce((sum, value) => sum + cos(2 * Math.PI * value), 0) / x.length;
  return 20 + Math.E - 20 * exp(-0.2 * Math.sqrt(squares)) - exp(waves);
}

/** A blend of five: two components that help each other, one that spoils beyond a little, and a narrow region that is best. */
function blend([a, b, c, d, e]) {
  const near = square(a - 0.35) + square(b - 0.3) + square(c - 0.2) + square(d - 0.1) + square(e - 0.05);
  return (
    2 * a + b + 12 * a * b + 4 * b * c - 30 * square(Math.max(0, d - 0.15)) - 3 * e + 5 * exp(-near / 0.02)
  );
}

export const functions = {
  branin: { goal: 'min', inputs: names('x', 2), noise: 0.1, of: branin },
  hartmann3: { goal: 'min', inputs: names('x', 3), noise: 0, of: hartmann3 },
  hartmann6: { goal: 'min', inputs: names('x', 6), noise: 0.1, of: hartmann6 },
  ackley4: { goal: 'min', inputs: names('x', 4), noise: 0, of: ackley },
  blend: {
    goal: 'max',
    inputs: names('part', 5),
    amounts: names('part', 5),
    noise: 0.1,
    of: blend,
  },
};

/** Spread over the unit cube; for a blend, evenly over all blends. */
function pointsOf({ inputs, amounts }, count, rng) {
  if (amounts === undefined) {
    const { data } = latinHypercube(inputs.length, count, rng);
    return Array.from({ length: count }, (_, i) => [
      ...data.subarray(i * inputs.length, (i + 1) * inputs.length),
    ]);
  }
  return Array.from({ length: count }, () => {
    const parts = inputs.map(() => rng.exponential());
    const total = parts.reduce((sum, part) => sum + part, 0);
    return parts.map((part) => part / total);
  });
}

export function analyticRows(name, count) {
  const made = functions[name];
  return pointsOf(made, count, Philox.fromSeed(`bench/discovery/points of ${name}`)).map((point) => ({
    cells: point.map(String),
    value: made.of(point),
  }));
}
