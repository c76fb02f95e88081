import type { Token } from '@ionloop/domain';
import { createWorkspace, type Engine } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { count } from '../graphql/count.js';
import type { Data } from '../graphql/data.js';
import { orUserErrors } from '../graphql/user-errors.js';
import { ENGINE, WHOLE } from '../parts.js';
import { actorOf } from './actor.js';
import { Caller } from './caller.js';
import { AccessChangeView, CreateWorkspaceInput, WorkspacePayload, WorkspaceView } from './token.view.js';

@Resolver(() => WorkspaceView)
export class WorkspacesResolver {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(WHOLE) private readonly whole: Engine,
  ) {}

  @Query(() => [WorkspaceView], { description: 'Of the whole instance.' })
  workspaces(): Promise<readonly Data<WorkspaceView>[]> {
    return this.whole.store.workspaces.all();
  }

  @Mutation(() => WorkspacePayload)
  createWorkspace(
    @Args('input', { type: () => CreateWorkspaceInput }) input: CreateWorkspaceInput,
    @Caller() caller: Token,
  ): Promise<Data<WorkspacePayload>> {
    const none: Pick<WorkspacePayload, 'workspace'> = { workspace: null };
    return orUserErrors(none, async () => ({
      workspace: await createWorkspace(this.whole, actorOf(caller), input),
    }));
  }

  @Query(() => [AccessChangeView], {
    description: 'What was changed about access in this workspace, the newest first.',
  })
  async accessLog(
    @Caller() caller: Token,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 100 }) first: number | null,
    @Args('before', {
      type: () => String,
      nullable: true,
      description: 'The `id` of the last one of the page before.',
    })
    before: string | null,
  ): Promise<readonly Data<AccessChangeView>[]> {
    const most = count(first ?? 100, 'first', { min: 0, max: 500 });
    const { accessLog } = this.engine.store;
    const changes = await accessLog.page(caller.workspace, most, before ?? undefined);
    return changes.map(({ actor, ...change }) => ({
      ...change,
      actor: actor.name,
      via: actor.via ?? null,
    }));
  }
}
