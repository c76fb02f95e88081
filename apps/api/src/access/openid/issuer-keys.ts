import { IonloopError } from '@ionloop/domain';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

export interface KeyCare {
  /** How long keys are used before they are asked for again. */
  readonly freshSeconds: number;
  /** How long they go on being used while the issuer does not answer. */
  readonly lastSeconds: number;
  /** A key that nobody knows makes us ask the issuer, and no more often than this: anybody can make one up. */
  readonly pauseSeconds: number;
}

export const usualKeyCare: KeyCare = { freshSeconds: 600, lastSeconds: 86_400, pauseSeconds: 30 };

/** Asked so often while there are no keys at all. */
const withoutKeysSeconds = 2;

interface Kept {
  readonly find: JWTVerifyGetKey;
  readonly since: number;
}

/** An issuer's public keys: asked for when one is wanted, kept, asked for again when they are old or one is missing. */
export class IssuerKeys {
  private kept: Kept | null = null;
  private askedAt = -Infinity;
  private asking: Promise<void> | null = null;

  constructor(
    private readonly fetchKeys: () => Promise<JSONWebKeySet>,
    /** Which only ever grow. */
    private readonly seconds: () => number,
    private readonly onTrouble: (error: unknown) => void,
    private readonly care: KeyCare = usualKeyCare,
  ) {}

  readonly find: JWTVerifyGetKey = async (header, token) => {
    const kept = await this.atHand();
    try {
      return await kept.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.ask(this.care.pauseSeconds);
      if (this.kept === null || this.kept === kept) throw error;
      return this.kept.find(header, token);
    }
  };

  private async atHand(): Promise<Kept> {
    const { freshSeconds, lastSeconds, pauseSeconds } = this.care;
    const age = (): number => (this.kept ? this.seconds() - this.kept.since : Infinity);
    if (age() >= freshSeconds) {
      await this.ask(this.kept ? pauseSeconds : Math.min(pauseSeconds, withoutKeysSeconds));
    }
    if (this.kept === null || age() >= lastSeconds) {
      throw new IonloopError(
        'UNAVAILABLE',
        'the issuer of this token does not answer, and its keys are not known here: try again in a moment',
      );
    }
    return this.kept;
  }

  /** Together with whoever asks already, and not at all where it was just done. */
  private ask(pauseSeconds: number): Promise<void> {
    if (this.asking) return this.asking;
    if (this.seconds() - this.askedAt < pauseSeconds) return Promise.resolve();
    this.askedAt = this.seconds();
    this.asking = this.fetchKeys()
      .then((keys) => {
        this.kept = { find: createLocalJWKSet(keys), since: this.seconds() };
      })
      .catch(this.onTrouble)
      .finally(() => (this.asking = null));
    return this.asking;
  }
}
