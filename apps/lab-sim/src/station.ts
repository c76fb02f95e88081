import { join } from 'node:path';
import {
  LabClient,
  LabRefusal,
  runStation,
  sleep,
  type Answered,
  type Assignment,
  type Clock,
  type Disk,
  type LabClientOptions,
  type Result,
  type RunContext,
} from '@ionloop/lab-client';
import type { FaultKind } from './faults/kinds.js';
import { Died, diskOf, Life } from './faults/life.js';
import { FaultyNet } from './faults/net.js';
import type { FaultPlan } from './faults/plan.js';
import type { Tear } from './faults/torn.js';
import type { Bustle } from './floor/bustle.js';
import { answered, moved, type Journal, type JournalLine } from './journal.js';
import type { LabDescription } from './lab/description.js';
import { truthBeside } from './sample.js';
import { hoursSince, Work, type Equipment, type Outcome } from './work.js';

export interface StationParts {
  readonly url: string;
  readonly token: string;
  readonly seed: string;
  readonly lab: LabDescription;
  readonly equipment: Equipment;
  readonly plan: FaultPlan;
  readonly journal: Journal;
  /** Of the lab, which may be faster than ours or jump. */
  readonly labClock: Clock;
  readonly opened: number;
  /** Of the station's program. */
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly tear: Tear;
  readonly disk: Disk;
  readonly spool: string;
  readonly bustle: Bustle | null;
  readonly outageMs: number;
  readonly spectra: boolean;
  readonly restartMs: number;
  readonly waitSeconds: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly backoff: LabClientOptions['backoff'];
}

const dayMs = 86_400_000;

/** A station with all its lives: what kills its program on purpose starts it again. */
export class SimulatedStation {
  readonly #name: string;
  readonly #net: FaultyNet;
  /** Mistakes on their way, with what would have been right. */
  readonly #outcomes = new Map<string, Outcome>();
  #jumped = 0;
  #gone = false;
  #replaced = false;

  constructor(private readonly parts: StationParts) {
    const { plan, tear, clock, outageMs, journal, bustle } = parts;
    this.#name = parts.equipment.station.name;
    this.#net = new FaultyNet({
      station: this.#name,
      fetch: parts.fetch,
      tear,
      plan,
      clock,
      outageMs,
      write: (line) => journal.write(line),
      onClaimed: ({ attemptId }) => bustle?.taken(this.#name, attemptId),
      onNotStarted: (attemptId) => bustle?.ended(this.#name, attemptId),
    });
  }

  async live(): Promise<void> {
    const { signal, clock, restartMs, log } = this.parts;
    const isOver = (): boolean => signal.aborted;
    while (!isOver() && !this.#gone) {
      const life = new Life(signal);
      try {
        await this.#liveOnce(life);
      } catch (error) {
        if (!this.#comesBack(error)) throw error;
        log(`starts again after: ${String(error)}`);
      }
      if (!isOver()) await sleep(restartMs, clock, signal).catch(() => undefined);
    }
  }

  /** After what was planned; anything else that ends a station is for whoever runs the lab. */
  #comesBack(error: unknown): boolean {
    if (!(error instanceof LabRefusal)) return error instanceof Died;
    if (error.code === 'LEASE_LOST') return this.#replaced;
    return error.code === 'UNSUPPORTED_SCHEMA' && this.parts.plan.includes('older-schema');
  }

