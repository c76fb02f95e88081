import 'reflect-metadata';
import { InMemoryBuckets, randomIds } from '@ionloop/engine';
import { openJobs, RedisBuckets } from '@ionloop/jobs';
import { ArtifactFolders, openPersistence, type Persistence } from '@ionloop/persistence';
import { ProcessMetrics, scraping } from '@ionloop/telemetry';
import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { setMaxListeners } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { gate } from './access/gate.js';
import { identifying } from './access/bearer.js';
import { KeptCallers } from './access/kept-callers.js';
import { callersEngine, currentScope } from './access/in-scope.js';
import { ofIssuer } from './access/openid/issued.js';
import type { KeyCare } from './access/openid/issuer-keys.js';
import { AppModule } from './app.module.js';
import { isUpload } from './artifacts/incoming.js';
import { sweepUploads } from './artifacts/sweep.js';
import { Summaries } from './campaigns/summaries.js';
import { serveDashboard, siteFolder } from './dashboard/site.js';
import { Signals } from './events/signals.js';
import { committedManifest, KnownOperations } from './graphql/known-operations.js';
import { openSocket } from './graphql/socket.js';
import { type SocketCare, usualCare } from './graphql/socket-care.js';
import { Metrics } from './health/metrics.js';
import { observingJobs, observingRecord } from './health/observing.js';
import { watchRecord } from './health/record-metrics.js';
import { drain, letGoOn, listen, longestSilenceMs, refuseGarbage, urlOf } from './http/listening.js';
import { manners } from './http/manners.js';
import { nestLog } from './http/nest-log.js';
import { requestLog } from './http/request-log.js';
import { securityHeaders } from './http/security-headers.js';
import { routes } from './openapi/document.js';
import { Permits } from './rate/permits.js';
import { Rates } from './rate/rates.js';
import type { ApiSettings, Life, Parts } from './parts.js';
import { artifactsTrouble, databaseTrouble, queueTrouble } from './start-error.js';

export interface RunningApi {
  readonly url: string;
  readonly metrics: ProcessMetrics;
  /** From now on it says to health checks that it will end; it still answers. */
  drain(): void;
  /** Takes nothing new, gives what is under way its time, closes. */
  close(): Promise<void>;
}

export interface BootOptions {
  readonly log?: Logger;
  /** Where the built dashboard is; looked up among the packages unless told. */
  readonly site?: string;
  /** How long a connection may be silent before it is given up. */
  readonly silenceMs?: number;
  readonly sockets?: Partial<SocketCare>;
  /** How an issuer's keys are kept. */
  readonly keys?: KeyCare;
}

type Closing = (() => Promise<unknown>)[];

const seconds = (): number => performance.now() / 1000;

