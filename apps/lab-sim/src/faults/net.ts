import type { Assignment, Clock } from '@ionloop/lab-client';
import type { JournalLine } from '../journal.js';
import type { FaultKind } from './kinds.js';
import type { Life } from './life.js';
import type { FaultPlan } from './plan.js';
import { problemOf, readAssignments, routeOf, type Request } from './requests.js';
import type { Tear } from './torn.js';

export interface NetParts {
  readonly station: string;
  readonly fetch: typeof fetch;
  readonly tear: Tear;
  readonly plan: FaultPlan;
  /** The station's own, not the lab's. */
  readonly clock: Clock;
  readonly outageMs: number;
  readonly write: (line: JournalLine) => Promise<void>;
  readonly onClaimed: (assignment: Assignment) => void;
  readonly onNotStarted: (attemptId: string) => void;
}

type Outage = 'partition' | 'frozen-station' | 'token-expired' | 'disk-full';

type Fetch = (request: Request) => Promise<Response>;

/** The way between one station and its server, with what can go wrong on it. It outlives the station's lives. */
export class FaultyNet {
  readonly #done = new Set<string>();
  readonly #ends = new Map<Outage, number>();
  readonly #fences = new Map<string, number>();
  readonly #held = new Map<string, Request[]>();

  constructor(private readonly parts: NetParts) {}

  fetchOf(life: Life): typeof fetch {
    return async (input, init = {}) => {
      life.mustLive();
      await this.#thawed();
      const request = routeOf(input as string, init);
      try {
        const response = await this.#send(request, life);
        life.mustLive();
        return response;
      } finally {
        await this.#thawed();
      }
    };
  }

  begin(outage: Outage): void {
    this.#ends.set(outage, this.parts.clock.now() + this.parts.outageMs);
  }

  during(outage: Outage): boolean {
    return this.parts.clock.now() < (this.#ends.get(outage) ?? -Infinity);
  }

  /** For a frozen station nothing goes on: neither what it waits for nor what it wants to say. */
  async #thawed(): Promise<void> {
    while (this.during('frozen-station')) {
      const left = (this.#ends.get('frozen-station') ?? 0) - this.parts.clock.now();
      await new Promise<void>((resolve) => this.parts.clock.after(left, resolve));
    }
  }

  async #send(request: Request, life: Life): Promise<Response> {
    if (this.during('partition')) throw new TypeError('fetch failed: no route to the server');
    if (this.during('token-expired')) request.headers['authorization'] = 'Bearer expired';
    switch (request.verb) {
      case 'register':
        return this.#register(request);
      case 'claim':
        return this.#claim(request);
      case 'start':
        return this.#start(request, life);
      case 'partials':
        return this.#append(request);
      case 'submit':
        return this.#submit(request, life);
      default:
        return request.method === 'PUT' ? this.#upload(request) : this.#go(request);
    }
  }

