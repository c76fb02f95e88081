import { reasonOf, retryAfterMs, type RetryPolicy, sleep, usualRetries, waitAfter } from './backoff.js';
import { isRepeatable, type ReadDocument, type Variables, withKeys } from './document.js';
import {
  type ClientError,
  type Fault,
  InputRefused,
  messageOf,
  refusedBy,
  RequestRefused,
  TooManyRequests,
  Unavailable,
  type UserError,
} from './errors.js';
import { linked } from './linked.js';

export interface TransportOptions {
  /** Of the server: `http://127.0.0.1:4680`. */
  readonly url: string;
  /** A function is asked before every request, so that a token can be renewed. */
  readonly token: string | (() => string | Promise<string>);
  readonly retry?: Partial<RetryPolicy>;
  /** How long one try may take. */
  readonly timeoutMs?: number;
  /** For networks that need another way out. */
  readonly fetch?: typeof fetch;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Instead of the client's own. */
  readonly timeoutMs?: number;
  /** Before each further try. */
  readonly onRetry?: (failure: ClientError, waitMs: number) => void;
}

interface RestRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: BodyInit;
  /** Whether it may be sent again though the first may have come through. */
  readonly repeatable: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** HTTP with its waits and repetitions; what a failure means is decided here and nowhere else. */
export class Transport {
  readonly policy: RetryPolicy;
  readonly #options: TransportOptions;
  readonly #base: string;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#base = options.url.replace(/\/+$/, '').replace(/\/graphql$/, '');
    this.policy = { ...usualRetries, ...options.retry };
  }

  get socketUrl(): string {
    return `${this.#base.replace(/^http/, 'ws')}/graphql`;
  }

  async authorization(): Promise<string> {
    const { token } = this.#options;
    return `Bearer ${typeof token === 'string' ? token : await token()}`;
  }

  /** A mutation whose payload has errors is thrown as `InputRefused`. */
  async operate<R>(document: ReadDocument, variables: Variables, options: CallOptions): Promise<R> {
    const body = JSON.stringify({ query: document.text, variables: withKeys(document, variables) });
    return this.#trying(isRepeatable(document), options, async (signal) => {
      const response = await this.#fetch('/graphql', signal, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body,
      });
      const data = await answerOf(response);
      if (document.operation === 'mutation') refuseErrors(data);
      return data as R;
    });
  }

  /** The answer's body is still to be read. */
  rest(
    { method, path, body, repeatable, headers: told }: RestRequest,
    options: CallOptions,
  ): Promise<Response> {
    return this.#trying(repeatable, options, async (signal) => {
      const headers = body === undefined ? {} : { 'content-type': 'application/octet-stream' };
      const response = await this.#fetch(path, signal, {
        ...{ method, headers: { ...headers, ...told } },
        ...(body !== undefined && { body }),
        // Of a stream that is sent while it is read.
        ...(body instanceof ReadableStream && { duplex: 'half' }),
      });
      if (!response.ok) throw await problemOf(response);
      return response;
    });
  }

  async #fetch(path: string, signal: AbortSignal, init: RequestInit): Promise<Response> {
    const authorization = await this.authorization();
    try {
      const send = this.#options.fetch ?? fetch;
      return await send(this.#base + path, {
        ...init,
        signal,
        headers: { ...(init.headers as Record<string, string>), authorization },
      });
    } catch (error) {
      throw new Unavailable(
        `${this.#base} cannot be reached: ${messageOf(error)}${because(error)}`,
        null,
        null,
        {
          cause: error,
        },
      );
    }
  }

  async #trying<T>(
    repeatable: boolean,
    { signal, timeoutMs = this.#options.timeoutMs ?? 30_000, onRetry }: CallOptions,
    attempt: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    for (let failures = 1; ; failures += 1) {
      const timed = linked(signal, timeoutMs);
      try {
        return await attempt(timed.signal);
      } catch (error) {
        if (signal?.aborted === true) throw reasonOf(signal);
        const failure = timed.expired
          ? new Unavailable(`no answer within ${timeoutMs} ms`, null, null, { cause: error })
          : error;
        const waitMs = this.#waitFor(failure, failures, repeatable);
        if (waitMs === null) throw failure;
        onRetry?.(failure as ClientError, waitMs);
        await sleep(waitMs, signal);
      } finally {
        timed.release();
      }
    }
  }

  /** Null where it is not tried again. */
  #waitFor(failure: unknown, failures: number, repeatable: boolean): number | null {
    if (failures >= this.policy.tries) return null;
    const inFlight = failure instanceof InputRefused && failure.code === 'IDEMPOTENCY_KEY_IN_FLIGHT';
    const refusedAtTheDoor = failure instanceof TooManyRequests;
    const unknown = failure instanceof Unavailable;
    if (!refusedAtTheDoor && !(repeatable && (unknown || inFlight))) return null;
    const asked = refusedAtTheDoor || unknown ? failure.retryAfterMs : null;
    return (asked ?? 0) > this.policy.longestRetryAfterMs ? null : waitAfter(failures, asked, this.policy);
  }
}

const because = (error: unknown): string =>
  error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';

async function answerOf(response: Response): Promise<unknown> {
  const text = await textOf(response);
  const { data, errors } = graphqlIn(text) ?? {};
  if (response.status === 429) throw tooMany(response, errors?.[0]?.message);
  if (data === undefined && errors === undefined) throw unreadable(response, text);
  if (errors !== undefined && errors.length > 0) throw refusedBy(errors, response.status, data);
  return data;
}

async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw new Unavailable(`the answer broke off: ${messageOf(error)}`, response.status, null, {
      cause: error,
    });
  }
}

function graphqlIn(
  text: string,
): { readonly data?: unknown; readonly errors?: readonly Fault[] } | undefined {
  const value = jsonIn(text);
  return typeof value === 'object' && value !== null ? value : undefined;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const tooMany = (response: Response, message = 'More was asked than is answered'): TooManyRequests =>
  new TooManyRequests({ message, status: 429 }, retryAfterMs(response.headers));

/** Of something between us and Ionloop, or of an Ionloop that is starting or ending. */
function unreadable(response: Response, text: string): ClientError {
  const { status } = response;
  const message = `${status} ${response.statusText}: ${text.slice(0, 200)}`.trim();
  return status >= 500 || status < 400
    ? new Unavailable(message, status, retryAfterMs(response.headers))
    : new RequestRefused({ code: status === 401 ? 'UNAUTHENTICATED' : 'BAD_REQUEST', message, status });
}

/** Of REST: RFC 9457. */
async function problemOf(response: Response): Promise<ClientError> {
  const text = await textOf(response);
  const problem = jsonIn(text);
  const { code, detail, field } =
    typeof problem === 'object' && problem !== null ? (problem as Record<string, unknown>) : {};
  if (response.status === 429) return tooMany(response, typeof detail === 'string' ? detail : undefined);
  if (typeof code !== 'string' || code === 'UNAVAILABLE') return unreadable(response, text);
  return new RequestRefused({
    ...{ code, status: response.status },
    message: typeof detail === 'string' ? detail : code,
    field: typeof field === 'string' ? field : null,
  });
}

function refuseErrors(data: unknown): void {
  const payloads = Object.values((data ?? {}) as Record<string, unknown>);
  const errors = payloads.flatMap((payload) =>
    typeof payload === 'object' && payload !== null && 'userErrors' in payload
      ? (payload.userErrors as readonly UserError[])
      : [],
  );
  if (errors.length > 0) throw new InputRefused(errors);
}
