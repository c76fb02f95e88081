import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fieldsOf, numberOf, type Fields } from '../answers.js';
import type { Command, Spec } from '../wire.js';
import { Faults, verbs, type Fault, type Verb } from './faults.js';
import { Problem } from './problem.js';
import { Uploads, type SeenUpload } from './uploads.js';
import { LabRecord, type AttemptRecord, type Timing, type Voice } from './record.js';

export type { AttemptRecord } from './record.js';
export type { SeenUpload } from './uploads.js';

export interface HostileLabOptions extends Partial<Timing> {
  /** Each token's station. */
  readonly tokens: Readonly<Record<string, string>>;
}

/** A request as it came in, whatever became of it. */
export interface SeenRequest {
  readonly verb: Verb;
  readonly attemptId: string | null;
  readonly key: string | null;
  readonly boot: string | null;
  readonly body: Fields;
  /** When it came in, by a clock that only goes on. */
  readonly atMs: number;
}

/**
 * A server that speaks the lab protocol over real HTTP, keeps its rules, and misbehaves where it is told to: what any
 * client has to live with. A client can be run against it without the rest of Ionloop.
 */
export class HostileLab {
  readonly seen: SeenRequest[] = [];
  readonly #record: LabRecord;
  readonly #uploads = new Uploads();
  readonly #faults = new Faults();
  readonly #server: Server;
  readonly #tokens: Map<string, string>;
  /** The last answer of each verb that was worth something. */
  readonly #last = new Map<Verb, [number, object]>();

