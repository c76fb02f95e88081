import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ExchangeController } from './access/exchange.controller.js';
import { OperationInterceptor } from './access/operation.interceptor.js';
import { OperationGuard } from './access/operation.guard.js';
import { answersPlugin, textOf } from './answers/answers-plugin.js';
import { KeptAnswers } from './answers/kept-answers.js';
import { ArtifactDownloads, ArtifactUploads } from './artifacts/artifacts.controller.js';
import { Spectra } from './artifacts/spectra.js';
import { Summaries } from './campaigns/summaries.js';
import { DataController } from './data/data.controller.js';
import { HistoryController } from './data/history.controller.js';
import { ImportsController } from './data/imports.controller.js';
import { Signals } from './events/signals.js';
import { Spaces } from './experiments/spaces.js';
import { errorForClient } from './graphql/errors.js';
import { limitsOf } from './graphql/limits.js';
import { trusted } from './graphql/trusted.js';
import { contextOfRequest } from './graphql/operation-context.js';
import { resolvers } from './graphql/resolvers.js';
import { HealthController } from './health/health.controller.js';
import { Metrics } from './health/metrics.js';
import { ProblemFilter } from './http/problem.js';
import { LabController } from './lab/lab.controller.js';
import { LabVerbs } from './lab/lab-verbs.js';
import { Posteriors } from './models/posteriors.js';
import { OpenApiController } from './openapi/openapi.controller.js';
import {
  ARTIFACTS,
  ENDING,
  ENGINE,
  JOBS,
  LIFE,
  LOG,
  type Parts,
  PERSISTENCE,
  SETTINGS,
  WHOLE,
} from './parts.js';

@Module({})
export class AppModule {
  /** The server from its parts: what every request shares is made here, once. */
  static from(parts: Parts): DynamicModule {
    const { settings, whole, engine, persistence, artifacts, jobs, log, ending, signals, life, rates } =
      parts;
    const { read } = whole.store;
    const limits = limitsOf(settings);
    const { plugins, persistedQueries } = trusted(settings, limits);
    const answers = new KeptAnswers(() => performance.now() / 1000);
    const summaries = new Summaries(read);
    const spaces = new Spaces();
    const metrics = new Metrics(parts.metrics);
    return {
      module: AppModule,
      imports: [
        GraphQLModule.forRoot<ApolloDriverConfig>({
          driver: ApolloDriver,
          path: '/graphql',
          autoSchemaFile: true,
          sortSchema: true,
          graphiql: false,
          introspection: settings.introspection,
          csrfPrevention: true,
          allowBatchedHttpRequests: false,
          includeStacktraceInErrorResponses: false,
          parseOptions: { maxLexicalTokens: limits.tokens },
          stringifyResult: textOf,
          persistedQueries,
          plugins: [...plugins, answersPlugin({ answers, onAnswer: (from) => metrics.answered(from) })],
          formatError: errorForClient(log, (code) => metrics.refused(code)),
          context: ({ req, res }: { req: IncomingMessage; res: ServerResponse }) =>
            contextOfRequest({ engine, summaries, ending, rates, tokens: limits.tokens }, req, res),
        }),
      ],
      controllers: [
        LabController,
        ArtifactUploads,
        ArtifactDownloads,
        DataController,
        HistoryController,
        ImportsController,
        ExchangeController,
        HealthController,
        OpenApiController,
      ],
      providers: [
        ...resolvers,
        { provide: SETTINGS, useValue: settings },
        { provide: WHOLE, useValue: whole },
        { provide: ENGINE, useValue: engine },
        { provide: PERSISTENCE, useValue: persistence },
        { provide: ARTIFACTS, useValue: artifacts },
        { provide: Spectra, useValue: new Spectra(artifacts.files) },
        { provide: JOBS, useValue: jobs },
        { provide: LOG, useValue: log },
        { provide: ENDING, useValue: ending },
        { provide: Summaries, useValue: summaries },
        { provide: Spaces, useValue: spaces },
        { provide: Signals, useValue: signals },
        { provide: LabVerbs, useValue: new LabVerbs(engine, signals, metrics) },
        { provide: Posteriors, useValue: new Posteriors(jobs, spaces, log) },
        { provide: Metrics, useValue: metrics },
        { provide: LIFE, useValue: life },
        { provide: APP_INTERCEPTOR, useClass: OperationInterceptor },
        { provide: APP_GUARD, useClass: OperationGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
