import { Inject } from '@nestjs/common';
import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CampaignView } from '../campaigns/campaign.view.js';
import type { OperationContext } from '../graphql/context.js';
import {
  connectionClass,
  type ConnectionOf,
  connectionOf,
  PageArgs,
  pagingOf,
} from '../graphql/connection.js';
import { count } from '../graphql/count.js';
import { ModelView, modelView, PosteriorView } from './model.view.js';
import { Posteriors } from './posteriors.js';
import type { Data } from '../graphql/data.js';

const ModelConnection = connectionClass('Model', () => ModelView);

@Resolver(() => CampaignView)
export class ModelsResolver {
  constructor(@Inject(Posteriors) private readonly posteriors: Posteriors) {}

  @ResolveField(() => ModelConnection, { description: 'The newest first.' })
  async models(
    @Parent() { id: campaignId }: Data<CampaignView>,
    @Args() page: PageArgs,
    @Context() { loaders }: OperationContext,
  ): Promise<ConnectionOf<Data<ModelView>>> {
    const { models } = loaders.lists;
    const paging = pagingOf(page, { name: 'models', key: 'time', tie: 'text' });
    const asked = { campaignId, filter: null };
    const order = { by: 'created', descending: true } as const;
    const listed = await models.page.load({ ...asked, order, page: paging.asked });
    return connectionOf(listed, paging, modelView, () => models.count.load(asked));
  }

  @ResolveField(() => ModelView, { nullable: true })
  async latestModel(
    { id }: Data<CampaignView>,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<Data<ModelView> | null> {
    const model = await loaders.latestModel.load(id);
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
    return campaign && this.posteriors.of(campaign, cells, loaders);
  }
}
