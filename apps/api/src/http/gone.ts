import type { ServerResponse } from 'node:http';
import { linkedTo } from './linked.js';

/** Aborted when the answer has been given, when the client has left without it, or when the server ends. */
export function goneOf(response: ServerResponse, ending: AbortSignal): AbortSignal {
  const { signal, abort } = linkedTo(ending);
  if (response.closed) abort();
  else response.once('close', abort);
  return signal;
}
