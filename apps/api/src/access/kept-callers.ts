import { sha256 } from '@ionloop/domain';
import { Recent } from '../graphql/recent.js';
import type { Identity } from './identity.js';

interface Kept {
  readonly identity: Identity;
  readonly moment: string;
  readonly at: number;
}

/** Tokens run out by the clock, without anything being written: one may be good for so much longer. */
const longestSeconds = 1;
const atMost = 10_000;

/** Whose a token of ours was when it was last looked up: it still is as long as nothing has been written. */
export class KeptCallers {
  private readonly kept = new Recent<Kept>(atMost);

  /** @param seconds which only ever grow */
  constructor(private readonly seconds: () => number) {}

  /** Undefined where it has to be looked up. */
  of(secret: string, moment: string): Identity | undefined {
    const kept = this.kept.get(sha256(secret));
    return kept?.moment === moment && this.seconds() - kept.at < longestSeconds ? kept.identity : undefined;
  }

  /** The moment was asked for before the token was looked up. */
  keep(secret: string, moment: string, identity: Identity): void {
    this.kept.set(sha256(secret), { identity, moment, at: this.seconds() });
  }
}
