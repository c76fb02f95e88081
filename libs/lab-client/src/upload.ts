import { LabRefusal, LabUnavailable } from './errors.js';
import { refusalOf, type Answer, type LabRequest } from './request.js';

export interface Upload {
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  read(from: number, length: number): Promise<Uint8Array>;
}

type Request = (method: LabRequest['method'], more: Partial<LabRequest>) => Promise<Answer>;

/** Few bytes at a time: a request has to be answered within the client's patience, on a slow line too. */
const pieceBytes = 1024 * 1024;
/** How often all of it is sent again where the server finds another hash. */
const mostTries = 3;

/** Goes on where the server says that it stands. Throws LabUnavailable where it has to be begun again with the question. */
export async function upload(artifact: Upload, request: Request): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await send(artifact, request);
      return;
    } catch (error) {
      const wrong = error instanceof LabRefusal && error.code === 'CHECKSUM_MISMATCH';
      if (!wrong || tries === mostTries) throw error;
    }
  }
}

async function send(artifact: Upload, request: Request): Promise<void> {
  const { bytes, mediaType } = artifact;
  let arrived = await arrivedAt(request);
  while (arrived !== null) {
    const piece = await artifact.read(arrived, Math.min(pieceBytes, bytes - arrived));
    const last = arrived + piece.byteLength - 1;
    const range = piece.byteLength === 0 ? `*/${bytes}` : `${arrived}-${last}/${bytes}`;
    const answer = await request('PUT', {
      headers: { 'content-type': mediaType, ...(bytes === 0 ? {} : { 'content-range': `bytes ${range}` }) },
      body: Uint8Array.from(piece),
    });
    const { status } = answer.response;
    if (status === 200 || status === 201) return;
    const next = offsetOf(answer);
    if (next === null || (status !== 202 && status !== 409)) throw refusedOr(answer);
    // What is said twice without getting anywhere has to wait like a request without an answer.
    if (next === arrived) throw new LabUnavailable(`the upload does not get beyond byte ${arrived}`, status);
    arrived = next;
  }
}

/** Null where it is there already. */
async function arrivedAt(request: Request): Promise<number | null> {
  const answer = await request('HEAD', {});
  const { status } = answer.response;
  if (status === 200) return null;
  const arrived = status === 404 ? offsetOf(answer) : null;
  if (arrived === null) throw refusedOr(answer);
  return arrived;
}

function offsetOf({ response }: Answer): number | null {
  const told = response.headers.get('upload-offset') ?? '';
  return /^\d+$/.test(told) ? Number(told) : null;
}

/** A page from a gateway on the way is no refusal of the server's. */
const refusedOr = ({ response, text }: Answer): LabRefusal | LabUnavailable =>
  response.ok
    ? new LabUnavailable('the answer to an upload is not as agreed', response.status)
    : refusalOf(response, text);
