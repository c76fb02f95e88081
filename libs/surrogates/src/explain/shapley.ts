/**
 * Shapley values (Štrumbelj and Kononenko 2014; Lundberg and Lee 2017): what each column, or group of columns, adds to a prediction beyond the mean over
 * background rows, shared out fairly: base + Σφ = prediction. For few players over all coalitions; for more, over random orders in which the
 * players come in, each order followed by its reverse.
 */
import { InvalidArgumentError, requireCount, row, type Matrix, type Philox } from '@ionloop/linalg';
import { coalitionValues, type Game } from './coalitions.js';
import { allGroups, averageOf, requireRowsFor, type Grouped, type Predictor } from './predictor.js';

const { abs, sqrt } = Math;

/** Players have 2²⁰ coalitions. */
const mostExact = 20;

export interface ShapleyOptions extends Grouped {
  /** Up to so many players all coalitions are gone through; 10 where it is left out, at most 20. */
  readonly exactUpTo?: number;
  /** Pairs of an order and its reverse where not; 25 where it is left out, at least 2. */
  readonly pairs?: number;
}

export interface ShapleyValues {
  /** The mean prediction over the background. */
  readonly base: number;
  readonly exact: boolean;
  /** The columns of each player, in the order of the groups, then of the columns. */
  readonly groups: readonly (readonly number[])[];
  /** One for each row of X. */
  readonly rows: readonly {
    readonly prediction: number;
    /** φ of each player: base + Σφ = prediction, up to rounding. */
    readonly values: readonly number[];
    /** What sampling of orders leaves uncertain; 0 where exact. That the background is a sample itself is not in it. */
    readonly standardErrors: readonly number[];
  }[];
  /** The mean of |φ| over the rows, for each player. */
  readonly meanAbsolute: readonly number[];
}

/**
 * Explains the rows of X (m,d) against a background (b,d), such as some tens of training rows. With p players, predicts m·b·2ᵖ rows, or
 * m·b·2·pairs·(p − 1).
 */
export function shapleyValues(
  model: Predictor,
  X: Matrix,
  background: Matrix,
  rng: Philox,
  options: ShapleyOptions = {},
): ShapleyValues {
  requireRowsFor(model, 'X', X);
  requireRowsFor(model, 'background', background);
  const { exactUpTo = 10, pairs = 25 } = options;
  requireCount('options.exactUpTo', exactUpTo);
  if (exactUpTo > mostExact)
    throw new InvalidArgumentError('options.exactUpTo', `must be at most ${mostExact}, not ${exactUpTo}`);
  requireCount('options.pairs', pairs, 2);
  const groups = allGroups(options, model.dimension);
  const exact = groups.length <= exactUpTo;
  const base = averageOf(model.predict(background).mean);
  const predictions = model.predict(X).mean;
  const rows = Array.from(predictions, (prediction, i) => {
    const game = { model, x: row(X, i), background, players: groups };
    const ends = { base, prediction };
    const shares = exact ? overCoalitions(game, ends) : overOrders(game, ends, pairs, rng.split(`row ${i}`));
    return { prediction, ...shares };
  });
  const meanAbsolute = groups.map((_, p) => averageOf(rows.map(({ values }) => abs(values[p]!))));
  return { base, exact, groups, rows, meanAbsolute };
}

/** v of nobody and of everybody. */
interface Ends {
  readonly base: number;
  readonly prediction: number;
}

interface Shares {
  readonly values: number[];
  readonly standardErrors: number[];
}

/** φₚ = Σ over S without p of |S|!(P − |S| − 1)!/P! · (v(S ∪ p) − v(S)), for P players. */
function overCoalitions(game: Game, { base, prediction }: Ends): Shares {
  const count = game.players.length;
  const all = (1 << count) - 1;
  const member = (set: number, p: number) => (set >> p) & 1;
  const coalitions = Array.from({ length: all - 1 }, (_, set) =>
    Uint8Array.from(game.players, (__, p) => member(set + 1, p)),
  );
  const v = Float64Array.of(base, ...coalitionValues(game, coalitions), prediction);
  const weights = coalitionWeights(count);
  const values = game.players.map((_, p) => {
    let sum = 0;
    for (let set = 0; set < all; set++)
      if (member(set, p) === 0) sum += weights[sizeOf(set)]! * (v[set | (1 << p)]! - v[set]!);
    return sum;
  });
  return { values, standardErrors: values.map(() => 0) };
}

/** 1/(P·(P − 1 over s)) for the sizes s = 0 … P − 1. */
function coalitionWeights(count: number): number[] {
  const weights: number[] = [];
  for (let s = 0, ways = 1; s < count; s++) {
    weights.push(1 / (count * ways));
    ways = (ways * (count - 1 - s)) / (s + 1);
  }
  return weights;
}

function sizeOf(set: number): number {
  let size = 0;
  for (let left = set; left > 0; left >>= 1) size += left & 1;
  return size;
}

/** The errors are those of the mean over pairs, which are independent; within a pair the two orders lean against each other. */
function overOrders(game: Game, ends: Ends, pairs: number, rng: Philox): Shares {
  const shares = Array.from({ length: pairs }, () => {
    const order = rng.permutation(game.players.length);
    const there = alongOrder(game, ends, order);
    const back = alongOrder(game, ends, order.toReversed());
    return there.map((value, p) => (value + back[p]!) / 2);
  });
  const values = game.players.map((_, p) => averageOf(shares.map((share) => share[p]!)));
  const standardErrors = values.map((value, p) => {
    const squares = shares.reduce((sum, share) => sum + (share[p]! - value) * (share[p]! - value), 0);
    return sqrt(squares / (pairs - 1) / pairs);
  });
  return { values, standardErrors };
}

/** What each player adds to those that came in before it. */
function alongOrder(game: Game, { base, prediction }: Ends, order: readonly number[]): number[] {
  const coalitions: Uint8Array[] = [];
  let coalition = new Uint8Array(order.length);
  for (const player of order.slice(0, -1)) {
    coalition = Uint8Array.from(coalition);
    coalition[player] = 1;
    coalitions.push(coalition);
  }
  const v = [base, ...coalitionValues(game, coalitions), prediction];
  const added = new Array<number>(order.length).fill(0);
  order.forEach((player, at) => (added[player] = v[at + 1]! - v[at]!));
  return added;
}
