import type { LabClient } from './client.js';
import { LabRefusal, messageOf } from './errors.js';
import type { Link } from './link.js';
import type { Assignment, Command } from './wire.js';

export type StopReason = 'cancel' | 'lease_lost' | 'shutdown';

/** Why work in hand has to stop; the reason of the signal that `run` is given. */
export class WorkStopped extends Error {
  override readonly name = 'WorkStopped';

  constructor(readonly reason: StopReason) {
    super(reasons[reason]);
  }
}

const reasons: Readonly<Record<StopReason, string>> = {
  cancel: 'cancelled, as the server asked',
  lease_lost: 'the lease was lost',
  shutdown: 'the station was stopped while this was being made',
};

/** One attempt in the heart's care. */
export class Beating {
  readonly #stop = new AbortController();
  stage: string | undefined;
  progress: number | undefined;
  #paused = false;
  #waiting: (() => void)[] = [];

  constructor(readonly assignment: Assignment) {}

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get stopReason(): StopReason | null {
    const reason: unknown = this.signal.reason;
    return reason instanceof WorkStopped ? reason.reason : null;
  }

  /** Resolves at once unless the server has said `pause`; then as soon as it says `continue`. */
  resumed(): Promise<void> {
    this.signal.throwIfAborted();
    if (!this.#paused) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        if (this.#stop.signal.aborted) reject(this.#stop.signal.reason as Error);
        else resolve();
      });
    });
  }

  obey(command: Command): void {
    if (command === 'cancel' || command === 'lease_lost') {
      this.stop(command);
      return;
    }
    this.#paused = command === 'pause';
    if (!this.#paused) this.#wakeWaiting();
  }

  stop(reason: StopReason): void {
    if (!this.signal.aborted) this.#stop.abort(new WorkStopped(reason));
    this.#wakeWaiting();
  }

  #wakeWaiting(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

/** The least time between two beats, however quickly stages follow each other. */
const soonMs = 500;

/**
 * Beats for everything in hand: as often as the most impatient assignment asks, and soon after a new stage. A beat that
 * goes missing is made up by the next.
 */
export class Heart {
  readonly #kept = new Map<string, Beating>();
  readonly #ended = new AbortController();
  #takeBack: () => void = () => undefined;
  #due = Infinity;
  #beating = false;
  #news = false;
  #allStopped: StopReason | null = null;

  constructor(
    private readonly client: LabClient,
    private readonly link: Link,
    private readonly log: (line: string) => void,
  ) {}

  keep(assignment: Assignment): Beating {
    const beating = new Beating(assignment);
    this.#kept.set(assignment.attemptId, beating);
    if (this.#allStopped) beating.stop(this.#allStopped);
    this.#wakeIn(this.#intervalMs());
    return beating;
  }

  release(beating: Beating): void {
    this.#kept.delete(beating.assignment.attemptId);
  }

  report(beating: Beating, stage: string, progress: number): void {
    const isNew = beating.stage !== stage;
    beating.stage = stage;
    beating.progress = Math.min(1, Math.max(0, progress));
    if (!isNew) return;
    this.#news = true;
    this.#wakeIn(soonMs);
  }

  /** Everything in hand, and whatever comes in later. */
  stopAll(reason: StopReason): void {
    this.#allStopped ??= reason;
    for (const beating of this.#kept.values()) beating.stop(reason);
  }

  end(): void {
    this.#ended.abort();
    this.#takeBack();
    this.#kept.clear();
  }

  #intervalMs(): number {
    const seconds = [...this.#kept.values()].map(({ assignment }) => assignment.heartbeatSeconds);
    return Math.min(...seconds) * 1000;
  }

  #nextMs(): number {
    return this.#news ? Math.min(soonMs, this.#intervalMs()) : this.#intervalMs();
  }

  /** An earlier appointment stands: work that comes in all the time must not put the beat off for ever. */
  #wakeIn(ms: number): void {
    const due = this.client.clock.now() + ms;
    if (this.#beating || this.#ended.signal.aborted || due >= this.#due) return;
    this.#takeBack();
    this.#due = due;
    this.#takeBack = this.client.clock.after(ms, () => void this.#beat());
  }

  async #beat(): Promise<void> {
    this.#due = Infinity;
    this.#beating = true;
    this.#news = false;
    await this.#tell();
    this.#beating = false;
    if (this.#kept.size > 0) this.#wakeIn(this.#nextMs());
  }

  async #tell(): Promise<void> {
    const beats = [...this.#kept.values()].map(({ assignment, stage, progress }) => ({
      attemptId: assignment.attemptId,
      ...(stage === undefined ? {} : { stage }),
      ...(progress === undefined ? {} : { progress }),
    }));
    if (beats.length === 0) return;
    try {
      const answers = await this.client.heartbeat(beats, { tries: 1, signal: this.#ended.signal });
      for (const { attemptId, command } of answers) this.#kept.get(attemptId)?.obey(command);
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      if (error instanceof LabRefusal && error.code === 'LEASE_LOST') this.stopAll('lease_lost');
      else if (error instanceof LabRefusal) this.log(`a heartbeat was refused: ${error.message}`);
      else this.link.lost(`the server does not answer (${messageOf(error)}); trying until it does`);
    }
  }
}
