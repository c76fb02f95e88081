import { invalidInput, type Token } from '@ionloop/domain';
import {
  type ArtifactStore,
  checkHistory,
  type Engine,
  type HistoryOptions,
  type HistoryReport,
  importHistory,
} from '@ionloop/engine';
import { Controller, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { actorOf } from '../access/actor.js';
import { Caller } from '../access/caller.js';
import { contentOf, letFinish } from '../artifacts/incoming.js';
import { ARTIFACTS, ENGINE } from '../parts.js';
import { keptForAWhile } from './kept-file.js';

/** Results of the past, from a table: docs/data.md. */
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
      const name = textIn(query, 'name')?.slice(0, 200) ?? 'upload.csv';
      const content = contentOf(request, response);
      return await keptForAWhile(content, this.artifacts.maxBytes, name, (file) =>
        query['dryRun'] === '1'
          ? checkHistory(this.engine, id, file, options)
          : importHistory(this.engine, actorOf(caller), id, file, options),
      );
    } finally {
      letFinish(request);
    }
  }
}

function optionsIn(query: Readonly<Record<string, unknown>>): HistoryOptions {
  const options = {
    map: mapIn(textIn(query, 'map')),
    delimiter: textIn(query, 'delimiter'),
    decimal: textIn(query, 'decimal'),
    encoding: textIn(query, 'encoding'),
    skipBad: query['skipBad'] === '1',
    force: query['force'] === '1',
    keepDuplicates: query['keepDuplicates'] === '1',
  };
  // What is not of its kind is refused where the options are read.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function textIn(query: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw invalidInput(name, `${name} is given more than once`);
}

function mapIn(text: string | undefined): Readonly<Record<string, string>> | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidInput('map', 'map must be a JSON object');
  }
  const isMap =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((one) => typeof one === 'string');
  if (!isMap) throw invalidInput('map', 'map must be a JSON object that has what each column means, as text');
  return value as Readonly<Record<string, string>>;
}
