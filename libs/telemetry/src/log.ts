import { AsyncLocalStorage } from 'node:async_hooks';
import { type DestinationStream, type Logger, pino } from 'pino';
import { scrub } from './scrub.js';
import { traceOf } from './spans.js';

/** What a line is about: the same names in every process, so that one search finds all lines of a thing. */
export interface Ids {
  readonly requestId?: string;
  /** The id of the caller's token, never its secret. */
  readonly tokenId?: string;
  readonly campaignId?: string;
  readonly experimentId?: string;
  readonly attemptId?: string;
  readonly stationId?: string;
  readonly screenId?: string;
  readonly job?: string;
}

export interface LogOptions {
  readonly name: string;
  readonly level: string;
  /** Standard error where it is left out. */
  readonly to?: DestinationStream;
}

const ids = new AsyncLocalStorage<Record<string, unknown>>();

/** All lines that the work writes carry the ids, beside those that are known already. */
export const withIds = <T>(known: Ids, work: () => T): T => ids.run({ ...ids.getStore(), ...known }, work);

/** Learned on the way: from here on the lines of the same request or job say so too. */
export function aboutNow(more: Ids): void {
  const known = ids.getStore();
  if (known) Object.assign(known, more);
}

/** Lines of JSON with ids, without secrets. */
export function openLog({ name, level, to = pino.destination(2) }: LogOptions): Logger {
  return pino(
    {
      name,
      level,
      mixin: () => ({ ...ids.getStore(), ...traceOf() }),
      // What the line itself says of an id counts more than what is known around it.
      mixinMergeStrategy: (line, known) => ({ ...known, ...line }),
      serializers: { err: (error: unknown) => errorLine(error) },
      redact: { paths: secretPaths, censor: '***' },
      hooks: {
        logMethod(args, method) {
          const words = args.map((arg: unknown) => (typeof arg === 'string' ? scrub(arg) : arg));
          method.apply(this, words as typeof args);
        },
      },
    },
    to,
  );
}

const secretNames = ['authorization', 'password', 'secret', 'token', 'cookie', 'databaseUrl', 'redisUrl'];
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** Few fields, known to hold no secret: what drivers hang on their errors are statements and their parameters. */
function errorLine(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error) && !isErrorLike(error)) return scrub(String(error));
  const { name, message, stack, code, cause } = error as Error & { readonly code?: unknown };
  return {
    type: name,
    message: scrub(message),
    ...(typeof code === 'string' && { code }),
    ...(typeof stack === 'string' && { stack: scrub(stack) }),
    ...(cause !== undefined && depth < 3 && { cause: errorLine(cause, depth + 1) }),
  };
}

/** Errors of another realm are no instances of ours. */
const isErrorLike = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
