import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from './server.js';

export interface SupervisorOptions {
  readonly restart: () => Promise<Server>;
  readonly log: (line: string) => void;
  readonly onLost: (error: unknown) => void;
}

/** A server that dies again this soon after it was started does not count as having run. */
const steadyMs = 10_000;
const deathsInARow = 5;

/** Keeps one server running: when it ends without having been told to, another is started in its place. */
export class Supervisor {
  #server: Server;
  #stopped: Promise<void> | undefined;
  readonly #watching: Promise<void>;

  constructor(
    server: Server,
    private readonly options: SupervisorOptions,
  ) {
    this.#server = server;
    this.#watching = this.#watch();
  }

  get pid(): number {
    return this.#server.pid;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#end();
    return this.#stopped;
  }

  async #end(): Promise<void> {
    // Not before the assignment in stop(): the watch must see that this end is meant.
    await Promise.resolve();
    await this.#server.stop();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    for (let deaths = 0; ;) {
      const since = performance.now();
      await this.#server.ended;
      if (this.#stopped !== undefined) return;
      deaths = performance.now() - since > steadyMs ? 1 : deaths + 1;
      this.options.log(`PostgreSQL (process ${this.#server.pid}) ended by itself; starting it again`);
      try {
        if (deaths > deathsInARow)
          throw new Error(`PostgreSQL ended ${deaths} times in a row soon after its start.`);
        await pause(100 * (deaths - 1));
        this.#server = await this.options.restart();
      } catch (error) {
        this.options.onLost(error);
        return;
      }
      if (this.#isStopping()) await this.#server.stop();
    }
  }

  #isStopping(): boolean {
    return this.#stopped !== undefined;
  }
}
