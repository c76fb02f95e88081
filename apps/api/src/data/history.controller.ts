import type { Token } from '@ionloop/domain';
import {
  type ArtifactStore,
  checkHistory,
  type Engine,
  type HistoryReport,
  importHistory,
} from '@ionloop/engine';
import { Controller, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { actorOf } from '../access/actor.js';
import { Caller } from '../access/caller.js';
import { contentOf, letFinish } from '../artifacts/incoming.js';
import { ARTIFACTS, ENGINE } from '../parts.js';
import { fileNameIn, optionsIn } from './history-options.js';
import { keptForAWhile } from './kept-file.js';

/** The server itself reads no more than this at a time: a worker takes larger tables. */
const smallTable = 8 * 1024 * 1024;

/** Results of the past, from a small table, at once: docs/data.md. */
@Controller('v1/campaigns')
export class HistoryController {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(ARTIFACTS) private readonly artifacts: ArtifactStore,
  ) {}

  @Post(':id/history')
  @HttpCode(200)
  async import(
    @Param('id') id: string,
    @Query() query: Readonly<Record<string, unknown>>,
    @Caller() caller: Token,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<HistoryReport> {
    try {
      const options = optionsIn(query);
      const content = contentOf(request, response);
      return await keptForAWhile(
        content,
        Math.min(smallTable, this.artifacts.maxBytes),
        fileNameIn(query),
        (file) =>
          query['dryRun'] === '1'
            ? checkHistory(this.engine, id, file, options)
            : importHistory(this.engine, actorOf(caller), id, file, options),
      );
    } finally {
      letFinish(request);
    }
  }
}
