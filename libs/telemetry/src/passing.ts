/** What a server that goes away does to those who speak with it: they come back when it does. */
const codes: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // A name that is not known yet: containers start in any order.
  'EAI_AGAIN',
  'ENOTFOUND',
  // PostgreSQL ends, has crashed, or is starting.
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '25P03',
  '08006',
]);
const words = [
  'Connection terminated',
  'Connection is closed',
  'Client was closed',
  'socket hang up',
  'no answer within',
  'timeout expired',
  'timeout exceeded when trying to connect',
];

/** Whether this error, or what caused it, says no more than that a server is away. */
export function isPassing(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  const { code, message, cause, errors } = error as {
    readonly code?: unknown;
    readonly message?: unknown;
    readonly cause?: unknown;
    readonly errors?: unknown;
  };
  if (typeof code === 'string' && codes.has(code)) return true;
  if (cause !== undefined) return isPassing(cause, depth + 1);
  // A host with several addresses fails with an error for each.
  if (Array.isArray(errors)) return errors.length > 0 && errors.every((one) => isPassing(one, depth + 1));
  return typeof message === 'string' && words.some((said) => message.includes(said));
}
