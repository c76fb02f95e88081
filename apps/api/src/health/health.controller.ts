import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import type { Jobs } from '@ionloop/jobs';
import type { Persistence } from '@ionloop/persistence';
import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { JOBS, LOG, PERSISTENCE } from '../parts.js';
import { Metrics } from './metrics.js';

type Verdict = 'ok' | 'down';

interface Readiness {
  readonly status: 'ready' | 'unavailable';
  readonly checks: Readonly<Record<string, Verdict>>;
}

const patienceMs = 3000;

@Controller()
export class HealthController {
  constructor(
    @Inject(PERSISTENCE) private readonly persistence: Persistence,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  @Get('health/live')
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  @Get('health/ready')
  async ready(@Res({ passthrough: true }) response: ServerResponse): Promise<Readiness> {
    const [database, schema, jobs] = await Promise.all([
      this.check('database', () => this.persistence.ping()),
      // A table that the migrations make.
      this.check('schema', () => this.persistence.store.read.lastSeq('none')),
      this.check('jobs', () => this.jobs.depth()),
    ]);
    const checks = { database, schema, jobs };
    const ready = Object.values(checks).every((verdict) => verdict === 'ok');
    if (!ready) response.statusCode = 503;
    return { status: ready ? 'ready' : 'unavailable', checks };
  }

  @Get('metrics')
  @Header('cache-control', 'no-store')
  async prometheus(@Res() response: ServerResponse): Promise<void> {
    const text = await this.metrics.text();
    response.setHeader('content-type', this.metrics.contentType);
    response.end(text);
  }

  private async check(what: string, ask: () => Promise<unknown>): Promise<Verdict> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
    });
    try {
      await Promise.race([ask(), late]);
      return 'ok';
    } catch (error) {
      this.log.warn({ err: error, what }, 'not ready');
      return 'down';
    } finally {
      clearTimeout(timer);
    }
  }
}
