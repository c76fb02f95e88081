import { type Artifact, notFound, type Token } from '@ionloop/domain';
import {
  type ArtifactStore,
  checkHash,
  type Engine,
  type Uploaded,
  uploadArtifact,
  WrongOffset,
} from '@ionloop/engine';
import { Controller, Get, Inject, Param, Put, Req, Res } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Caller } from '../access/caller.js';
import { stationOf } from '../lab/lab-verbs.js';
import { ARTIFACTS, ENGINE } from '../parts.js';
import { contentOf, letFinish, readUpload } from './incoming.js';
import { sendArtifact } from './outgoing.js';

/** Files from stations, by the hash of their bytes: docs/lab-wire.md. */
@Controller('lab/v1/artifacts')
export class ArtifactUploads {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(ARTIFACTS) private readonly artifacts: ArtifactStore,
  ) {}

  @Put(':sha256')
  async put(
    @Param('sha256') sha256: string,
    @Caller() caller: Token,
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    try {
      const uploader = { station: stationOf(caller), tokenId: caller.id };
      const upload = readUpload(sha256, request.headers);
      const content = (): AsyncIterable<Uint8Array> => contentOf(request, response);
      answer(response, sha256, await uploadArtifact(this.engine, this.artifacts, uploader, upload, content));
    } catch (error) {
      if (error instanceof WrongOffset) response.setHeader('upload-offset', error.wanted);
      // The line was cut: what came is kept, and there is nobody to answer.
      if (request.destroyed && !request.complete) return;
      throw error;
    } finally {
      letFinish(request);
    }
  }

  /** To a station that asks by HEAD, how much of its upload has arrived. */
  @Get(':sha256')
  async get(
    @Param('sha256') sha256: string,
    @Caller() caller: Token,
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    checkHash(sha256, 'sha256');
    const { files } = this.artifacts;
    const bytes = await files.size(sha256);
    const station = stationOf(caller);
    response.setHeader('upload-offset', bytes ?? (await files.arrived(sha256, station)));
    const artifact = bytes === null ? null : await artifactOf(this.engine, sha256);
    if (!artifact) throw notFound('artifact', sha256);
    await sendArtifact(files, artifact, sha256, request, response);
  }
}

/** The same files for people. */
@Controller('artifacts')
export class ArtifactDownloads {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(ARTIFACTS) private readonly artifacts: ArtifactStore,
  ) {}

  @Get(':sha256')
  async get(
    @Param('sha256') sha256: string,
    @Req() request: IncomingMessage & { readonly query?: Readonly<Record<string, unknown>> },
    @Res() response: ServerResponse,
  ): Promise<void> {
    checkHash(sha256, 'sha256');
    const artifact = await artifactOf(this.engine, sha256);
    if (!artifact) throw notFound('artifact', sha256);
    const name = request.query?.['name'];
    const shown = typeof name === 'string' && name !== '' ? name.slice(0, 200) : sha256;
    await sendArtifact(this.artifacts.files, artifact, shown, request, response);
  }
}

async function artifactOf({ store }: Engine, sha256: string): Promise<Artifact | null> {
  const [artifact] = await store.artifacts.find([sha256]);
  return artifact ?? null;
}

function answer(response: ServerResponse, sha256: string, uploaded: Uploaded): void {
  const { whole, created } = uploaded;
  const arrived = uploaded.whole ? uploaded.bytes : uploaded.arrived;
  response.statusCode = created ? 201 : whole ? 200 : 202;
  response.setHeader('upload-offset', arrived);
  response.setHeader('content-type', 'application/json; charset=utf-8');
  if (whole) response.setHeader('etag', `"${sha256}"`);
  if (created) response.setHeader('location', `/lab/v1/artifacts/${sha256}`);
  response.end(JSON.stringify({ sha256, complete: whole, bytes: arrived }));
}
