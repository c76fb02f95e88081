import { notFound, type Token } from '@ionloop/domain';
import { type ArtifactStore, type Engine, type HistoryImport, uploadImport } from '@ionloop/engine';
import type { Jobs } from '@ionloop/jobs';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { actorOf } from '../access/actor.js';
import { Caller } from '../access/caller.js';
import { contentOf, letFinish } from '../artifacts/incoming.js';
import { disposition, sendStream } from '../artifacts/outgoing.js';
import { keyIn } from '../lab/headers.js';
import { ARTIFACTS, ENGINE, JOBS } from '../parts.js';
import { badRowsAsCsv } from './bad-rows.js';
import { fileNameIn, optionsIn } from './history-options.js';

export type BroughtTable = Pick<
  HistoryImport,
  'id' | 'campaignId' | 'fileName' | 'bytes' | 'sha256' | 'state'
>;

/** Tables that a worker looks at and writes: docs/data.md. What becomes of them is told by GraphQL. */
@Controller('v1')
export class ImportsController {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(ARTIFACTS) private readonly artifacts: ArtifactStore,
    @Inject(JOBS) private readonly jobs: Jobs,
  ) {}

  @Post('campaigns/:id/imports')
  @HttpCode(201)
  async bring(
    @Param('id') campaignId: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Caller() caller: Token,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<BroughtTable> {
    try {
      const { headers } = request;
      const key = headers['idempotency-key'] === undefined ? undefined : keyIn(headers);
      const table = {
        campaignId,
        fileName: fileNameIn(query),
        options: optionsIn(query),
        maxBytes: this.artifacts.maxBytes,
        ...(key !== undefined && { idempotencyKey: key }),
      };
      const content = (): AsyncIterable<Uint8Array> => contentOf(request, response);
      const brought = await uploadImport(this.engine, this.jobs, actorOf(caller), table, content);
      const { id, fileName, bytes, sha256, state } = brought;
      return { id, campaignId, fileName, bytes, sha256, state };
    } finally {
      letFinish(request);
    }
  }

  @Get('imports/:id/bad-rows')
  async badRows(
    @Param('id') id: string,
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    const { imports } = this.engine.store;
    const [one] = await imports.byIds([id]);
    if (!one) throw notFound('import', id);
    response.setHeader('content-type', 'text/csv; charset=utf-8');
    response.setHeader('content-disposition', disposition(`${one.fileName} – bad rows.csv`));
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    if (request.method === 'HEAD') response.end();
    else await sendStream(badRowsAsCsv(imports.badRows(id)), response);
  }
}