  private constructor(options: HostileLabOptions) {
    const { leaseSeconds = 60, heartbeatSeconds = 10, tokens } = options;
    this.#record = new LabRecord({ leaseSeconds, heartbeatSeconds }, this.#uploads.whole);
    this.#tokens = new Map(Object.entries(tokens));
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async open(options: HostileLabOptions): Promise<HostileLab> {
    const lab = new HostileLab(options);
    await lab.listen(0);
    return lab;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the lab is not listening');
    return address.port;
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => resolve());
    });
  }

  /** Stops answering; what it knows stays, and `listen` brings it back. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
      this.#record.wakeWaiting();
    });
  }

  enqueue(...specs: readonly Spec[]): void {
    for (const spec of specs) this.#record.enqueue(spec);
  }

  /** Requests about artifacts, those by HEAD among them. */
  get uploads(): readonly SeenUpload[] {
    return this.#uploads.seen;
  }

  /** What is there, by its hash. */
  get artifacts(): ReadonlyMap<string, Uint8Array> {
    return this.#uploads.whole;
  }

  plant(verb: Verb, ...faults: readonly (Fault | null)[]): void {
    this.#faults.plant(verb, ...faults);
  }

  /** Takes back the faults that have not come yet. */
  mend(): void {
    this.#faults.clear();
  }

  /** What the next heartbeats of an attempt are answered. */
  command(attemptId: string, command: Command): void {
    this.#record.commands.set(attemptId, command);
  }

  /** From now on a token is not known any more, or known again. */
  setToken(token: string, station: string | null): void {
    if (station === null) this.#tokens.delete(token);
    else this.#tokens.set(token, station);
  }

  get attempts(): readonly AttemptRecord[] {
    return [...this.#record.attempts.values()];
  }

  seenOf(verb: Verb): readonly SeenRequest[] {
    return this.seen.filter((request) => request.verb === verb);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith('/lab/v1/artifacts/') === true) {
      await this.#upload(request, response);
      return;
    }
    const route = routeOf(request.url ?? '');
    const body = await bodyOf(request);
    if (!route || !body) {
      answer(response, 400, { code: 'INVALID_INPUT', detail: 'no such request' });
      return;
    }
    const seen = {
      ...route,
      body,
      key: header(request, 'idempotency-key'),
      boot: header(request, 'ionloop-boot'),
      atMs: performance.now(),
    };
    this.seen.push(seen);
    await this.#misbehave(this.#faults.next(seen.verb), seen, request, response);
  }

  async #upload(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.#faults.next('artifacts');
    try {
      const station = this.#stationOf(header(request, 'authorization'));
      if (fault?.kind === 'status') throw new Problem(fault.status, fault.code ?? 'FAULT', 'a planted fault');
      const answered = await this.#uploads.take(request, response, station, fault);
      if (!answered) return;
      const [status, body, offset] = answered;
      response.setHeader('upload-offset', offset);
      if (fault?.kind === 'lost-reply') request.socket.destroy();
      else answer(response, status, { status, ...body });
    } catch (error) {
      if (response.destroyed) return;
      const { status, code, detail } =
        error instanceof Problem ? error : new Problem(400, 'CUT', String(error));
      answer(response, status, { status, code, detail });
    }
  }

  #stationOf(authorization: string | null): string {
    const station = this.#tokens.get((authorization ?? '').replace(/^Bearer /, ''));
    if (station === undefined) throw new Problem(401, 'UNAUTHENTICATED', 'the token is not valid');
    return station;
  }

  async #misbehave(
    fault: Fault | null,
    seen: SeenRequest,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const act = (): Promise<[number, object]> => this.#act(seen, header(request, 'authorization'), response);
    switch (fault?.kind) {
      case 'cut':
        request.socket.destroy();
        return;
      case 'lost-reply':
        await act();
        request.socket.destroy();
        return;
      case 'silence':
        await act();
        return;
      case 'status':
        if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
        answer(response, fault.status, { code: fault.code ?? 'FAULT', detail: 'a planted fault' });
        return;
      case 'again':
        answer(response, ...(this.#last.get(seen.verb) ?? (await act())));
        return;
      case 'garbage':
        response.end('<html>a gateway’s page</html>');
        return;
      case 'slow':
        await new Promise((resolve) => setTimeout(resolve, fault.ms));
        answer(response, ...(await act()));
        return;
      case 'forget-artifacts':
        this.#uploads.whole.clear();
        answer(response, ...(await act()));
        return;
      default:
        answer(response, ...(await act()));
        return;
    }
  }

  async #act(
    seen: SeenRequest,
    authorization: string | null,
    response: ServerResponse,
  ): Promise<[number, object]> {
    try {
      const station = this.#stationOf(authorization);
      const voice = { station, boot: seen.boot ?? '', key: seen.key };
      if (seen.verb === 'claim') {
        await this.#record.workOrTime(numberOf(seen.body, 'wait'));
        if (response.destroyed) throw new Problem(499, 'GONE', 'nobody waits for this claim any more');
      }
      const answered: [number, object] = [200, this.#carryOut(seen, voice)];
      if (!isEmptyClaim(answered[1])) this.#last.set(seen.verb, answered);
      return answered;
    } catch (error) {
      if (error instanceof Problem) {
        const { status, code, detail, field } = error;
        return [status, { status, code, detail, ...(field === undefined ? {} : { field }) }];
      }
      return [400, { status: 400, code: 'INVALID_INPUT', detail: String(error) }];
    }
  }

  #carryOut({ verb, attemptId, body }: SeenRequest, voice: Voice): object {
    const record = this.#record;
    switch (verb) {
      case 'register':
        return record.register(voice, body);
      case 'claim':
        return record.claim(voice, body);
      case 'heartbeat':
        return record.heartbeat(voice, body);
      case 'start':
        return record.start(voice, attemptId ?? '', body);
      case 'partials':
        return record.append(voice, attemptId ?? '', body);
      case 'submit':
        return record.submit(voice, attemptId ?? '', body);
      case 'artifacts':
        throw new Problem(404, 'NOT_FOUND', 'an artifact has a path of its own');
    }
  }
}

const isEmptyClaim = (body: object): boolean =>
  'assignments' in body && Array.isArray(body.assignments) && body.assignments.length === 0;

function routeOf(url: string): { verb: Verb; attemptId: string | null } | null {
  const match = /^\/lab\/v1\/(?:attempts\/([^/]+)\/)?([a-z]+)$/.exec(url);
  const verb = verbs.find((name) => name === match?.[2]);
  return verb === undefined ? null : { verb, attemptId: match?.[1] ?? null };
}

async function bodyOf(request: IncomingMessage): Promise<Fields | null> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return fieldsOf(JSON.parse(Buffer.concat(chunks).toString()), 'the body');
  } catch {
    return null;
  }
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

function answer(response: ServerResponse, status: number, body: object): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}
