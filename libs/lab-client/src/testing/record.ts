import { createHash, randomUUID } from 'node:crypto';
import { fieldsOf, listOf, numberOf, oneOf, textOf, type Fields } from '../answers.js';
import { outcomes, type Assignment, type Command, type Outcome, type Spec } from '../wire.js';
import { Problem } from './problem.js';

export interface AttemptRecord {
  readonly assignment: Assignment;
  readonly station: string;
  boot: string;
  state: 'leased' | 'started' | 'expired' | 'closed';
  starts: number;
  result: {
    key: string;
    outcome: Outcome;
    note: string | null;
    measurements: readonly unknown[];
    artifacts: readonly { readonly sha256: string; readonly name: string }[];
  } | null;
  stages: string[];
  partials: Map<number, unknown>;
}

export interface Timing {
  readonly leaseSeconds: number;
  readonly heartbeatSeconds: number;
}

export interface Voice {
  readonly station: string;
  readonly boot: string;
  readonly key: string | null;
}

interface Work {
  readonly experimentId: string;
  readonly spec: Spec;
  fence: number;
}

/** The other party of the contract, in memory: what is to be done, who has it, what was said under which key. */
export class LabRecord {
  readonly attempts = new Map<string, AttemptRecord>();
  readonly commands = new Map<string, Command>();
  readonly #queue: Work[] = [];
  readonly #work = new Map<string, Work>();
  readonly #boots = new Map<string, string>();
  readonly #answers = new Map<string, { bodyHash: string; answer: object }>();
  #waiting: (() => void)[] = [];

  constructor(
    private readonly timing: Timing,
    private readonly artifacts: ReadonlyMap<string, unknown>,
  ) {}

  enqueue(spec: Spec): void {
    const work: Work = { experimentId: randomUUID(), spec, fence: 0 };
    this.#work.set(work.experimentId, work);
    this.#queue.push(work);
    this.wakeWaiting();
  }

