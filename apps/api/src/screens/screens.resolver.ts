import { notFound, type Token } from '@ionloop/domain';
import { cancelScreen, type Engine, screenProgress, startScreen } from '@ionloop/engine';
import type { Jobs } from '@ionloop/jobs';
import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { actorOf } from '../access/actor.js';
import { Caller } from '../access/caller.js';
import type { OperationContext } from '../graphql/context.js';
import { count } from '../graphql/count.js';
import type { Data } from '../graphql/data.js';
import { orUserErrors } from '../graphql/user-errors.js';
import { ENGINE, JOBS } from '../parts.js';
import {
  CancelScreenInput,
  ScreenPayload,
  ScreenProgressView,
  ScreenResultView,
  ScreenView,
  screenView,
  StartScreenInput,
} from './screen.view.js';

type Changed = Pick<ScreenPayload, 'screen'>;
const none: Changed = { screen: null };

@Resolver(() => ScreenView)
export class ScreensResolver {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(JOBS) private readonly jobs: Jobs,
  ) {}

  @Query(() => ScreenView, { nullable: true })
  async screen(@Args('id', { type: () => ID }) id: string): Promise<Data<ScreenView> | null> {
    const screen = await this.engine.store.screens.byId(id);
    return screen && screenView(screen);
  }

  @Mutation(() => ScreenPayload)
  startScreen(
    @Args('input', { type: () => StartScreenInput })
    { campaignId, idempotencyKey, ...input }: StartScreenInput,
    @Caller() caller: Token,
  ): Promise<Data<ScreenPayload>> {
    return orUserErrors(none, async () => ({
      screen: screenView(
        await startScreen(
          this.engine,
          this.jobs,
          actorOf(caller),
          campaignId,
          input,
          idempotencyKey ?? undefined,
        ),
      ),
    }));
  }

  @Mutation(() => ScreenPayload)
  cancelScreen(
    @Args('input', { type: () => CancelScreenInput }) { id }: CancelScreenInput,
  ): Promise<Data<ScreenPayload>> {
    return orUserErrors(none, async () => ({ screen: screenView(await cancelScreen(this.engine, id)) }));
  }
}

@Resolver(() => ScreenView)
export class ScreenFieldsResolver {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @ResolveField(() => ScreenProgressView)
  async progress(
    { id }: Data<ScreenView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<Data<ScreenProgressView>> {
    const [screen, done] = await Promise.all([loaders.screen.load(id), loaders.screenDone.load(id)]);
    if (!screen) throw notFound('screen', id);
    return screenProgress(screen, done ?? undefined);
  }

  @ResolveField(() => ScreenResultView, { nullable: true, description: 'Null until it is completed.' })
  async result(
    @Parent() { id }: Data<ScreenView>,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 100 }) first: number | null,
  ): Promise<Data<ScreenResultView> | null> {
    const most = count(first ?? 100, 'first', { min: 0, max: 10_000 });
    const result = (await this.engine.store.screens.result(id)) as unknown as Data<ScreenResultView> | null;
    return result && { stages: result.stages, best: result.best.slice(0, most) };
  }
}
