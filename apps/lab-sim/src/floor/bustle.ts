import { realClock } from '@ionloop/lab-client';

/**
 * Who is doing something that takes no lab time, where the server is another process: the lab's clock stands still
 * until every sample waits for it, and for a moment after news, in which idle stations may still be given work.
 */
export class Bustle {
  readonly #busy = new Set<string>();
  readonly #inHand = new Map<string, number>();
  #news = -Infinity;

  /** `stations`: how many samples each can have in hand. */
  constructor(
    private readonly stations: ReadonlyMap<string, number>,
    private readonly settleMs: number,
  ) {}

  taken(station: string, attemptId: string): void {
    this.#inHand.set(station, (this.#inHand.get(station) ?? 0) + 1);
    this.busy(attemptId);
    this.news();
  }

  busy(attemptId: string): void {
    this.#busy.add(attemptId);
  }

  resting(attemptId: string): void {
    this.#busy.delete(attemptId);
  }

  ended(station: string, attemptId: string): void {
    this.#busy.delete(attemptId);
    this.#inHand.set(station, Math.max(0, (this.#inHand.get(station) ?? 0) - 1));
    this.news();
  }

  news(): void {
    this.#news = realClock.now();
  }

  readonly atRest = async (): Promise<void> => {
    while (this.#busy.size > 0 || (this.#someIdle() && realClock.now() - this.#news < this.settleMs)) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };

  #someIdle(): boolean {
    return [...this.stations].some(([station, hands]) => (this.#inHand.get(station) ?? 0) < hands);
  }
}
