import type { Engine } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CampaignView } from '../campaigns/campaign.view.js';
import type { OperationContext } from '../graphql/context.js';
import { count } from '../graphql/count.js';
import { ENGINE } from '../parts.js';
import { ModelView, modelView, PosteriorView } from './model.view.js';
import { Posteriors } from './posteriors.js';
import type { Data } from '../graphql/data.js';

@Resolver(() => CampaignView)
export class ModelsResolver {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(Posteriors) private readonly posteriors: Posteriors,
  ) {}

  @ResolveField(() => [ModelView], { description: 'The newest first.' })
  async models(
    @Parent() { id }: Data<CampaignView>,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 20 }) first: number | null,
  ): Promise<readonly Data<ModelView>[]> {
    const most = count(first ?? 20, 'first', { min: 0, max: 500 });
    const models = await this.engine.store.read.models(id);
    return [...models]
      .sort((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, most)
      .map(modelView);
  }

  @ResolveField(() => ModelView, { nullable: true })
  async latestModel(@Parent() { id }: Data<CampaignView>): Promise<Data<ModelView> | null> {
    const model = await this.engine.store.read.latestModel(id);
    return model && modelView(model);
  }

  @ResolveField(() => PosteriorView, {
    nullable: true,
    description:
      'The latest model over the whole space, for a map; null where the space cannot be drawn or there is no model of it as it is now.',
  })
  async posterior(
    @Parent() { id }: Data<CampaignView>,
    @Args('resolution', { type: () => Int, nullable: true, defaultValue: 40 }) resolution: number | null,
    @Context() { loaders }: OperationContext,
  ): Promise<Data<PosteriorView> | null> {
    const cells = count(resolution ?? 40, 'resolution', { min: 2, max: 200 });
    const campaign = await loaders.campaign.load(id);
    return campaign && this.posteriors.of(campaign, cells);
  }
}
