import type { LabClient } from './client.js';
import { messageOf } from './errors.js';
import type { Assignment } from './wire.js';

interface Kept {
  readonly assignment: Assignment;
  readonly stop: AbortController;
  stage: string | null;
  progress: number;
}

export interface Beating {
  readonly signal: AbortSignal;
  report(stage: string, progress: number): void;
  end(): void;
}

/** Beats for everything in hand, as often as the most impatient assignment asks, and passes on what the server wants. */
export class Heart {
  readonly #kept = new Map<string, Kept>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly client: LabClient,
    private readonly log: (line: string) => void,
  ) {}

  keep(assignment: Assignment, station: AbortSignal): Beating {
    const kept: Kept = { assignment, stop: new AbortController(), stage: null, progress: 0 };
    const forward = (): void => kept.stop.abort(station.reason);
    station.addEventListener('abort', forward, { once: true });
    this.#kept.set(assignment.attemptId, kept);
    this.#arm();
    return {
      signal: kept.stop.signal,
      report: (stage, progress) => {
        kept.stage = stage;
        kept.progress = Math.min(1, Math.max(0, progress));
      },
      end: () => {
        station.removeEventListener('abort', forward);
        this.#kept.delete(assignment.attemptId);
      },
    };
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#kept.clear();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#kept.size === 0) return;
    const seconds = Math.min(
      ...[...this.#kept.values()].map(({ assignment }) => assignment.heartbeatSeconds),
    );
    this.#timer = setTimeout(() => {
      void this.#beat().then(() => this.#arm());
    }, seconds * 1000);
  }

  async #beat(): Promise<void> {
    const beats = [...this.#kept.values()].map(({ assignment, stage, progress }) => ({
      attemptId: assignment.attemptId,
      ...(stage === null ? {} : { stage }),
      progress,
    }));
    try {
      for (const { attemptId, command } of await this.client.heartbeat(beats, { tries: 1 })) {
        if (command === 'continue' || command === 'pause') continue;
        this.#kept.get(attemptId)?.stop.abort(new Error(command));
      }
    } catch (error) {
      // A missed beat is made up by the next; leases are long enough for several.
      this.log(`a heartbeat went missing: ${messageOf(error)}`);
    }
  }
}
