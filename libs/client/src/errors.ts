/** What the user got wrong, as the payload of a mutation says it. */
export interface UserError {
  /** Stable: `INVALID_INPUT`, `NOT_FOUND`, `INVALID_STATE`, `CONFLICT` … */
  readonly code: string;
  readonly message: string;
  /** Which part of the input; null where it is about all of it. */
  readonly field: string | null;
}

/** An error of GraphQL itself: the operation, or a part of it, was not carried out. */
export interface Fault {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly field?: string;
    readonly correlationId?: string;
  };
}

/** Everything that this client throws, but for the reason of an aborted signal. */
export class ClientError extends Error {
  override readonly name: string = 'ClientError';

  constructor(
    /** Stable, to be compared with. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The payload of a mutation says what is wrong with its input. Nothing was changed. */
export class InputRefused extends ClientError {
  override readonly name = 'InputRefused';

  constructor(readonly errors: readonly UserError[]) {
    const [first] = errors;
    super(first?.code ?? 'INVALID_INPUT', errors.map(said).join('; '));
  }

  /** Of the first error. */
  get field(): string | null {
    return this.errors[0]?.field ?? null;
  }
}

const said = ({ field, message }: UserError): string =>
  field === null || message.includes(field) ? message : `${field}: ${message}`;

export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** Of HTTP; null over a socket. */
  readonly status: number | null;
  readonly field?: string | null;
  readonly correlationId?: string | null;
  readonly faults?: readonly Fault[];
  /** What was answered of the rest. */
  readonly data?: unknown;
}

/** The server understood and will not: no valid token, not allowed, not found, too large, not valid GraphQL … */
export class RequestRefused extends ClientError {
  override readonly name: string = 'RequestRefused';
  readonly status: number | null;
  readonly field: string | null;
  /** By which the server's log has it, where it went wrong inside. */
  readonly correlationId: string | null;
  readonly faults: readonly Fault[];
  readonly data: unknown;

  constructor(refusal: Refusal) {
    super(refusal.code, refusal.message);
    this.status = refusal.status;
    this.field = refusal.field ?? null;
    this.correlationId = refusal.correlationId ?? null;
    this.faults = refusal.faults ?? [];
    this.data = refusal.data ?? null;
  }
}

/** More was asked than is answered, and the wait would be longer than this client waits by itself. */
export class TooManyRequests extends RequestRefused {
  override readonly name = 'TooManyRequests';

  constructor(
    refusal: Omit<Refusal, 'code'>,
    /** When it is worth asking again; null where the server does not say. */
    readonly retryAfterMs: number | null,
  ) {
    super({ ...refusal, code: 'TOO_MANY_REQUESTS' });
  }
}

/** No answer of Ionloop came. What was sent may have been carried out. */
export class Unavailable extends ClientError {
  override readonly name = 'Unavailable';

  constructor(
    message: string,
    readonly status: number | null = null,
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super('UNAVAILABLE', message, options);
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The first of the errors of an answer stands for all. */
export function refusedBy(faults: readonly Fault[], status: number | null, data?: unknown): RequestRefused {
  const { code, field, correlationId } = faults[0]?.extensions ?? {};
  return new RequestRefused({
    code: code ?? 'UNKNOWN',
    message: faults.map(({ message }) => message).join('; '),
    ...{ status, faults, data },
    field: field ?? null,
    correlationId: correlationId ?? null,
  });
}
