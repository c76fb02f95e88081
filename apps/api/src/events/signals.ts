/** Spreads the hint that a campaign has new events to everybody in this process who waits for one. */
export class Signals {
  private readonly watches = new Set<Watch>();

  /** Those who hear of one campaign. */
  get followers(): number {
    return this.watches.size - this.listeners;
  }

  /** Those who hear of all. */
  get listeners(): number {
    return [...this.watches].filter(({ campaignId }) => campaignId === null).length;
  }

  /** Null where something was missed: it may have been any campaign. */
  announce(campaignId: string | null): void {
    for (const watch of this.watches) {
      if (campaignId === null || watch.campaignId === null || watch.campaignId === campaignId) watch.wake();
    }
  }

  /** Hears of one campaign, or of all, from now on and until it is closed. */
  watch(campaignId: string | null): Watch {
    const watch = new Watch(campaignId, () => this.watches.delete(watch));
    this.watches.add(watch);
    return watch;
  }
}

export class Watch {
  private heard = false;
  private waiting: (() => void) | null = null;

  constructor(
    readonly campaignId: string | null,
    readonly close: () => void,
  ) {}

  wake(): void {
    this.heard = true;
    this.waiting?.();
  }

  /** Returns at the first hint since the last call, after the time at the latest, or when the signal is aborted. */
  async next(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.heard && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          this.waiting = null;
          resolve();
        };
        const timer = setTimeout(done, milliseconds);
        signal.addEventListener('abort', done, { once: true });
        this.waiting = done;
      });
    }
    this.heard = false;
  }
}