  wakeWaiting(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves when there may be work, or after so many seconds. */
  workOrTime(seconds: number): Promise<void> {
    if (this.#queue.length > 0 || seconds <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  register(voice: Voice, body: Fields): object {
    const boot = textOf(body, 'bootId');
    listOf(body, 'properties', String);
    if (textOf(body, 'station') !== voice.station) throw new Problem(403, 'FORBIDDEN', 'not your station');
    if (numberOf(body, 'schemaVersion') !== 1) {
      throw new Problem(400, 'UNSUPPORTED_SCHEMA', 'only version 1 is spoken');
    }
    this.#boots.set(voice.station, boot);
    for (const attempt of this.attempts.values()) {
      if (attempt.station !== voice.station || attempt.boot === boot || attempt.state !== 'leased') continue;
      attempt.state = 'expired';
      this.#requeue(attempt);
    }
    return { stationId: `id of ${voice.station}` };
  }

  claim(voice: Voice, body: Fields): object {
    this.#currentBoot(voice);
    const max = numberOf(body, 'max');
    return this.#once(
      'claim',
      voice,
      body,
      () => ({ assignments: this.#queue.splice(0, max).map((work) => this.#lease(work, voice)) }),
      ({ assignments }) => assignments.length > 0,
    );
  }

  start(voice: Voice, attemptId: string, body: Fields): object {
    this.#currentBoot(voice);
    const attempt = this.#own(voice, attemptId);
    if (attempt.assignment.specHash !== textOf(body, 'specHash')) {
      throw new Problem(409, 'SPEC_CHANGED', 'not what was claimed', 'specHash');
    }
    if (attempt.assignment.fence !== numberOf(body, 'fence') || attempt.state === 'expired') {
      throw new Problem(409, 'LEASE_LOST', 'the lease is gone', 'fence');
    }
    if (attempt.state === 'leased') attempt.starts += 1;
    attempt.state = 'started';
    return { attemptId };
  }

  heartbeat(voice: Voice, body: Fields): object {
    const current = this.#boots.get(voice.station) === voice.boot;
    return {
      answers: listOf(body, 'attempts', (item) => {
        const beat = fieldsOf(item, 'a beat');
        const attemptId = textOf(beat, 'attemptId');
        const attempt = this.attempts.get(attemptId);
        const live = current && (attempt?.state === 'leased' || attempt?.state === 'started');
        if (!live) return { attemptId, command: 'lease_lost' };
        if (beat['stage'] !== undefined) attempt.stages.push(textOf(beat, 'stage'));
        return { attemptId, command: this.commands.get(attemptId) ?? 'continue' };
      }),
    };
  }

  append(voice: Voice, attemptId: string, body: Fields): object {
    this.#currentBoot(voice);
    const { partials } = this.#own(voice, attemptId);
    const seq = numberOf(body, 'seq');
    const stored = !partials.has(seq);
    if (stored) partials.set(seq, body['partial']);
    return { stored };
  }

  submit(voice: Voice, attemptId: string, body: Fields): object {
    this.#currentBoot(voice);
    const attempt = this.#own(voice, attemptId);
    const outcome = oneOf(body, 'outcome', outcomes);
    const measurements = listOf(body, 'measurements', (item) => item);
    const artifacts = listOf({ artifacts: [], ...body }, 'artifacts', (item) => {
      const artifact = fieldsOf(item, 'an artifact');
      return { sha256: textOf(artifact, 'sha256'), name: textOf(artifact, 'name') };
    });
    return this.#once('submit', voice, { ...body, attemptId }, () => {
      const missing = artifacts.findIndex(({ sha256 }) => !this.artifacts.has(sha256));
      if (missing >= 0) {
        throw new Problem(409, 'ARTIFACT_MISSING', 'upload it first', `artifacts[${missing}].sha256`);
      }
      if (attempt.result) throw new Problem(409, 'CONFLICT', 'the attempt has its result already');
      if (outcome === 'measured' && measurements.length === 0) {
        throw new Problem(400, 'INVALID_INPUT', 'nothing was measured', 'measurements');
      }
      const late = attempt.state === 'expired';
      attempt.result = {
        key: voice.key ?? '',
        outcome,
        note: body['note'] === undefined ? null : textOf(body, 'note'),
        measurements,
        artifacts,
      };
      if (!late) attempt.state = 'closed';
      if (!late && outcome === 'instrument_fault') this.#requeue(attempt);
      const measurementIds = measurements.map(() => randomUUID());
      return { attemptId, disposition: late ? 'late' : dispositionOf(outcome), measurementIds };
    });
  }

  #lease(work: Work, voice: Voice): Assignment {
    work.fence += 1;
    const assignment: Assignment = {
      attemptId: randomUUID(),
      experimentId: work.experimentId,
      experimentNumber: work.spec.experiment,
      campaignId: work.spec.campaignId,
      fence: work.fence,
      spec: work.spec,
      specHash: hashOf(work.spec),
      ...this.timing,
    };
    this.attempts.set(assignment.attemptId, {
      assignment,
      station: voice.station,
      boot: voice.boot,
      state: 'leased',
      starts: 0,
      result: null,
      stages: [],
      partials: new Map(),
    });
    return assignment;
  }

  #requeue({ assignment }: AttemptRecord): void {
    if (this.commands.get(assignment.attemptId) === 'cancel') return;
    const work = this.#work.get(assignment.experimentId);
    if (work) this.#queue.push(work);
  }

  #currentBoot({ station, boot }: Voice): void {
    if (this.#boots.get(station) !== boot) {
      throw new Problem(409, 'LEASE_LOST', `boot ${boot} does not speak for ${station}`);
    }
  }

  #own({ station }: Voice, attemptId: string): AttemptRecord {
    const attempt = this.attempts.get(attemptId);
    if (!attempt) throw new Problem(404, 'NOT_FOUND', `there is no attempt ${attemptId}`);
    if (attempt.station !== station) throw new Problem(403, 'FORBIDDEN', 'the attempt is another station’s');
    return attempt;
  }

  /** The same key and body get the first answer again; another body under the key is refused. */
  #once<T extends object>(
    verb: string,
    { station, key }: Voice,
    body: object,
    act: () => T,
    worthKeeping: (answer: T) => boolean = () => true,
  ): T {
    if (key === null) throw new Problem(400, 'IDEMPOTENCY_KEY_MISSING', 'no Idempotency-Key');
    const scope = `${verb}/${station}/${key}`;
    const bodyHash = hashOf(body);
    const earlier = this.#answers.get(scope);
    if (earlier && earlier.bodyHash !== bodyHash) {
      throw new Problem(422, 'IDEMPOTENCY_KEY_REUSED', 'the key was used with another body');
    }
    if (earlier) return earlier.answer as T;
    const answer = act();
    if (worthKeeping(answer)) this.#answers.set(scope, { bodyHash, answer });
    return answer;
  }
}

const dispositionOf = (outcome: Outcome): string => (outcome === 'measured' ? 'accepted' : 'closed');

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