  #liveOnce(life: Life): Promise<void> {
    const { url, token, backoff, disk, spool, equipment, waitSeconds, log } = this.parts;
    const { properties, limits, hands } = equipment.station;
    const clock: Clock = {
      now: () => this.parts.clock.now() + this.#jumped,
      after: (ms, call) => this.parts.clock.after(ms, call),
    };
    const client = new LabClient({
      url,
      token,
      station: this.#name,
      clock,
      fetch: this.#net.fetchOf(life),
      ...(backoff === undefined ? {} : { backoff }),
    });
    return runStation({
      client,
      properties,
      limits,
      concurrency: hands,
      waitSeconds,
      folder: join(spool, this.#name),
      disk: diskOf(disk, life, () => this.#net.during('disk-full')),
      run: (assignment, context) => this.#run(assignment, context, life),
      // Nothing can still be moving: what was simulated went with the process.
      recover: (assignment) => {
        const result = faultOf('the simulator was restarted while this was being made');
        void this.#stoodStill(assignment, plain(result));
        return result;
      },
      answered: (...told) => this.#answered(...told),
      signal: life.signal,
      log: (line) => {
        if (!life.dead) log(line);
      },
    });
  }

  async #run(assignment: Assignment, context: RunContext, life: Life): Promise<Result> {
    const { bustle, journal, labClock, opened, plan, lab, seed, equipment } = this.parts;
    const { attemptId } = assignment;
    bustle?.busy(attemptId);
    life.mustLive();
    await journal.write(moved(this.#name, assignment, hoursSince(labClock, opened)));
    const work = new Work(assignment, context, {
      lab,
      seed,
      clock: labClock,
      opened,
      equipment,
      life,
      spectra: this.parts.spectra,
      faults: plan.of(assignment),
      begin: (fault) => this.#begin(fault, attemptId),
      waiting: (waits) => (waits ? bustle?.resting(attemptId) : bustle?.busy(attemptId)),
    });
    try {
      const outcome = await work.carryOut();
      await this.#stoodStill(assignment, outcome);
      this.#outcomes.set(attemptId, outcome);
      return outcome.result;
    } catch (error) {
      if (life.dead) bustle?.ended(this.#name, attemptId);
      else await this.#stoodStill(assignment, plain(faultOf(wordsOf(error))));
      throw error;
    }
  }

  async #begin(fault: FaultKind, attemptId: string): Promise<void> {
    switch (fault) {
      case 'partition':
      case 'token-expired':
      case 'disk-full':
        this.#net.begin(fault);
        break;
      case 'frozen-station':
        this.#net.begin(fault);
        await this.#net.tell(fault, attemptId);
        await sleep(this.parts.outageMs, this.parts.clock);
        return;
      case 'clock-jump':
        this.#jumped += dayMs;
        break;
      case 'two-boots':
        this.#replaced = true;
        await this.#registerAsAnother(attemptId);
        return;
      case 'station-gone':
        this.#gone = true;
        break;
      default:
        break;
    }
    await this.#net.tell(fault, attemptId);
  }

  async #registerAsAnother(attemptId: string): Promise<void> {
    const { url, token, equipment } = this.parts;
    const { properties } = equipment.station;
    const body = {
      station: this.#name,
      bootId: `another program, at ${attemptId}`,
      properties,
      schemaVersion: 1,
    };
    const response = await this.parts.fetch(`${url.replace(/\/+$/, '')}/lab/v1/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    await this.#net.tell('two-boots', attemptId, response);
  }

  readonly #answered: Answered = async (item, answer) => {
    const { journal, bustle } = this.parts;
    await journal.write(answered(this.#name, item, answer));
    bustle?.ended(this.#name, item.attemptId);
    const outcome = this.#outcomes.get(item.attemptId);
    this.#outcomes.delete(item.attemptId);
    // Whoever made the mistake is told of it, and puts it right.
    return answer instanceof LabRefusal && outcome?.mistake ? outcome.right : null;
  };

  #stoodStill(assignment: Assignment, outcome: Outcome): Promise<void> {
    const { attemptId, fence, campaignId, experimentNumber } = assignment;
    const { result, mistake, outlier, firing } = outcome;
    const beside = truthBeside(assignment, outcome.right);
    const line: JournalLine = {
      event: 'stood-still',
      station: this.#name,
      attemptId,
      fence,
      campaignId,
      experiment: experimentNumber,
      outcome: result.outcome,
      note: result.note ?? null,
      truth: beside?.truth ?? null,
      found: beside?.found ?? null,
      unit: beside?.unit ?? null,
      mistake,
      outlier,
      firing,
      hours: hoursSince(this.parts.labClock, this.parts.opened),
    };
    return this.parts.journal.write(line);
  }
}

const faultOf = (note: string): Result => ({ outcome: 'instrument_fault', note, measurements: [] });

const plain = (result: Result): Outcome => ({
  result,
  right: result,
  mistake: null,
  outlier: false,
  firing: null,
});

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
