import type { CallOptions } from './client.js';
import type { Clock } from './clock.js';
import { LabRefusal } from './errors.js';
import { sleep } from './sleep.js';

/** A station's patience with its server: it asks until there is an answer, and says only when that changes. */
export class Link {
  #lost = false;

  constructor(
    /** Between tries of what the server refused for its token, which may be renewed meanwhile. */
    private readonly renewalMs: number,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {}

  async reach<T>(ask: (options: CallOptions) => Promise<T>, signal: AbortSignal): Promise<T> {
    for (;;) {
      try {
        const answer = await ask({
          signal,
          tries: Infinity,
          onRetry: ({ message }) =>
            this.lost(`the server does not answer (${message}); trying until it does`),
        });
        this.#found();
        return answer;
      } catch (error) {
        if (!(error instanceof LabRefusal) || error.status !== 401) throw error;
        this.lost(`the token is refused (${error.message}); trying until it is renewed`);
        await sleep(this.renewalMs, this.clock, signal);
      }
    }
  }

  lost(line: string): void {
    if (!this.#lost) this.log(line);
    this.#lost = true;
  }

  #found(): void {
    if (this.#lost) this.log('the server answers again');
    this.#lost = false;
  }
}
