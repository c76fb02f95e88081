import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readAssignment } from './answers.js';
import { carryOut, type AttemptParts, type Run } from './attempt.js';
import type { LabClient } from './client.js';
import { fileDisk, type Disk } from './disk.js';
import { DurableList } from './durable-list.js';
import { Heart } from './heart.js';
import { Link } from './link.js';
import { sleep } from './sleep.js';
import { Spool, type Answered, type Spooled } from './spool.js';
import type { Assignment, JsonObject, Result } from './wire.js';

export interface StationOptions {
  readonly client: LabClient;
  readonly properties: readonly string[];
  readonly limits?: JsonObject;
  /**
   * Makes and measures. What it throws is an instrument fault, in its message. Once its signal is aborted it stops the
   * hardware and settles.
   */
  readonly run: Run;
  /**
   * What became of an attempt that a former life of this station had begun. Without an answer it is left to the server,
   * where a person decides: only the station can know that nothing moves any more.
   */
  readonly recover?: (assignment: Assignment) => Result | null;
  readonly answered?: Answered;
  /** Keeps results until the server has them, and what was begun, over any restart. For one station alone. */
  readonly folder: string;
  /** For simulations; otherwise the folder is one of the file system. */
  readonly disk?: Disk;
  /** How many assignments at a time; 1 unless told. */
  readonly concurrency?: number;
  /** How long a claim waits for work, in seconds; 20 unless told. */
  readonly waitSeconds?: number;
  readonly signal: AbortSignal;
  /** How long after the signal a last word may take; 800 ms unless told. */
  readonly graceMs?: number;
  readonly log?: (line: string) => void;
}

/**
 * A station's whole life: registers, hands in what is left, claims, starts before anything moves, beats, hands in. It
 * goes on through lost connections and restarts of either side. It resolves after its signal is aborted, and rejects
 * when the server refuses the station itself or another boot has taken its place.
 */
export async function runStation(options: StationOptions): Promise<void> {
  const { signal, graceMs = 800 } = options;
  const patience = new AbortController();
  let takeBack = (): void => undefined;
  const onAbort = (): void => {
    takeBack = options.client.clock.after(graceMs, () => patience.abort());
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    const station = await Station.open(options, patience.signal);
    await station.live();
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    takeBack();
    patience.abort();
  }
}

/** How long the results of a former life are waited for before new work is claimed. */
const replayMs = 10_000;
/** Between two claims without work, where the server does not wait itself. */
const idleMs = 250;

class Station {
  readonly #working = new Map<string, Promise<void>>();
  /** Every attempt that was ever in hand, as far as the disk remembers. */
  readonly #taken: Set<string>;
  readonly #handingIn = new Set<Promise<void>>();
  /** Aborted by what ends the station from inside: work in hand is still brought to its end. */
  readonly #claiming = new AbortController();
  #failure: { error: unknown } | null = null;

  private constructor(
    private readonly options: StationOptions,
    private readonly parts: AttemptParts,
  ) {
    this.#taken = new Set([...parts.begun.items, ...parts.spool.items].map(({ attemptId }) => attemptId));
  }

  static async open(options: StationOptions, patience: AbortSignal): Promise<Station> {
    const { folder, disk = fileDisk, log = () => undefined } = options;
    const client = options.client.withBoot(randomUUID());
    const link = new Link(client.backoff.longestMs, client.clock, log);
    return new Station(options, {
      client,
      link,
      heart: new Heart(client, link, log),
      spool: await Spool.open(folder, { client, link, disk, log, answered: options.answered }),
      begun: await DurableList.open(join(folder, 'begun.jsonl'), disk, readAssignment),
      run: options.run,
      patience,
      log,
    });
  }

