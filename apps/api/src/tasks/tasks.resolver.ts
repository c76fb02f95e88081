import type { TaskKind, Token } from '@ionloop/domain';
import { assignTask, type Engine, extendTask, type TaskFilter, type TaskPlace } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { actorOf } from '../access/actor.js';
import { Caller } from '../access/caller.js';
import { CampaignView, campaignView } from '../campaigns/campaign.view.js';
import { AttemptView, attemptView } from '../experiments/attempt.view.js';
import { ExperimentView, experimentView } from '../experiments/experiment.view.js';
import type { OperationContext } from '../graphql/context.js';
import { count } from '../graphql/count.js';
import type { Data } from '../graphql/data.js';
import { TaskKindEnum, type TaskState, TaskStateEnum } from '../graphql/enums.js';
import { orUserErrors } from '../graphql/user-errors.js';
import { ENGINE } from '../parts.js';
import { ownerIn, taskPage, type TasksSource } from './task-page.js';
import {
  AssignTaskInput,
  ExtendTaskInput,
  TaskConnectionView,
  TaskOwnerInput,
  TaskPayload,
  TaskView,
  taskView,
} from './task.view.js';

@Resolver(() => TaskView)
export class TasksResolver {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Query(() => TaskConnectionView, { description: 'What waits for people, the most pressing first.' })
  tasks(
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
    @Args('campaignId', { type: () => ID, nullable: true }) campaignId?: string | null,
    @Args('owner', { type: () => TaskOwnerInput, nullable: true }) owner?: TaskOwnerInput | null,
    @Args('kind', { type: () => [TaskKindEnum], nullable: true }) kind?: readonly TaskKind[] | null,
    @Args('state', { type: () => TaskStateEnum, nullable: true }) state?: TaskState | null,
  ): Promise<TasksSource> {
    const filter: TaskFilter = {
      ...(typeof campaignId === 'string' && { campaignId }),
      ...(owner && { owners: [ownerIn(owner)] }),
      ...(kind && { kinds: kind }),
      ...(state && { overdue: state === 'overdue' }),
    };
    const page = { first: count(first ?? 50, 'first', { min: 0, max: 500 }), after: after ?? null };
    return taskPage((place) => this.engine.store.read.tasks(filter, place), filter, page);
  }

  @Mutation(() => TaskPayload)
  assignTask(
    @Args('input', { type: () => AssignTaskInput }) input: AssignTaskInput,
    @Caller() caller: Token,
  ): Promise<Data<TaskPayload>> {
    return changed(async () => {
      const to = { owner: ownerIn(input.owner), ...given(input) };
      return taskView(await assignTask(this.engine, actorOf(caller), input.id, to));
    });
  }

  @Mutation(() => TaskPayload)
  extendTask(
    @Args('input', { type: () => ExtendTaskInput }) input: ExtendTaskInput,
    @Caller() caller: Token,
  ): Promise<Data<TaskPayload>> {
    return changed(async () => {
      const by = { ...given(input), seconds: input.seconds };
      return taskView(await extendTask(this.engine, actorOf(caller), input.id, by));
    });
  }

  @ResolveField(() => CampaignView)
  async campaign(
    { campaignId }: Data<TaskView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<Data<CampaignView>> {
    const campaign = await loaders.campaign.load(campaignId);
    if (!campaign) throw new Error(`campaign ${campaignId} is gone`);
    return campaignView(campaign);
  }

  @ResolveField(() => ExperimentView, { nullable: true })
  async experiment(
    { experimentId }: Data<TaskView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<Data<ExperimentView> | null> {
    const experiment = experimentId === null ? null : await loaders.experiment.load(experimentId);
    return experiment && experimentView(experiment);
  }

  @ResolveField(() => AttemptView, { nullable: true })
  async attempt(
    { experimentId, attemptId }: Data<TaskView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<Data<AttemptView> | null> {
    if (experimentId === null || attemptId === null) return null;
    const attempt = (await loaders.attempts.load(experimentId)).find(({ id }) => id === attemptId);
    return attempt ? attemptView(attempt) : null;
  }
}

@Resolver(() => TaskConnectionView)
export class TaskConnectionResolver {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @ResolveField(() => Int)
  totalCount({ filter }: TasksSource, _args: unknown, { loaders }: OperationContext): Promise<number> {
    // Of one campaign it is asked together with others.
    return Object.keys(filter).join() === 'campaignId' && filter.campaignId !== undefined
      ? loaders.taskCount.load(filter.campaignId)
      : this.engine.store.read.countTasks(filter);
  }
}

@Resolver(() => CampaignView)
export class CampaignTasksResolver {
  @ResolveField(() => TaskConnectionView)
  tasks(
    @Parent() { id: campaignId }: Data<CampaignView>,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Context() { loaders }: OperationContext,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
  ): Promise<TasksSource> {
    const page = { first: count(first ?? 50, 'first', { min: 0, max: 500 }), after: after ?? null };
    const tasksOf = (place: { readonly first: number; readonly after?: TaskPlace }) =>
      loaders.tasks.load({ campaignId, page: place });
    return taskPage(tasksOf, { campaignId }, page);
  }

  @ResolveField(() => Int)
  taskCount({ id }: Data<CampaignView>, _args: unknown, { loaders }: OperationContext): Promise<number> {
    return loaders.taskCount.load(id);
  }
}

const given = ({ seconds, note, idempotencyKey }: AssignTaskInput | ExtendTaskInput) => ({
  ...(typeof seconds === 'number' && { seconds }),
  ...(typeof note === 'string' && { note }),
  ...(typeof idempotencyKey === 'string' && { idempotencyKey }),
});

const changed = (work: () => Promise<Data<TaskView>>): Promise<Data<TaskPayload>> =>
  orUserErrors<Pick<TaskPayload, 'task'>>({ task: null }, async () => ({ task: await work() }));