/** Puts the server together and listens. Whatever was opened is closed again where it cannot start. */
export async function bootApi(settings: ApiSettings, options: BootOptions = {}): Promise<RunningApi> {
  const {
    log = pino({ level: 'silent' }),
    site = siteFolder(),
    silenceMs = longestSilenceMs,
    sockets,
    keys,
  } = options;
  const closing: Closing = [];
  const close = async (): Promise<void> => {
    for (const end of closing.splice(0).reverse()) {
      await end().catch((error: unknown) => log.warn({ err: error }, 'something did not end cleanly'));
    }
  };
  try {
    const ending = new AbortController();
    // Everybody who waits listens to it.
    setMaxListeners(0, ending.signal);
    const metrics = new ProcessMetrics();
    const life: Life = { draining: false };
    const drain = (): void => {
      life.draining = true;
      metrics.drain();
    };
    const around = { log, metrics, life, ending: ending.signal, ...(keys && { keys }) };
    const parts = await openParts(settings, around, closing);
    const server = await serve(parts, { site, silenceMs, care: { ...usualCare, ...sockets } }, closing);
    closing.push(() => {
      drain();
      ending.abort();
      return Promise.resolve();
    });
    return { url: urlOf(server, settings.host), metrics, drain, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openParts(
  settings: ApiSettings,
  around: Pick<Parts, 'log' | 'metrics' | 'life' | 'ending'> & Pick<BootOptions, 'keys'>,
  closing: Closing,
): Promise<Parts> {
  const { log, metrics, life, ending, keys: care } = around;
  const { databaseUrl: url, redisUrl, heartbeatSeconds, leaseSeconds, suspectSeconds, attemptCap } = settings;
  const { claimSeconds, taskSeconds } = settings;
  const persistence = await openPersistence({ url, observer: observingRecord(metrics) }).catch(
    databaseTrouble,
  );
  closing.push(() => persistence.close());
  await persistence.migrate().catch(databaseTrouble);
  const jobs = await openJobs(
    redisUrl === undefined ? { kind: 'postgres', url } : { kind: 'redis', url: redisUrl },
    {
      onError: (error) => log.warn({ err: error }, 'the queue is in trouble; the record is not'),
      observer: observingJobs,
    },
  ).catch(queueTrouble);
  closing.push(() => jobs.close());
  const { home, artifactsFolder = join(home, 'artifacts'), artifactMegabytes, uploadHours } = settings;
  const folders = await ArtifactFolders.open(artifactsFolder).catch(artifactsTrouble(artifactsFolder));
  const files = folders.within(() => currentScope().workspace);
  const artifacts = { files, maxBytes: artifactMegabytes * 1e6 };
  closing.push(sweepUploads(folders, uploadHours, log));
  const signals = new Signals();
  const listening = await persistence.notifications.listen(
    (campaignId) => signals.announce(campaignId),
    () => signals.announce(null),
  );
  closing.push(() => listening.close());
  const lab = { heartbeatSeconds, leaseSeconds, suspectSeconds, attemptCap, claimSeconds, taskSeconds };
  const whole = { store: persistence.store, wakeUps: jobs, ids: randomIds, lab };
  const engine = callersEngine(whole);
  const { workspaces } = persistence.store;
  const issued = ofIssuer({ settings, workspaces, seconds, log, ...(care && { care }) });
  const identify = identifying(whole, issued, new KeptCallers(seconds));
  const rates = openRates(settings, persistence, log, closing);
  watchRecord(metrics, { persistence, jobs, signals, log });
  return {
    ...{
      settings,
      whole,
      engine,
      identify,
      rates,
      persistence,
      folders,
      artifacts,
      jobs,
      signals,
      log,
      metrics,
      life,
      ending,
    },
  };
}

/** Buckets on Redis where there is one, which is what it is good at, and otherwise beside the record. */
function openRates(settings: ApiSettings, { buckets }: Persistence, log: Logger, closing: Closing): Rates {
  const onTrouble = (error: unknown): void =>
    log.warn({ err: error }, 'the shared rates cannot be asked: each server counts by itself');
  const own = new InMemoryBuckets(seconds);
  if (settings.redisUrl === undefined) {
    const forget = setInterval(() => void buckets.forget().catch(onTrouble), 3_600_000);
    forget.unref();
    closing.push(() => {
      clearInterval(forget);
      return Promise.resolve();
    });
    return new Rates(new Permits(buckets, own, seconds, onTrouble), settings);
  }
  const redis = new RedisBuckets(settings.redisUrl, (error) => log.debug({ err: error }, 'Redis is away'));
  closing.push(() => redis.close());
  return new Rates(new Permits(redis, own, seconds, onTrouble), settings);
}

/** Uploads are artifacts, whatever their type: their bytes go past the parser. */
const isJsonToRead = (request: IncomingMessage): boolean =>
  !isUpload(request) && /^application\/json\b/i.test(request.headers['content-type'] ?? '');

async function serve(
  parts: Parts,
  {
    site,
    silenceMs,
    care,
  }: Required<Pick<BootOptions, 'site' | 'silenceMs'>> & { readonly care: SocketCare },
  closing: Closing,
): Promise<Server> {
  const options: Partial<NestApplicationOptions> = {
    // What goes wrong at the start is thrown, and told once.
    logger: false,
    abortOnError: false,
    bodyParser: false,
  };
  const app = await NestFactory.create<NestExpressApplication>(AppModule.from(parts), options);
  closing.push(() => app.close());
  const { host, metricsToken: token } = parts.settings;
  app.disable('x-powered-by');
  // Files say their own; of an answer nobody asks whether it is still the same.
  app.disable('etag');
  app.use(requestLog(parts.log, app.get(Metrics), parts.life));
  app.use(securityHeaders);
  app.use(
    gate({
      ...parts,
      ...parts.settings,
      moment: () => parts.persistence.moment(),
      mayScrape: scraping({ host, token }),
    }),
  );
  app.use(manners(routes));
  app.useBodyParser('json', { limit: parts.settings.bodyKilobytes * 1024, type: isJsonToRead });
  serveDashboard(app, site);
  const server = await listen(app, parts.settings, silenceMs);
  letGoOn(server, isUpload);
  refuseGarbage(server);
  app.useLogger(nestLog(parts.log));
  const { endSeconds = 1 } = parts.settings;
  closing.push(() => drain(server, endSeconds * 1000));
  const socket = openSocket(server, {
    ...parts,
    care,
    summaries: app.get(Summaries),
    schema: app.get(GraphQLSchemaHost).schema,
    known: parts.settings.operations === 'known' ? new KnownOperations(committedManifest()) : null,
  });
  closing.push(() => socket.close());
  return server;
}
