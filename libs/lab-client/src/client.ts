import { randomUUID } from 'node:crypto';
import { listOf, readAssignment, readBeatAnswer, readReceipt, textOf, type Fields } from './answers.js';
import { defaultBackoff, waitAfter, type Backoff } from './backoff.js';
import { realClock, type Clock } from './clock.js';
import { LabUnavailable, messageOf } from './errors.js';
import { ask, post, type LabRequest } from './request.js';
import { sleep } from './sleep.js';
import {
  schemaVersion,
  type Assignment,
  type Beat,
  type BeatAnswer,
  type Json,
  type JsonObject,
  type Receipt,
  type WireResult,
} from './wire.js';
import { upload, type Upload } from './upload.js';

export interface LabClientOptions {
  readonly url: string;
  /** Bound to one station. A function is asked before every request, so that a token can be renewed. */
  readonly token: string | (() => string | Promise<string>);
  readonly station: string;
  /** Drawn anew at each start of a station; by default at construction. */
  readonly bootId?: string;
  readonly backoff?: Partial<Backoff>;
  /** How long a request may stay without an answer; a long poll gets its own waiting time on top. */
  readonly timeoutMs?: number;
  /** For simulations, whose time is not ours. */
  readonly clock?: Clock;
  /** For networks that need another way out, and for simulations. */
  readonly fetch?: typeof fetch;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** How often the request is sent at most, while no answer comes; 8 unless told. */
  readonly tries?: number;
  readonly onRetry?: (failure: LabUnavailable, waitMs: number) => void;
}

interface Call<T> {
  readonly path: string;
  readonly body: unknown;
  readonly read: (answer: Fields) => T;
  readonly key?: string;
  readonly extraMs?: number;
}

/**
 * The six verbs. A request that got no answer is repeated unchanged, key included, so it is carried out once however
 * often it is sent; a refusal is thrown at once.
 */
export class LabClient {
  readonly station: string;
  readonly bootId: string;
  readonly backoff: Backoff;
  readonly clock: Clock;
  readonly #options: LabClientOptions;
  readonly #base: string;
  readonly #timeoutMs: number;

  constructor(options: LabClientOptions) {
    this.station = options.station;
    this.bootId = options.bootId ?? randomUUID();
    this.backoff = { ...defaultBackoff, ...options.backoff };
    this.clock = options.clock ?? realClock;
    this.#options = options;
    this.#base = `${options.url.replace(/\/+$/, '')}/lab/v1`;
    this.#timeoutMs = options.timeoutMs ?? 15_000;
  }

  withBoot(bootId: string): LabClient {
    return new LabClient({ ...this.#options, bootId });
  }

  register(
    input: { properties: readonly string[]; limits?: JsonObject },
    options?: CallOptions,
  ): Promise<{ stationId: string }> {
    const body = { station: this.station, bootId: this.bootId, ...input, schemaVersion };
    return this.#call(
      { path: '/register', body, read: (answer) => ({ stationId: textOf(answer, 'stationId') }) },
      options,
    );
  }

  claim(
    input: { max: number; waitSeconds: number; key?: string },
    options?: CallOptions,
  ): Promise<readonly Assignment[]> {
    return this.#call(
      {
        path: '/claim',
        body: { max: input.max, wait: input.waitSeconds },
        read: (answer) => listOf(answer, 'assignments', readAssignment),
        key: input.key ?? randomUUID(),
        extraMs: input.waitSeconds * 1000,
      },
      options,
    );
  }

  start(
    input: { attemptId: string; fence: number; specHash: string; deviceRunId?: string },
    options?: CallOptions,
  ): Promise<{ attemptId: string }> {
    const { attemptId, ...body } = input;
    return this.#call(
      {
        path: `/attempts/${encodeURIComponent(attemptId)}/start`,
        body,
        read: (answer) => ({ attemptId: textOf(answer, 'attemptId') }),
      },
      options,
    );
  }

  heartbeat(attempts: readonly Beat[], options?: CallOptions): Promise<readonly BeatAnswer[]> {
    return this.#call(
      { path: '/heartbeat', body: { attempts }, read: (answer) => listOf(answer, 'answers', readBeatAnswer) },
      options,
    );
  }

  append(
    input: { attemptId: string; seq: number; partial: Json },
    options?: CallOptions,
  ): Promise<{ stored: boolean }> {
    const { attemptId, ...body } = input;
    return this.#call(
      {
        path: `/attempts/${encodeURIComponent(attemptId)}/partials`,
        body,
        read: (answer) => ({ stored: answer['stored'] === true }),
      },
      options,
    );
  }

  /** `key` belongs to the result, not to the try: keep it with the result until the receipt is there. */
  submit(
    input: WireResult & { attemptId: string; fence: number; key: string },
    options?: CallOptions,
  ): Promise<Receipt> {
    const { attemptId, key, ...body } = input;
    const path = `/attempts/${encodeURIComponent(attemptId)}/submit`;
    return this.#call({ path, body, read: readReceipt, key }, options);
  }

  /**
   * Brings the bytes to the server, from where an earlier try was cut off; returns once they are there, checked. Needed
   * before a submit that names them.
   */
  upload(artifact: Upload, options: CallOptions = {}): Promise<void> {
    const request = (method: LabRequest['method'], more: Partial<LabRequest>) =>
      this.#request(`/artifacts/${artifact.sha256}`, options.signal, { method, ...more }).then(ask);
    return this.#untilAnswered(() => upload(artifact, request), options);
  }

  async #call<T>(call: Call<T>, options: CallOptions = {}): Promise<T> {
    const body = JSON.stringify(call.body);
    return this.#untilAnswered(() => this.#send(call, body, options.signal), options);
  }

  async #untilAnswered<T>(send: () => Promise<T>, options: CallOptions): Promise<T> {
    for (let failures = 0; ;) {
      try {
        return await send();
      } catch (error) {
        failures += 1;
        if (!(error instanceof LabUnavailable) || failures >= (options.tries ?? 8)) throw error;
        const waitMs = waitAfter(error, failures, this.backoff);
        options.onRetry?.(error, waitMs);
        await sleep(waitMs, this.clock, options.signal);
      }
    }
  }

  async #send<T>(call: Call<T>, body: string, signal: AbortSignal | undefined): Promise<T> {
    const key = call.key === undefined ? {} : { 'idempotency-key': call.key };
    const request = await this.#request(call.path, signal, {
      headers: { 'content-type': 'application/json', ...key },
      body,
      timeoutMs: this.#timeoutMs + (call.extraMs ?? 0),
    });
    const answer = await post(request);
    try {
      return call.read(answer);
    } catch (error) {
      throw new LabUnavailable(`the answer is not as agreed: ${messageOf(error)}`);
    }
  }

  async #request(
    path: string,
    signal: AbortSignal | undefined,
    { headers, ...more }: Partial<LabRequest>,
  ): Promise<LabRequest> {
    const { token } = this.#options;
    return {
      url: this.#base + path,
      method: 'POST',
      headers: {
        authorization: `Bearer ${typeof token === 'string' ? token : await token()}`,
        'ionloop-boot': this.bootId,
        ...headers,
      },
      body: null,
      timeoutMs: this.#timeoutMs,
      clock: this.clock,
      fetch: this.#options.fetch ?? fetch,
      signal,
      ...more,
    };
  }
}
