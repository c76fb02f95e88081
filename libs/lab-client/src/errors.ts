import { types } from 'node:util';

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

/** Errors of other realms (a worker, a test's sandbox) are not instances of this one's Error. */
export const messageOf = (error: unknown): string =>
  types.isNativeError(error) ? error.message : String(error);

/** The code of a system error, such as ENOENT. */
export const codeOf = (error: unknown): string | null =>
  types.isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : null;
