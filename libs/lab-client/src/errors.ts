/** The server has understood the request and says no: asking again would not change its mind. */
export class LabRefusal extends Error {
  override readonly name = 'LabRefusal';
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly field: string | null;

  constructor(refusal: { status: number; code: string; detail: string; field: string | null }) {
    super(`${refusal.code}: ${refusal.detail}`);
    this.status = refusal.status;
    this.code = refusal.code;
    this.detail = refusal.detail;
    this.field = refusal.field;
  }
}

/** No answer, or none that counts: the request may or may not have been carried out, and is safe to repeat. */
export class LabUnavailable extends Error {
  override readonly name = 'LabUnavailable';
  readonly status: number | null;
  /** How long the server asked to be left alone. */
  readonly retryAfterMs: number | null;

  constructor(message: string, status: number | null = null, retryAfterMs: number | null = null) {
    super(message);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
