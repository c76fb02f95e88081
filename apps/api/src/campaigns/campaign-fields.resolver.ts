import { type ExperimentState, notFound, spendsBudget } from '@ionloop/domain';
import type { Engine, Standing } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CampaignEventView, eventView } from '../events/event.view.js';
import { experimentView, type ExperimentView } from '../experiments/experiment.view.js';
import {
  ExperimentConnection,
  ExperimentFilterInput,
  experimentFilterOf,
  ExperimentOrderInput,
  experimentOrderOf,
} from '../experiments/experiment-list.js';
import { Spaces } from '../experiments/spaces.js';
import type { OperationContext } from '../graphql/context.js';
import { ExperimentStateEnum } from '../graphql/enums.js';
import { type ConnectionOf, connectionOf, PageArgs, pagingOf } from '../graphql/connection.js';
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
import type { Data } from '../graphql/data.js';

const nothingYet: Standing = { counts: new Map(), past: 0, suspects: 0, results: 0 };

@Resolver(() => CampaignView)
export class CampaignFieldsResolver {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(Spaces) private readonly spaces: Spaces,
  ) {}

  @ResolveField(() => Int, {
    description: 'Experiments spent so far: everything but rejected and cancelled, and imported history.',
  })
  async spent({ id }: Data<CampaignView>, _args: unknown, context: OperationContext): Promise<number> {
    const { counts, past } = await standingOf(context, id);
    return [...counts].reduce((sum, [state, count]) => sum + (spendsBudget(state) ? count : 0), -past);
  }

  @ResolveField(() => SpaceEffectsView, {
    description: 'How many candidates the space has, and what its constraints take away.',
  })
  async spaceEffects(
    { id }: Data<CampaignView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<Data<SpaceEffectsView>> {
    const campaign = await loaders.campaign.load(id);
    if (!campaign) throw notFound('campaign', id);
    return spaceEffectsView(this.spaces.of(campaign));
  }

  @ResolveField(() => Int)
  lastSeq({ id }: Data<CampaignView>, _args: unknown, { loaders }: OperationContext): Promise<number> {
    return loaders.lastSeq.load(id);
  }

  @ResolveField(() => [StateCountView])
  async counts(
    { id }: Data<CampaignView>,
    _args: unknown,
    context: OperationContext,
  ): Promise<readonly Data<StateCountView>[]> {
    const { counts } = await standingOf(context, id);
    return [...counts].map(([state, count]) => ({ state, count }));
  }

  @ResolveField(() => WaitingView, {
    description:
      'What waits for a person: proposals to approve, suspects, flagged or late results, quarantined experiments.',
  })
  async waiting(
    { id }: Data<CampaignView>,
    _args: unknown,
    context: OperationContext,
  ): Promise<Data<WaitingView>> {
    const { counts, suspects, results } = await standingOf(context, id);
    const proposals = counts.get('proposed') ?? 0;
    return { proposals, suspects, results, quarantined: counts.get('quarantined') ?? 0 };
  }

  @ResolveField(() => BestResultView, { nullable: true })
  async best(
    { id }: Data<CampaignView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<Data<BestResultView> | null> {
    const best = await loaders.best.load(id);
    const experiment = best && (await loaders.experiment.load(best.experimentId));
    return experiment && { experiment: experimentView(experiment), value: best.value };
  }

  @ResolveField(() => [ProgressPointView], {
    description:
      'One entry an experiment with a result, in the order the results were handed in; of more than `points`, so many that keep the shape.',
  })
  async progress(
    @Parent() { id, dataRevision, revision }: Data<CampaignView>,
    @Args('points', { type: () => Int, nullable: true, defaultValue: 1000 }) points: number | null,
    @Context() { loaders }: OperationContext,
  ): Promise<readonly Data<ProgressPointView>[]> {
    const most = count(points ?? 1000, 'points', { min: 2, max: 10_000 });
    const entries = await loaders.progress.load({
      id,
      revision: `${revision}.${dataRevision}`,
      points: most,
    });
    return entries.map(({ prediction, ...entry }) => ({
      ...entry,
      predictedMean: prediction?.mean ?? null,
      predictedSd: prediction?.sd ?? null,
    }));
  }

  @ResolveField(() => ExperimentConnection, { description: 'Sorted, filtered and paged on the server.' })
  async experiments(
    @Parent() { id: campaignId }: Data<CampaignView>,
    @Args() page: PageArgs,
    @Context() { loaders }: OperationContext,
    @Args('states', { type: () => [ExperimentStateEnum], nullable: true })
    states?: readonly ExperimentState[] | null,
    @Args('filter', { type: () => ExperimentFilterInput, nullable: true })
    filterInput?: ExperimentFilterInput | null,
    @Args('orderBy', { type: () => ExperimentOrderInput, nullable: true })
    orderBy?: ExperimentOrderInput | null,
  ): Promise<ConnectionOf<Data<ExperimentView>>> {
    const filter = experimentFilterOf(filterInput, states);
    const { order, list } = experimentOrderOf(orderBy);
    const paging = pagingOf(page, list);
    const { experiments } = loaders.lists;
    const listed = await experiments.page.load({ campaignId, filter, order, page: paging.asked });
    return connectionOf(listed, paging, experimentView, () => experiments.count.load({ campaignId, filter }));
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

const standingOf = async ({ loaders }: OperationContext, campaignId: string): Promise<Standing> =>
  (await loaders.standing.load(campaignId)) ?? nothingYet;
