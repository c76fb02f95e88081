import type { Artifact } from '@ionloop/domain';
import type { ArtifactFiles } from '@ionloop/engine';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Stretch {
  readonly from: number;
  /** The last byte's place. */
  readonly to: number;
}

/** The one stretch that is asked for; `all` where the header is none that we know, null where it lies outside. */
export function stretchIn(header: string | undefined, bytes: number): Stretch | 'all' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [first = '', last = ''] = match?.slice(1) ?? [];
  if (!match || (first === '' && last === '')) return 'all';
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes - 1 : Math.min(bytes - 1, Number(last));
  if (first !== '' && last !== '' && Number(last) < from) return 'all';
  return from <= to ? { from, to } : null;
}

/** Sends an artifact, or the stretch of it that is asked for, as a file to keep and never as a page to show. */
export async function sendArtifact(
  files: ArtifactFiles,
  { sha256, bytes, mediaType }: Pick<Artifact, 'sha256' | 'bytes' | 'mediaType'>,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const etag = `"${sha256}"`;
  const { range, 'if-none-match': known, 'if-range': unchanged } = request.headers;
  response.setHeader('etag', etag);
  response.setHeader('accept-ranges', 'bytes');
  // What a hash stands for never changes; whether one may see it does.
  response.setHeader('cache-control', 'private, no-cache');
  if (known?.split(',').some((tag) => [etag, `W/${etag}`, '*'].includes(tag.trim())) === true) {
    response.writeHead(304).end();
    return;
  }
  const stretch = unchanged === undefined || unchanged === etag ? stretchIn(range, bytes) : 'all';
  if (stretch === null) {
    response.writeHead(416, { 'content-range': `bytes */${bytes}` }).end();
    return;
  }
  const { from, to } = stretch === 'all' ? { from: 0, to: bytes - 1 } : stretch;
  const wanted = request.method !== 'HEAD' && bytes > 0;
  // Before anything is promised: the folder may have lost what the record knows of.
  const content = wanted ? await files.read(sha256, { from, to }) : null;
  response.setHeader('content-type', mediaType);
  response.setHeader('content-disposition', disposition(name));
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-security-policy', "sandbox; default-src 'none'");
  response.setHeader('content-length', to - from + 1);
  if (stretch !== 'all') response.setHeader('content-range', `bytes ${from}-${to}/${bytes}`);
  response.statusCode = stretch === 'all' ? 200 : 206;
  if (!content) {
    response.end();
    return;
  }
  await sendStream(content, response);
}

export async function sendStream(
  content: AsyncIterable<string | Uint8Array>,
  response: ServerResponse,
): Promise<void> {
  try {
    await pipeline(Readable.from(content, { objectMode: false }), response);
  } catch (error) {
    // A client that has seen enough has gone, and nothing more can be said to it.
    if (!response.destroyed) throw error;
  }
}

/** A plain name for old programs, and the real one for the rest (RFC 6266). */
export function disposition(name: string): string {
  const plain = name.replaceAll(/[^\w.() -]/g, '_').slice(0, 100);
  const whole = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
