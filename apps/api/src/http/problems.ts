import type { ErrorCode } from '@ionloop/domain';

/** A kind of refusal: its place in HTTP, what it means, and what whoever asked can do. */
export interface ProblemType {
  readonly status: number;
  readonly title: string;
  readonly advice: string;
}

type HttpCode =
  | 'BAD_REQUEST'
  | 'METHOD_NOT_ALLOWED'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'REQUEST_HEADER_FIELDS_TOO_LARGE'
  | 'REQUEST_TIMEOUT'
  | 'TOO_MANY_REQUESTS'
  | 'INTERNAL';

export type ProblemCode = Exclude<ErrorCode, 'RECORD_CORRUPT'> | HttpCode;

const again = 'Send the same request again, under the same key.';

/** Every problem that REST answers, by its code. */
export const problemTypes: Readonly<Record<ProblemCode, ProblemType>> = {
  BAD_REQUEST: {
    status: 400,
    title: 'The request cannot be read',
    advice: 'Send a body that is JSON, and a path whose percent signs are codes.',
  },
  INVALID_INPUT: {
    status: 400,
    title: 'Something in the request is wrong',
    advice: 'The member `field` says where, `detail` what. Mend it; sending it again changes nothing.',
  },
  IDEMPOTENCY_KEY_MISSING: {
    status: 400,
    title: 'Idempotency-Key is missing',
    advice:
      'Draw a key for each claim and each result, send it in the header Idempotency-Key, and keep it for all retries: then a request whose answer was lost is carried out once.',
  },
  UNSUPPORTED_SCHEMA: {
    status: 400,
    title: 'This version of the lab protocol is not spoken here',
    advice:
      'The member `supported` has the oldest and the newest version that are. Register with one of them, or bring the server or the station up to date.',
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'No valid token',
    advice:
      'Send Authorization: Bearer and a token that is neither expired nor revoked. Work in hand is kept.',
  },
  FORBIDDEN: {
    status: 403,
    title: 'Not with this token',
    advice: 'A token speaks for its own station, and may do what its role may.',
  },
  NOT_FOUND: { status: 404, title: 'There is no such thing', advice: 'Look at the path and the ids in it.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'Not by this method',
    advice: 'The header Allow has those that are.',
  },
  REQUEST_TIMEOUT: { status: 408, title: 'The request did not come to its end', advice: again },
  LEASE_LOST: {
    status: 409,
    title: 'The attempt is not this station’s any more',
    advice: 'Start nothing for it. What was measured may still be submitted and is kept.',
  },
  SPEC_CHANGED: {
    status: 409,
    title: 'What is approved is not what was claimed',
    advice: 'Start nothing for it; claim again.',
  },
  INVALID_STATE: {
    status: 409,
    title: 'Not in this state',
    advice: 'Register first, or look at the detail.',
  },
  CONFLICT: {
    status: 409,
    title: 'Something else came first',
    advice: 'Look at the detail; sending it again changes nothing.',
  },
  IDEMPOTENCY_KEY_IN_FLIGHT: {
    status: 409,
    title: 'The first request under this key is still being answered',
    advice: 'Send the same request again after the time in Retry-After: it will get the first one’s answer.',
  },
  ARTIFACT_MISSING: {
    status: 409,
    title: 'An artifact that is named is not here',
    advice: 'Upload the one that `field` names, then submit again under the same key.',
  },
  UPLOAD_OFFSET: {
    status: 409,
    title: 'Another stretch of the upload is wanted',
    advice: 'Go on from the byte that the header Upload-Offset says.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    advice:
      'A body of JSON has at most as much as IONLOOP_BODY_KILOBYTES says; spectra, images and logs are artifacts.',
  },
  TOO_LARGE: {
    status: 413,
    title: 'The artifact is too large',
    advice: 'The detail says how large one may be; IONLOOP_ARTIFACT_MEGABYTES sets it.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'Not a type of body that is read here',
    advice: 'Send application/json in UTF-8.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    title: 'The key was used for another request',
    advice: 'A key stands for one request for ever: draw a new one for a new request.',
  },
  CHECKSUM_MISMATCH: {
    status: 422,
    title: 'The bytes do not have their hash',
    advice: 'Nothing was kept. Upload the artifact again from its beginning.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: 'More requests than are answered',
    advice: `${again} Wait as long as Retry-After says; RateLimit says how many may come.`,
  },
  REQUEST_HEADER_FIELDS_TOO_LARGE: {
    status: 431,
    title: 'The headers are too large',
    advice: 'Send fewer and shorter headers.',
  },
  INTERNAL: {
    status: 500,
    title: 'Something went wrong inside',
    advice: `The detail has a number under which the server’s log tells more. ${again}`,
  },
  UNAVAILABLE: {
    status: 503,
    title: 'The record cannot be reached just now',
    advice: `${again} Wait as long as Retry-After says.`,
  },
  STORAGE_FULL: {
    status: 507,
    title: 'There is no room',
    advice: 'Nothing was stored. Make room, or wait until it is made, and send it again.',
  },
};

const refusedByLibraries: readonly ProblemCode[] = [
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'REQUEST_TIMEOUT',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'TOO_MANY_REQUESTS',
  'REQUEST_HEADER_FIELDS_TOO_LARGE',
];
const byStatus = new Map(refusedByLibraries.map((code) => [problemTypes[code].status, code]));

/** For what a library refuses. */
export const codeOfStatus = (status: number): ProblemCode => byStatus.get(status) ?? 'BAD_REQUEST';

export const problemUri = (code: ProblemCode): string => `/problems/${code}`;
