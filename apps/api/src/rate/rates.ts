import type { Token } from '@ionloop/domain';
import type { BucketPolicy } from '@ionloop/engine';
import type { ServerResponse } from 'node:http';
import type { ApiSettings } from '../parts.js';
import type { Permits, Verdict } from './permits.js';

export type RateSettings = Pick<
  ApiSettings,
  'rate' | 'rateBurst' | 'rateFields' | 'labRate' | 'labRateBurst' | 'strangerRate'
>;

export type Spent = Verdict & { readonly policy: BucketPolicy };

/** Whose bucket a request is paid from. */
export type Payer =
  | { readonly kind: 'token'; readonly token: Token }
  /** A station's, on whichever way it speaks: what it has measured must come through. */
  | { readonly kind: 'lab'; readonly token: Token }
  /** Whoever shows no valid token, by address. */
  | { readonly kind: 'stranger'; readonly address: string };

/** A station speaks as one, on whichever way. */
export const payerFor = (token: Token, asStation = false): Payer => ({
  kind: asStation || token.role === 'lab' ? 'lab' : 'token',
  token,
});

/** How fast who may ask. */
export class Rates {
  private readonly policies: Readonly<Record<Payer['kind'], BucketPolicy>>;
  private readonly fields: number;

  constructor(
    private readonly permits: Permits,
    settings: RateSettings,
  ) {
    const { rate, rateBurst, labRate, labRateBurst, strangerRate } = settings;
    this.fields = settings.rateFields;
    this.policies = {
      token: { rate, burst: rateBurst },
      lab: { rate: labRate, burst: labRateBurst },
      stranger: { rate: strangerRate / 60, burst: strangerRate },
    };
  }

  /** For what an operation may bring back beyond what one request is worth; null where that is nothing. */
  async charge(payer: Payer, cost: number): Promise<Spent | null> {
    const permits = Math.floor(cost / this.fields);
    return permits === 0 ? null : this.spend(payer, permits);
  }

  async spend(payer: Payer, permits = 1): Promise<Spent> {
    const policy = this.policies[payer.kind];
    const whose = payer.kind === 'stranger' ? payer.address : payer.token.id;
    return { ...(await this.permits.spend(`${payer.kind}/${whose}`, permits, policy)), policy };
  }
}

/** As draft-ietf-httpapi-ratelimit-headers has them. */
export function tellRate(
  response: ServerResponse,
  kind: Payer['kind'],
  { allowed, remaining, resetSeconds, policy }: Spent,
): void {
  const window = Math.max(1, Math.round(policy.burst / policy.rate));
  const seconds = Math.max(allowed ? 0 : 1, Math.ceil(resetSeconds));
  response.setHeader('ratelimit-policy', `"${kind}";q=${policy.burst};w=${window}`);
  response.setHeader('ratelimit', `"${kind}";r=${remaining};t=${seconds}`);
  if (!allowed) response.setHeader('retry-after', seconds);
}
