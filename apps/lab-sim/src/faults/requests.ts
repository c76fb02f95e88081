import type { Assignment } from '@ionloop/lab-client';

export interface Request {
  readonly url: string;
  readonly method: string;
  /** Empty where it is none of the protocol's. */
  readonly verb: string;
  /** Empty where the request is not about one attempt. */
  readonly attemptId: string;
  readonly headers: Record<string, string>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal | null;
  asInit(this: Request): RequestInit;
}

/** What a request of the lab client is about. */
export function routeOf(url: string, init: RequestInit): Request {
  const [, attemptId = '', verb = ''] = /\/lab\/v1\/(?:attempts\/([^/]+)\/)?([a-z]+)$/.exec(url) ?? [];
  const sent = (typeof init.body === 'string' ? JSON.parse(init.body) : {}) as Record<string, unknown>;
  return {
    url,
    method: init.method ?? 'GET',
    verb,
    attemptId: decodeURIComponent(attemptId),
    headers: { ...(init.headers as Record<string, string>) },
    body: sent,
    signal: init.signal ?? null,
    asInit() {
      const { headers, body, signal } = this;
      return { ...init, headers, signal, ...(body === sent ? {} : { body: JSON.stringify(body) }) };
    },
  };
}

export async function readAssignments(response: Response): Promise<readonly Assignment[]> {
  if (!response.ok) return [];
  try {
    const { assignments } = (await response.clone().json()) as { assignments?: readonly Assignment[] };
    return assignments ?? [];
  } catch {
    return [];
  }
}

/** What the server said to something wrong, in short. */
export async function problemOf(
  response: Response,
): Promise<{ readonly status: number; readonly code: string | null }> {
  try {
    const { code } = (await response.clone().json()) as { code?: string };
    return { status: response.status, code: code ?? null };
  } catch {
    return { status: response.status, code: null };
  }
}