  async live(): Promise<void> {
    const { heart } = this.parts;
    const { signal } = this.options;
    const stop = (): void => {
      this.#claiming.abort(signal.reason);
      heart.stopAll('shutdown');
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      await this.#register();
      await this.#recover();
      await this.#replay();
      await this.#claimAndWork();
    } catch (error) {
      this.#fail(error);
    } finally {
      await Promise.all(this.#working.values());
      await Promise.all(this.#handingIn);
      signal.removeEventListener('abort', stop);
      heart.end();
    }
    if (this.#failure) throw this.#failure.error;
  }

  #fail(error: unknown): void {
    if (this.options.signal.aborted) return;
    this.#failure ??= { error };
    this.#claiming.abort(error);
  }

  async #register(): Promise<void> {
    const { properties, limits } = this.options;
    await this.parts.client.register(
      { properties, ...(limits ? { limits } : {}) },
      {
        signal: this.#claiming.signal,
        tries: Infinity,
        onRetry: ({ message }) =>
          this.parts.link.lost(`the server does not answer (${message}); trying until it does`),
      },
    );
  }

  /** The server is asked which of the attempts begun in a former life it still counts as this station's. */
  async #recover(): Promise<void> {
    const { begun, client, link, log, spool } = this.parts;
    const left = begun.items.filter(
      ({ attemptId }) => !spool.items.some((item) => item.attemptId === attemptId),
    );
    const beats = left.map(({ attemptId }) => ({ attemptId }));
    const answers =
      beats.length === 0
        ? []
        : await link.reach((options) => client.heartbeat(beats, options), this.#claiming.signal);
    const lost = new Set(
      answers.filter(({ command }) => command === 'lease_lost').map(({ attemptId }) => attemptId),
    );
    for (const assignment of left) {
      if (lost.has(assignment.attemptId)) continue;
      const result = this.options.recover?.(assignment) ?? null;
      if (result) await spool.keep(assignment, result);
      else
        log(
          `experiment ${assignment.experimentNumber} was begun before the restart; a person decides about it`,
        );
    }
    for (const assignment of begun.items) await begun.remove(assignment);
  }

  /** One result that the server cannot take must not keep the station from work for ever. */
  async #replay(): Promise<void> {
    for (const item of this.parts.spool.items) this.#handIn(item);
    if (this.#handingIn.size === 0) return;
    const waiting = new AbortController();
    const enough = AbortSignal.any([waiting.signal, this.#claiming.signal]);
    await Promise.race([
      Promise.all(this.#handingIn),
      sleep(replayMs, this.parts.client.clock, enough).catch(() => undefined),
    ]);
    waiting.abort();
  }

  async #claimAndWork(): Promise<void> {
    const { client, link } = this.parts;
    const { concurrency = 1, waitSeconds = 20 } = this.options;
    const { signal } = this.#claiming;
    while (!signal.aborted) {
      const free = Math.min(32, concurrency - this.#working.size);
      if (free <= 0) {
        await Promise.race(this.#working.values());
        continue;
      }
      const key = randomUUID();
      const asked = client.clock.now();
      const assignments = await link.reach(
        (options) => client.claim({ max: free, waitSeconds, key }, options),
        signal,
      );
      const begun = assignments.filter((assignment) => this.#work(assignment));
      if (begun.length === 0 && client.clock.now() - asked < idleMs) {
        await sleep(idleMs, client.clock, signal);
      }
    }
  }

  /** An attempt that is or was in hand is not begun a second time, whatever a claim says. */
  #work(assignment: Assignment): boolean {
    const { attemptId } = assignment;
    if (this.#taken.has(attemptId)) return false;
    this.#taken.add(attemptId);
    const working = carryOut(assignment, this.parts)
      .then((spooled) => {
        if (spooled) this.#handIn(spooled);
      })
      .catch((error: unknown) => this.#fail(error))
      .finally(() => this.#working.delete(attemptId));
    this.#working.set(attemptId, working);
    return true;
  }

  #handIn(item: Spooled): void {
    const handingIn = this.parts.spool
      .handIn(item, this.parts.patience)
      .then(() => undefined)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => this.#handingIn.delete(handingIn));
    this.#handingIn.add(handingIn);
  }
}
