import { invalidInput } from '@ionloop/domain';
import { checkMediaType, type UploadRequest } from '@ionloop/engine';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** Whether a request brings an artifact or a table, whose bytes are read by nobody but its handler. */
export const isUpload = ({ method, url = '' }: IncomingMessage): boolean =>
  (method === 'PUT' && url.startsWith('/lab/v1/artifacts/')) ||
  (method === 'POST' && /^\/v1\/campaigns\/[^/]+\/(history|imports)(\?|$)/.test(url));

export function readUpload(sha256: string, headers: IncomingHttpHeaders): UploadRequest {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw invalidInput('Content-Encoding', `artifacts are taken as they are, not encoded as ${encoding}`);
  }
  const mediaType = headers['content-type'] ?? 'application/octet-stream';
  const length = headers['content-length'];
  return {
    sha256,
    mediaType: checkMediaType(mediaType, 'Content-Type'),
    range: rangeIn(headers['content-range']),
    length: length === undefined ? null : Number(length),
  };
}

function rangeIn(header: string | string[] | undefined): UploadRequest['range'] {
  if (header === undefined) return null;
  const match = /^bytes (?:(\d{1,15})-(\d{1,15})|\*)\/(\d{1,15})$/.exec(String(header).trim());
  const [from, to, total] = [match?.[1], match?.[2], match?.[3]];
  if (total === undefined || (from !== undefined && Number(from) > Number(to))) {
    throw invalidInput(
      'Content-Range',
      'Content-Range must be "bytes FIRST-LAST/TOTAL", or "bytes */TOTAL" where all has arrived',
    );
  }
  return {
    from: from === undefined ? null : Number(from),
    to: to === undefined ? Number(total) - 1 : Number(to),
    total: Number(total),
  };
}

/** The bytes of a request, which is told to go on only now. Left alone where its reader stops: it is still answered. */
export function contentOf(request: IncomingMessage, response: ServerResponse): AsyncIterable<Uint8Array> {
  if (/^100-continue$/i.test(request.headers.expect ?? '')) response.writeContinue();
  return request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
}

const patienceMs = 2000;
const patienceBytes = 4 * 1024 * 1024;

/**
 * Reads on for a moment what nobody wants, and then hangs up: a client that is cut off while it still sends does not
 * get to see its answer.
 */
export function letFinish(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  const { socket } = request;
  const read = socket.bytesRead;
  const timer = setTimeout(() => socket.destroy(), patienceMs);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
  request.once('end', () => clearTimeout(timer));
  request.on('data', () => {
    if (socket.bytesRead - read > patienceBytes) socket.destroy();
  });
  request.resume();
}
