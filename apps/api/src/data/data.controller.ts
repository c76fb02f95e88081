import { type Campaign, invalidInput, notFound } from '@ionloop/domain';
import { type ArtifactStore, type Engine, exportBundle, exportCsv, exportJsonLd } from '@ionloop/engine';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { disposition, sendStream } from '../artifacts/outgoing.js';
import { type ApiSettings, ARTIFACTS, ENGINE, SETTINGS } from '../parts.js';
import { type ExportFormat, exportFormats } from './formats.js';

/** Campaigns as files, written while they are read: docs/data.md. */
@Controller('v1/campaigns')
export class DataController {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(ARTIFACTS) private readonly artifacts: ArtifactStore,
    @Inject(SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Get(':id/export')
  async export(
    @Param('id') id: string,
    @Query('format') wanted: unknown,
    @Req() request: IncomingMessage,
    @Res() response: ServerResponse,
  ): Promise<void> {
    const format = formatIn(wanted);
    const campaign = await this.engine.store.read.campaign(id);
    if (!campaign) throw notFound('campaign', id);
    const { mediaType } = exportFormats[format];
    response.setHeader('content-type', mediaType);
    response.setHeader('content-disposition', disposition(fileName(campaign, format)));
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    await sendStream(await this.content(id, format), response);
  }

  private async content(id: string, format: ExportFormat): Promise<AsyncIterable<string | Uint8Array>> {
    const { store } = this.engine;
    const { license, creator } = this.settings;
    switch (format) {
      case 'csv':
        return exportCsv(store.read, id);
      case 'jsonld':
        return exportJsonLd(store.read, id, { license, creator });
      case 'bundle':
        return exportBundle(store, this.artifacts.files, id);
      default:
        return format satisfies never;
    }
  }
}

function formatIn(wanted: unknown): ExportFormat {
  const format = wanted ?? 'csv';
  if (typeof format === 'string' && Object.hasOwn(exportFormats, format)) return format as ExportFormat;
  throw invalidInput('format', `format must be one of ${Object.keys(exportFormats).join(', ')}`);
}

function fileName({ name }: Campaign, format: ExportFormat): string {
  const plain = name.normalize('NFC').replaceAll(/[\p{Cc}/\\:*?"<>|]+/gu, '-');
  return `${plain.slice(0, 120)}${exportFormats[format].ending}`;
}
