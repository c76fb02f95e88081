import { types } from 'node:util';
import { fieldsOf, type Fields } from './answers.js';
import { retryAfterMs } from './backoff.js';
import type { Clock } from './clock.js';
import { codeOf, LabRefusal, LabUnavailable, messageOf } from './errors.js';

export interface LabRequest {
  readonly url: string;
  readonly method: 'POST' | 'PUT' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal | undefined;
}

/** One POST: the parsed body of a 2xx, otherwise LabRefusal, LabUnavailable or the signal's reason. */
export async function post(request: LabRequest): Promise<Fields> {
  const { response, text } = await ask(request);
  if (response.ok) return parseAnswer(text, response.status);
  const refusal = refusalOf(response, text);
  // The one conflict that passes: an earlier try of this very request is still being answered.
  if (refusal.code !== 'IDEMPOTENCY_KEY_IN_FLIGHT') throw refusal;
  throw new LabUnavailable(refusal.message, response.status, retryAfterMs(response.headers));
}

export interface Answer {
  readonly response: Response;
  readonly text: string;
}

/** One request: whatever the server has to say to it, a refusal included; LabUnavailable where that may change. */
export async function ask(request: LabRequest): Promise<Answer> {
  const answer = await exchange(request);
  const { status, headers } = answer.response;
  if (!isTransient(status)) return answer;
  throw new LabUnavailable(`the server answered ${status}`, status, retryAfterMs(headers));
}

const isTransient = (status: number): boolean => status >= 500 || status === 429 || status === 408;

async function exchange(request: LabRequest): Promise<Answer> {
  const { signal } = request;
  signal?.throwIfAborted();
  // AbortSignal.any would keep one listener for every request on a signal that lives as long as the station.
  const controller = new AbortController();
  const forward = (): void => controller.abort();
  const takeBack = request.clock.after(request.timeoutMs, forward);
  signal?.addEventListener('abort', forward, { once: true });
  try {
    const response = await request.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: controller.signal,
    });
    return { response, text: await response.text() };
  } catch (error) {
    signal?.throwIfAborted();
    if (controller.signal.aborted) throw new LabUnavailable(`no answer within ${request.timeoutMs} ms`);
    throw new LabUnavailable(`no connection: ${reasonOf(error)}`);
  } finally {
    takeBack();
    signal?.removeEventListener('abort', forward);
  }
}

function reasonOf(error: unknown): string {
  const cause = types.isNativeError(error) ? (error.cause ?? error) : error;
  return codeOf(cause) ?? messageOf(cause);
}

function parseAnswer(text: string, status: number): Fields {
  try {
    return fieldsOf(JSON.parse(text), 'the answer');
  } catch (error) {
    throw new LabUnavailable(`the answer cannot be read: ${messageOf(error)}`, status);
  }
}

export function refusalOf(response: Response, text: string): LabRefusal {
  const { status } = response;
  const location = response.headers.get('location');
  if (location !== null) {
    return new LabRefusal({
      status,
      code: 'REDIRECTED',
      detail: `the server is at ${location}`,
      field: null,
    });
  }
  const problem = parseProblem(text);
  const member = (name: string): string | null => {
    const value = problem[name];
    return typeof value === 'string' ? value : null;
  };
  return new LabRefusal({
    status,
    code: member('code') ?? `HTTP_${status}`,
    detail: member('detail') ?? member('title') ?? text.slice(0, 200),
    field: member('field'),
  });
}

function parseProblem(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text), 'the problem');
  } catch {
    return {};
  }
}
