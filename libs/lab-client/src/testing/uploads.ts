import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults.js';
import { Problem } from './problem.js';

/** A request about an artifact as it came in, whatever became of it. */
export interface SeenUpload {
  readonly method: string;
  readonly sha256: string;
  readonly range: string | null;
  /** How many bytes of it were taken. */
  bytes: number;
  readonly atMs: number;
}

type Answered = readonly [status: number, body: object, uploadOffset: number];

/** The server's side of uploads: each station's stretches, and what is whole. */
export class Uploads {
  readonly seen: SeenUpload[] = [];
  readonly whole = new Map<string, Buffer>();
  readonly #arrived = new Map<string, Buffer>();

  /** Null where nothing is to be answered. */
  async take(
    request: IncomingMessage,
    response: ServerResponse,
    station: string,
    fault: Fault | null,
  ): Promise<Answered | null> {
    const sha256 = /^\/lab\/v1\/artifacts\/([0-9a-f]{64})$/.exec(request.url ?? '')?.[1];
    if (sha256 === undefined) throw new Problem(404, 'NOT_FOUND', 'no such artifact');
    const range = request.headers['content-range'] ?? null;
    const seen = { method: request.method ?? '', sha256, range, bytes: 0, atMs: performance.now() };
    this.seen.push(seen);
    const known = this.whole.get(sha256);
    if (known) return [200, { sha256, complete: true, bytes: known.length }, known.length];
    const key = `${sha256}/${station}`;
    const at = this.#arrived.get(key) ?? Buffer.alloc(0);
    if (request.method !== 'PUT') return [404, { code: 'NOT_FOUND', detail: 'not yet' }, at.length];
    const { from, total } = rangeOf(range, at.length);
    if (from !== at.length && range !== null) {
      return [409, { code: 'UPLOAD_OFFSET', detail: `go on from ${at.length}` }, at.length];
    }
    let bytes = at.subarray(0, from);
    const most = fault?.kind === 'cut-after' || fault?.kind === 'stall-after' ? fault.bytes : Infinity;
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const taken = (chunk as Buffer).subarray(0, Math.max(0, most - seen.bytes));
      seen.bytes += taken.length;
      bytes = Buffer.concat([bytes, taken]);
      this.#arrived.set(key, bytes);
      if (seen.bytes >= most) break;
    }
    if (fault?.kind === 'cut-after') {
      response.destroy();
      return null;
    }
    if (fault?.kind === 'stall-after') return null;
    if (bytes.length < (total ?? bytes.length))
      return [202, { sha256, complete: false, bytes: bytes.length }, bytes.length];
    this.#arrived.delete(key);
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256 || fault?.kind === 'wrong-checksum') {
      return [
        422,
        { code: 'CHECKSUM_MISMATCH', detail: `what came has the hash ${found}`, field: 'sha256' },
        0,
      ];
    }
    this.whole.set(sha256, bytes);
    return [201, { sha256, complete: true, bytes: bytes.length }, bytes.length];
  }
}

function rangeOf(header: string | null, arrived: number): { from: number; total: number | null } {
  if (header === null) return { from: 0, total: null };
  const match = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(header);
  if (!match) throw new Problem(400, 'INVALID_INPUT', 'this is no range', 'Content-Range');
  return { from: match[1] === undefined ? arrived : Number(match[1]), total: Number(match[2]) };
}
