import { type ExperimentState, notFound } from '@ionloop/domain';
import type { Engine } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CampaignEventView, eventView } from '../events/event.view.js';
import { experimentView } from '../experiments/experiment.view.js';
import {
  type ConnectionSource,
  ExperimentConnectionView,
  experimentPage,
} from '../experiments/experiment-connection.js';
import { Spaces } from '../experiments/spaces.js';
import type { OperationContext } from '../graphql/context.js';
import { ExperimentStateEnum } from '../graphql/enums.js';
import { count } from '../graphql/count.js';
import { ENGINE } from '../parts.js';
import {
  BestResultView,
  CampaignView,
  ProgressPointView,
  StateCountView,
  WaitingView,
} from './campaign.view.js';
import { SpaceEffectsView, spaceEffectsView } from './space-effects.view.js';
import { type CampaignSummary } from './summary.js';
import type { Data } from '../graphql/data.js';

const nothingYet: CampaignSummary = {
  counts: new Map(),
  spent: 0,
  waiting: { proposals: 0, suspects: 0, results: 0, quarantined: 0 },
  progress: [],
  best: null,
};

@Resolver(() => CampaignView)
export class CampaignFieldsResolver {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(Spaces) private readonly spaces: Spaces,
  ) {}

  @ResolveField(() => Int, {
    description: 'Experiments spent so far: everything but rejected and cancelled.',
  })
  async spent(@Parent() { id }: Data<CampaignView>, @Context() context: OperationContext): Promise<number> {
    return (await summaryOf(context, id)).spent;
  }

  @ResolveField(() => SpaceEffectsView, {
    description: 'How many candidates the space has, and what its constraints take away.',
  })
  async spaceEffects(
    @Parent() { id }: Data<CampaignView>,
    @Context() { loaders }: OperationContext,
  ): Promise<Data<SpaceEffectsView>> {
    const campaign = await loaders.campaign.load(id);
    if (!campaign) throw notFound('campaign', id);
    return spaceEffectsView(this.spaces.of(campaign));
  }

  @ResolveField(() => Int)
  lastSeq(@Parent() { id }: Data<CampaignView>): Promise<number> {
    return this.engine.store.read.lastSeq(id);
  }

  @ResolveField(() => [StateCountView])
  async counts(
    @Parent() { id }: Data<CampaignView>,
    @Context() context: OperationContext,
  ): Promise<readonly Data<StateCountView>[]> {
    const { counts } = await summaryOf(context, id);
    return [...counts].map(([state, count]) => ({ state, count }));
  }

  @ResolveField(() => WaitingView, {
    description:
      'What waits for a person: proposals to approve, suspects, flagged or late results, quarantined experiments.',
  })
  async waiting(
    @Parent() { id }: Data<CampaignView>,
    @Context() context: OperationContext,
  ): Promise<Data<WaitingView>> {
    return (await summaryOf(context, id)).waiting;
  }

  @ResolveField(() => BestResultView, { nullable: true })
  async best(
    @Parent() { id }: Data<CampaignView>,
    @Context() context: OperationContext,
  ): Promise<Data<BestResultView> | null> {
    const { best } = await summaryOf(context, id);
    return best && { experiment: experimentView(best.experiment), value: best.value };
  }

  @ResolveField(() => [ProgressPointView], {
    description: 'One entry an experiment with a result, in the order the results were handed in.',
  })
  async progress(
    @Parent() { id }: Data<CampaignView>,
    @Context() context: OperationContext,
  ): Promise<readonly Data<ProgressPointView>[]> {
    return (await summaryOf(context, id)).progress;
  }

  @ResolveField(() => ExperimentConnectionView)
  experiments(
    @Parent() { id }: Data<CampaignView>,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50 }) first: number | null,
    @Args('states', { type: () => [ExperimentStateEnum], nullable: true })
    states?: readonly ExperimentState[] | null,
    @Args('after', { type: () => String, nullable: true }) after?: string | null,
  ): Promise<ConnectionSource> {
    return experimentPage(this.engine.store.read, id, {
      states: states ?? null,
      first: count(first ?? 50, 'first', { min: 0, max: 500 }),
      after: after ?? null,
    });
  }

  @ResolveField(() => [CampaignEventView])
  async events(
    @Parent() { id }: Data<CampaignView>,
    @Args('after', { type: () => Int, nullable: true, defaultValue: 0 }) after: number | null,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 100 }) first: number | null,
  ): Promise<readonly Data<CampaignEventView>[]> {
    const from = count(after ?? 0, 'after', { min: 0, max: 2 ** 31 - 1 });
    const most = count(first ?? 100, 'first', { min: 0, max: 1000 });
    return most === 0 ? [] : (await this.engine.store.read.events(id, from, most)).map(eventView);
  }
}

const summaryOf = async ({ loaders }: OperationContext, campaignId: string): Promise<CampaignSummary> =>
  (await loaders.summary.load(campaignId)) ?? nothingYet;
