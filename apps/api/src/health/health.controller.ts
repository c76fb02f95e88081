import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import type { Jobs } from '@ionloop/jobs';
import type { Persistence } from '@ionloop/persistence';
import { check, type Verdict } from '@ionloop/telemetry';
import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { JOBS, LIFE, type Life, LOG, PERSISTENCE } from '../parts.js';
import { Metrics } from './metrics.js';

interface Readiness {
  readonly status: 'ready' | 'unavailable' | 'draining';
  readonly checks: Readonly<Record<string, Verdict>>;
}

@Controller()
export class HealthController {
  constructor(
    @Inject(PERSISTENCE) private readonly persistence: Persistence,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(LIFE) private readonly life: Life,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  @Get('health/live')
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) response: ServerResponse): Promise<Readiness> {
    const [database, schema, jobs] = await Promise.all([
      check('database', this.log, () => this.persistence.ping()),
      // A table that the migrations make.
      check('schema', this.log, () => this.persistence.store.read.lastSeq('none')),
      check('jobs', this.log, () => this.jobs.depth()),
    ]);
    const checks = { database, schema, jobs };
    const well = Object.values(checks).every((verdict) => verdict === 'ok');
    const status = this.life.draining ? 'draining' : well ? 'ready' : 'unavailable';
    if (status !== 'ready') response.statusCode = 503;
    return { status, checks };
  }

  @Get('metrics')
  @Header('cache-control', 'no-store')
  async prometheus(@Res() response: ServerResponse): Promise<void> {
    const text = await this.metrics.text();
    response.setHeader('content-type', this.metrics.contentType);
    response.end(text);
  }
}
