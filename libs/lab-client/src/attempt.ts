import type { LabClient } from './client.js';
import type { DurableList } from './durable-list.js';
import { LabRefusal, messageOf } from './errors.js';
import { WorkStopped, type Beating, type Heart } from './heart.js';
import type { Link } from './link.js';
import { Partials } from './partials.js';
import type { Spool, Spooled } from './spool.js';
import type { Assignment, Json, Result } from './wire.js';

export interface RunContext {
  /** Aborted when the server cancels the attempt, when its lease is lost, and when the station stops. */
  readonly signal: AbortSignal;
  /** Where the work has got to, from 0 to 1; goes out with the next heartbeat. */
  report(stage: string, progress: number): void;
  /** Keeps what was found so far with the server; returns at once. */
  append(partial: Json): void;
  /** Resolves at once unless the server has said `pause`: then when it says `continue`. */
  resumed(): Promise<void>;
}

export type Run = (assignment: Assignment, context: RunContext) => Promise<Result>;

export interface AttemptParts {
  readonly client: LabClient;
  readonly link: Link;
  readonly heart: Heart;
  readonly spool: Spool;
  /** Attempts that may have begun and have no result yet. */
  readonly begun: DurableList<Assignment>;
  readonly run: Run;
  /** Aborted a moment after the station was told to stop: work that has not stopped by then is left as it is. */
  readonly patience: AbortSignal;
  readonly log: (line: string) => void;
}

/** From the start to a result on disk, which is returned; null where there is nothing to hand in. */
export async function carryOut(assignment: Assignment, parts: AttemptParts): Promise<Spooled | null> {
  const { begun, heart, spool, patience } = parts;
  // Before the start is asked for: from here on the next life of this station knows that hardware may have moved.
  await begun.add(assignment);
  const beating = heart.keep(assignment);
  const partials = new Partials(assignment.attemptId, { ...parts, signal: patience });
  try {
    const outcome =
      (await start(assignment, beating, parts)) ?? (await work(assignment, beating, partials, parts));
    if (outcome === 'unfinished') return null;
    const spooled = outcome === 'nothing' ? null : await spool.keep(assignment, outcome);
    await forget(assignment, parts);
    // Only now: while the server is away partials wait for it, and the result must be on disk meanwhile.
    await partials.sent();
    return spooled;
  } finally {
    heart.release(beating);
  }
}

/** A disk that refuses here costs a question to the server at the next start, not the result. */
async function forget(assignment: Assignment, { begun, log }: AttemptParts): Promise<void> {
  try {
    await begun.remove(assignment);
  } catch (error) {
    log(
      `attempt ${assignment.attemptId} cannot be taken off the list of what was begun: ${messageOf(error)}`,
    );
  }
}

/** `nothing`: the server does not want to hear of it. `unfinished`: what was begun did not end in time. */
type Ending = Result | 'nothing' | 'unfinished';

/** Null when the server has agreed, and only then may anything move. */
async function start(assignment: Assignment, beating: Beating, parts: AttemptParts): Promise<Ending | null> {
  const { attemptId, fence, specHash, experimentNumber } = assignment;
  try {
    await parts.link.reach(
      (options) => parts.client.start({ attemptId, fence, specHash }, options),
      beating.signal,
    );
    return null;
  } catch (error) {
    if (error instanceof LabRefusal) {
      parts.log(`experiment ${experimentNumber} is not started: ${error.message}`);
      return 'nothing';
    }
    return endingOf(error, beating);
  }
}

async function work(
  assignment: Assignment,
  beating: Beating,
  partials: Partials,
  { run, heart, patience }: AttemptParts,
): Promise<Ending> {
  const context: RunContext = {
    signal: beating.signal,
    report: (stage, progress) => heart.report(beating, stage, progress),
    append: (partial) => partials.add(partial),
    resumed: () => beating.resumed(),
  };
  try {
    const result = await inTime(run(assignment, context), patience);
    if (result === 'unfinished') return result;
    return beating.stopReason === 'lease_lost' && result.outcome === 'instrument_fault' ? 'nothing' : result;
  } catch (error) {
    return endingOf(error, beating);
  }
}

/** A fault, in words; with its lease an attempt has lost everybody who would want to know of one. */
function endingOf(error: unknown, { stopReason }: Beating): Ending {
  if (stopReason === 'lease_lost') return 'nothing';
  const note = stopReason === null ? messageOf(error) : new WorkStopped(stopReason).message;
  return { outcome: 'instrument_fault', note: note.slice(0, 2000), measurements: [] };
}

function inTime<T>(work: Promise<T>, patience: AbortSignal): Promise<T | 'unfinished'> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => resolve('unfinished');
    if (patience.aborted) giveUp();
    patience.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => patience.removeEventListener('abort', giveUp));
  });
}
