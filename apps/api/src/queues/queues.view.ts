import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Data } from '../graphql/data.js';
import { DateTimeScalar } from '../graphql/scalars.js';

@ObjectType('JobFailure')
export class JobFailureView {
  @Field(() => ID) readonly id!: string;
  @Field(() => DateTimeScalar) readonly at!: string;
  @Field(() => String) readonly reason!: string;
  @Field(() => Int) readonly attempts!: number;
}

@ObjectType('Queue', { description: 'How the jobs of one kind stand.' })
export class QueueView {
  @Field(() => String) readonly name!: string;
  @Field(() => Int) readonly waiting!: number;
  @Field(() => Int) readonly running!: number;
  @Field(() => Int, { description: 'Tried again in a while, or waiting for others.' })
  readonly later!: number;
  @Field(() => Int, { description: 'Of the last five minutes, 200 at most.' }) readonly done!: number;
  @Field(() => Int, { description: 'Of the last week, 500 at most.' }) readonly failed!: number;
  @Field(() => Float, { description: 'How long the oldest that waits has done so.' })
  readonly oldestSeconds!: number;
  @Field(() => [JobFailureView], { description: 'The newest first, 20 at most.' })
  readonly failures!: readonly Data<JobFailureView>[];
}

@ObjectType('Queues')
export class QueuesView {
  @Field(() => String, { description: 'postgres or redis.' }) readonly keptIn!: string;
  @Field(() => String, { description: 'Where they are and what that means, in a sentence.' })
  readonly about!: string;
  @Field(() => Int, { description: 'Hints of this server that did not reach the queue since it started.' })
  readonly lostWakeUps!: number;
  @Field(() => [QueueView]) readonly kinds!: readonly Data<QueueView>[];
}
