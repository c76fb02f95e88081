/** Several acquisitions, of which each proposal takes one: more often those that have paid. K is their number. */
import { exp, InvalidArgumentError, requireLength, type Philox } from '@ionloop/linalg';
import type { Acquisition } from './contract.js';

const { max, sqrt } = Math;

/** How often an acquisition has been used, and how often what it proposed became the best so far. */
export interface TrackRecord {
  readonly uses: number;
  readonly improvements: number;
}

const floor = 0.05;

/** p_k = 0.05/K + 0.95·w_k/Σw with w_k = (1 + improvements)/√(1 + uses): (K), of sum 1. */
export function adaptiveShares(records: readonly TrackRecord[]): Float64Array {
  requireMembers('records', records);
  const weights = Float64Array.from(records, ({ uses, improvements }, k) => {
    if (!(uses >= 0 && improvements >= 0 && improvements <= uses && uses < Infinity))
      throw new InvalidArgumentError(`records[${k}]`, 'must have 0 ≤ improvements ≤ uses');
    return (1 + improvements) / sqrt(1 + uses);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => floor / weights.length + ((1 - floor) * weight) / total);
}

/**
 * GP-Hedge (Hoffman, Brochu and de Freitas 2011): p_k ∝ exp(rate·g_k), with gains g_k (K) the sums, over the rounds, of what the model now
 * believes of what each would have proposed.
 */
export function hedgeShares(gains: ArrayLike<number>, rate = 1): Float64Array {
  if (!(rate > 0) || rate === Infinity)
    throw new InvalidArgumentError('rate', `must be above 0, not ${rate}`);
  const values = Float64Array.from(gains);
  requireMembers('gains', values);
  const largest = values.reduce((most, gain) => max(most, gain), -Infinity);
  if (!values.every(Number.isFinite)) throw new InvalidArgumentError('gains', 'must be finite');
  const weights = values.map((gain) => exp(rate * (gain - largest)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** One of K by their shares. */
export function drawMember(shares: Float64Array, rng: Philox): number {
  requireMembers('shares', shares);
  const total = shares.reduce((sum, share) => sum + share, 0);
  let left = rng.uniform() * total;
  for (let k = 0; k < shares.length; k++) {
    left -= shares[k]!;
    if (left < 0) return k;
  }
  return shares.length - 1;
}

/** The member that this stream draws by its share scores; `drawMember(shares, rng.split('portfolio'))` says which. */
export function portfolio(members: readonly Acquisition[], shares: Float64Array): Acquisition {
  requireMembers('members', members);
  requireLength('shares', shares, members.length);
  return {
    name: 'portfolio',
    score: (model, candidates, context) => {
      const member = members[drawMember(shares, context.rng.split('portfolio'))]!;
      return member.score(model, candidates, { ...context, rng: context.rng.split('member') });
    },
  };
}

function requireMembers(name: string, values: { readonly length: number }): void {
  if (values.length === 0) throw new InvalidArgumentError(name, 'must hold at least one');
}