  /** A file on its way, of whichever attempt. */
  async #upload(request: Request): Promise<Response> {
    if (this.parts.plan.includes('torn-upload') && this.#first('torn-upload', request.url)) {
      await this.tell('torn-upload', null, null, request.url);
      await this.parts.tear(request.url, request.asInit());
      throw new TypeError('fetch failed: the connection broke');
    }
    return this.#go(request);
  }

  async #register(request: Request): Promise<Response> {
    if (!this.parts.plan.includes('older-schema') || !this.#first('older-schema', 'register')) {
      return this.#go(request);
    }
    const response = await this.#go({ ...request, body: { ...request.body, schemaVersion: 0 } });
    await this.tell('older-schema', null, response);
    return response;
  }

  async #claim(request: Request): Promise<Response> {
    const response = await this.#go(request);
    const assignments = await readAssignments(response);
    for (const assignment of assignments) {
      this.#fences.set(assignment.attemptId, assignment.fence);
      this.parts.plan.of(assignment);
      if (this.#first('claimed', assignment.attemptId)) this.parts.onClaimed(assignment);
    }
    for (const { attemptId } of assignments) await this.#lose('lost-reply', attemptId, 'claim', response);
    return response;
  }

  async #start(request: Request, life: Life): Promise<Response> {
    const { attemptId } = request;
    if (await this.#meets('crash-before-start', attemptId)) throw life.kill();
    const wrong = await this.#meets('wrong-spec-hash', attemptId);
    const response = await this.#go(
      wrong ? { ...request, body: { ...request.body, specHash: '0'.repeat(64) } } : request,
    );
    if (!response.ok && response.status < 500 && response.status !== 401) this.parts.onNotStarted(attemptId);
    if (wrong) await this.tell('wrong-spec-hash', attemptId, response);
    await this.#lose('lost-reply', attemptId, 'start', response);
    if (await this.#meets('no-answer', attemptId, 'start')) await this.#never(request);
    return response;
  }

  /** Out of order: each waits until the next has been sent, and both are sent again. */
  async #append(request: Request): Promise<Response> {
    const { attemptId } = request;
    if (!this.parts.plan.ofId(attemptId).has('partials-shuffled')) {
      const response = await this.#go(request);
      await this.#lose('lost-reply', attemptId, 'append', response);
      return response;
    }
    const held = [...(this.#held.get(attemptId) ?? []), request];
    this.#held.set(attemptId, held);
    if (held.length < 2) return Response.json({ stored: true });
    return this.#release(attemptId);
  }

  async #release(attemptId: string): Promise<Response> {
    const held = this.#held.get(attemptId) ?? [];
    this.#held.delete(attemptId);
    let last = Response.json({ stored: true });
    for (const request of [...[...held].reverse(), ...held]) {
      last = await this.#go(request);
      await this.tell('partials-shuffled', attemptId, last);
    }
    return last;
  }

  async #submit(request: Request, life: Life): Promise<Response> {
    const { attemptId } = request;
    if (await this.#meets('crash-with-result', attemptId)) throw life.kill();
    if (this.#held.has(attemptId)) await this.#release(attemptId);
    if (await this.#meets('late-submit', attemptId)) await this.#pause(this.parts.outageMs);
    if (await this.#meets('torn-upload', attemptId)) {
      await this.parts.tear(request.url, request.asInit());
      throw new TypeError('fetch failed: the connection broke');
    }
    await this.#submitStale(request);
    const response = await this.#go(request);
    await this.#lose('lost-reply', attemptId, 'submit', response);
    if (await this.#meets('no-answer', attemptId, 'submit')) await this.#never(request);
    if (response.ok) await this.#reuseKey(request);
    return response;
  }

  async #submitStale(request: Request): Promise<void> {
    const { attemptId, headers, body } = request;
    if (!this.parts.plan.ofId(attemptId).has('stale-fence') || !this.#first('stale-fence', attemptId)) return;
    const key = `${headers['idempotency-key'] ?? ''}/stale`;
    const stale = { ...request, headers: { ...headers, 'idempotency-key': key } };
    const response = await this.#go({ ...stale, body: { ...body, fence: Number(body['fence']) + 1 } });
    await this.tell('stale-fence', attemptId, response);
  }

  async #reuseKey(request: Request): Promise<void> {
    const { attemptId, body } = request;
    if (!this.parts.plan.ofId(attemptId).has('key-reused') || !this.#first('key-reused', attemptId)) return;
    const other = { ...body, outcome: 'failed_sample', note: 'another result', measurements: [] };
    await this.tell('key-reused', attemptId, await this.#go({ ...request, body: other }));
  }

  readonly #go: Fetch = (request) => this.parts.fetch(request.url, request.asInit());

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.parts.clock.after(ms, resolve));
  }

  /** Rejects as a request does whose answer never came. */
  #never({ signal }: Request): Promise<never> {
    return new Promise((_, reject) => {
      const stop = (): void => reject(new TypeError('fetch failed: aborted'));
      if (!signal || signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
  }

  async #lose(kind: FaultKind, attemptId: string, verb: string, { ok }: Response): Promise<void> {
    if (ok && (await this.#meets(kind, attemptId, verb))) {
      throw new TypeError('fetch failed: other side closed');
    }
  }

  /** Once for each attempt and verb; written down before it comes. */
  async #meets(kind: FaultKind, attemptId: string, verb = ''): Promise<boolean> {
    if (!this.parts.plan.ofId(attemptId).has(kind) || !this.#first(`${kind}/${verb}`, attemptId))
      return false;
    await this.tell(kind, attemptId, null, verb);
    return true;
  }

  #first(what: string, attemptId: string): boolean {
    const mark = `${what}/${attemptId}`;
    if (this.#done.has(mark)) return false;
    this.#done.add(mark);
    return true;
  }

  async tell(
    fault: FaultKind,
    attemptId: string | null,
    response: Response | null = null,
    detail = '',
  ): Promise<void> {
    await this.parts.write({
      event: 'fault',
      station: this.parts.station,
      attemptId,
      fence: attemptId === null ? null : (this.#fences.get(attemptId) ?? null),
      fault,
      detail,
      answer: response === null ? null : await problemOf(response),
    });
  }
}
