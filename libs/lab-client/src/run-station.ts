import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { LabClient } from './client.js';
import { DurableList } from './durable-list.js';
import { LabRefusal, type LabUnavailable, messageOf } from './errors.js';
import { Heart } from './heart.js';
import { readSpooled, readStarted, Spool, type Started } from './spool.js';
import { sleep } from './sleep.js';
import type { Assignment, JsonObject, Result } from './wire.js';

export interface RunContext {
  /** Aborted when the server cancels the attempt, when its lease is lost, and when the station stops. */
  readonly signal: AbortSignal;
  /** Where the work has got to; goes out with the next heartbeat. */
  report(stage: string, progress: number): void;
}

export interface StationOptions {
  readonly client: LabClient;
  readonly properties: readonly string[];
  readonly limits?: JsonObject;
  /** Makes and measures. What it throws is an instrument fault. */
  readonly run: (assignment: Assignment, context: RunContext) => Promise<Result>;
  /** Keeps results until the server has them, and what was started, over any restart. */
  readonly folder: string;
  /** How many assignments at a time; 1 unless told. */
  readonly concurrency?: number;
  /** How long a claim waits for work, in seconds. */
  readonly waitSeconds?: number;
  readonly signal: AbortSignal;
  readonly log?: (line: string) => void;
}

/**
 * A station's whole life: registers, claims, starts before anything moves, beats, hands in. It goes on through lost
 * connections and restarts of either side, and ends when its signal is aborted or another boot has taken its place.
 */
export async function runStation(options: StationOptions): Promise<void> {
  const { client, folder, signal, log = () => undefined } = options;
  const spool = new Spool(
    client,
    await DurableList.open(join(folder, 'results.jsonl'), readSpooled),
    join(folder, 'refused.jsonl'),
    log,
  );
  const started = await DurableList.open(join(folder, 'started.jsonl'), readStarted);
  const patient = { signal, tries: Infinity, onRetry: quietRetries(log) };
  try {
    await client.register(
      { properties: options.properties, ...(options.limits ? { limits: options.limits } : {}) },
      patient,
    );
    for (const left of started.items) await reportInterrupted(spool, started, left);
    await spool.handIn(signal);
    const heart = new Heart(client, log);
    try {
      const lanes = Array.from(
        { length: options.concurrency ?? 1 },
        () => new Lane(options, spool, started, heart),
      );
      await Promise.all(lanes.map((lane) => lane.work()));
    } finally {
      heart.stop();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** What a former life of this station had begun is not finished by this one. */
async function reportInterrupted(spool: Spool, started: DurableList<Started>, left: Started): Promise<void> {
  if (!spool.has(left.attemptId)) {
    const note = 'the station was restarted while this was being made';
    await spool.keep(left, { outcome: 'instrument_fault', note, measurements: [] });
  }
  await started.remove(left);
}

class Lane {
  constructor(
    private readonly options: StationOptions,
    private readonly spool: Spool,
    private readonly started: DurableList<Started>,
    private readonly heart: Heart,
  ) {}

  async work(): Promise<void> {
    const { client, signal, log = () => undefined, waitSeconds = 10 } = this.options;
    const patient = { signal, tries: Infinity, onRetry: quietRetries(log) };
    while (!signal.aborted) {
      try {
        await this.spool.handIn(signal);
        const [assignment] = await client.claim({ max: 1, waitSeconds, key: randomUUID() }, patient);
        if (assignment) await this.carryOut(assignment);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof LabRefusal) || error.code === 'LEASE_LOST') throw error;
        log(`the server refused: ${error.message}`);
        await sleep(client.backoff.longestMs, signal);
      }
    }
  }

  private async carryOut(assignment: Assignment): Promise<void> {
    const { client, signal, log = () => undefined } = this.options;
    const entry: Started = { attemptId: assignment.attemptId, fence: assignment.fence };
    // Written down before the start is asked for: from here on a restart has something to report.
    await this.started.add(entry);
    const beating = this.heart.keep(assignment, signal);
    try {
      const patient = { signal, tries: Infinity, onRetry: quietRetries(log) };
      await client.start({ ...entry, specHash: assignment.specHash }, patient);
      await this.spool.keep(entry, await this.make(assignment, beating));
    } catch (error) {
      if (!(error instanceof LabRefusal)) throw error;
      log(`experiment ${assignment.experimentNumber} is not started: ${error.message}`);
    } finally {
      beating.end();
    }
    await this.started.remove(entry);
    await this.spool.handIn(signal);
  }

  private async make(assignment: Assignment, context: RunContext): Promise<Result> {
    try {
      return await this.options.run(assignment, context);
    } catch (error) {
      // The station itself is going down: its next life reports what was left.
      if (this.options.signal.aborted) throw error;
      const note = context.signal.aborted ? 'stopped as the server asked' : messageOf(error);
      return { outcome: 'instrument_fault', note, measurements: [] };
    }
  }
}

/** Says once that the server is away, not at every try. */
function quietRetries(log: (line: string) => void): (failure: LabUnavailable) => void {
  let said = false;
  return (failure) => {
    if (!said) log(`the server does not answer (${failure.message}); trying until it does`);
    said = true;
  };
}
