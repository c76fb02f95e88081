/**
 * Wake-ups of a campaign that come while one of it is being sent share the next one: each is sent after it was asked for,
 * and a busy campaign sends one at a time.
 */
export class WakeUps {
  readonly #sending = new Map<string, Promise<void>>();
  readonly #next = new Map<string, Promise<void>>();

  /** `send` never rejects. */
  constructor(private readonly send: (campaignId: string) => Promise<void>) {}

  wake(campaignId: string): Promise<void> {
    const current = this.#sending.get(campaignId);
    if (current === undefined) return this.#send(campaignId);
    const next = this.#next.get(campaignId) ?? current.then(() => this.#sendNext(campaignId));
    this.#next.set(campaignId, next);
    return next;
  }

  #sendNext(campaignId: string): Promise<void> {
    this.#next.delete(campaignId);
    return this.#send(campaignId);
  }

  #send(campaignId: string): Promise<void> {
    const sending = this.send(campaignId).finally(() => {
      // The next one may have taken its place already.
      if (this.#sending.get(campaignId) === sending) this.#sending.delete(campaignId);
    });
    this.#sending.set(campaignId, sending);
    return sending;
  }
}
