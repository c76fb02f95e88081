import type { Jobs } from '@ionloop/jobs';
import { Inject } from '@nestjs/common';
import { Context, Query, Resolver } from '@nestjs/graphql';
import type { OperationContext } from '../graphql/context.js';
import type { Data } from '../graphql/data.js';
import { type ApiSettings, JOBS, SETTINGS } from '../parts.js';
import { QueuesView } from './queues.view.js';

@Resolver(() => QueuesView)
export class QueuesResolver {
  constructor(
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Query(() => QueuesView, { description: 'For those who look after the whole instance.' })
  async queues(@Context() { answer }: OperationContext): Promise<Data<QueuesView>> {
    // They change beside the record.
    answer.unshared = true;
    const inRedis = this.settings.redisUrl !== undefined;
    return {
      keptIn: inRedis ? 'redis' : 'postgres',
      about: inRedis
        ? 'The queues are in Redis, at REDIS_URL. They hold hints: what is lost there is found by the next sweep.'
        : 'The queues are in the record’s own PostgreSQL, as no REDIS_URL is set. They hold hints: the record says what is to be done.',
      lostWakeUps: this.jobs.lostWakeUps,
      kinds: await this.jobs.overview(),
    };
  }
}
