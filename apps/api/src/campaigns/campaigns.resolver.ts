import type { CampaignState, Json, Token } from '@ionloop/domain';
import {
  askForProposals,
  campaignTemplates,
  createCampaign,
  type Engine,
  moveCampaign,
  switchCampaign,
  updateCampaign,
} from '@ionloop/engine';
import { openSpace, parseSpaceSpec } from '@ionloop/space';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { actorOf } from '../access/actor.js';
import { Caller } from '../access/caller.js';
import { CampaignStateEnum } from '../graphql/enums.js';
import { type ConnectionOf, connectionOf, PageArgs, pagingOf } from '../graphql/connection.js';
import { JsonScalar } from '../graphql/scalars.js';
import { orUserErrors } from '../graphql/user-errors.js';
import { ENGINE } from '../parts.js';
import { CampaignConnection, CampaignOrderInput } from './campaign-list.js';
import {
  CreateCampaignInput,
  MoveCampaignInput,
  ProposeNowInput,
  SwitchCampaignInput,
  UpdateCampaignInput,
} from './campaign.inputs.js';
import { CampaignPayload, CampaignTemplateView, CampaignView, campaignView } from './campaign.view.js';
import { spaceEffectsView, SpacePreviewPayload } from './space-effects.view.js';
import type { Data } from '../graphql/data.js';

const none = { campaign: null };

@Resolver(() => CampaignView)
export class CampaignsResolver {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Query(() => CampaignConnection)
  async campaigns(
    @Args() page: PageArgs,
    @Args('states', { type: () => [CampaignStateEnum], nullable: true })
    states?: readonly CampaignState[] | null,
    @Args('text', {
      type: () => String,
      nullable: true,
      description: 'Anywhere in name or description, whatever its case.',
    })
    text?: string | null,
    @Args('orderBy', { type: () => CampaignOrderInput, nullable: true })
    orderBy?: CampaignOrderInput | null,
  ): Promise<ConnectionOf<Data<CampaignView>>> {
    const { lists } = this.engine.store.read;
    const filter = {
      ...(states && { states }),
      ...(typeof text === 'string' && text !== '' && { text }),
    };
    const { by = 'created', descending = false } = orderBy ?? {};
    const name = `campaigns by ${by}${descending ? ', descending' : ''}`;
    const paging = pagingOf(page, { name, key: by === 'created' ? 'time' : 'text', tie: 'text' });
    const listed = await lists.campaigns(filter, { by, descending }, paging.asked);
    return connectionOf(listed, paging, campaignView, () => lists.countCampaigns(filter));
  }

  @Query(() => CampaignView, { nullable: true })
  async campaign(@Args('id', { type: () => ID }) id: string): Promise<Data<CampaignView> | null> {
    const found = await this.engine.store.read.campaign(id);
    return found && campaignView(found);
  }

  @Query(() => [CampaignTemplateView])
  campaignTemplates(): readonly Data<CampaignTemplateView>[] {
    return campaignTemplates;
  }

  @Query(() => SpacePreviewPayload, {
    description:
      'A space before a campaign is made of it: what its constraints leave, or what is wrong with it.',
  })
  previewSpace(@Args('space', { type: () => JsonScalar }) space: Json): Promise<Data<SpacePreviewPayload>> {
    return orUserErrors<Pick<SpacePreviewPayload, 'effects'>>({ effects: null }, async () => {
      const opened = await Promise.resolve(openSpace(parseSpaceSpec(space)));
      return { effects: spaceEffectsView(opened) };
    });
  }

  @Mutation(() => CampaignPayload)
  createCampaign(
    @Args('input', { type: () => CreateCampaignInput }) input: CreateCampaignInput,
    @Caller() caller: Token,
  ): Promise<Data<CampaignPayload>> {
    return orUserErrors<Pick<CampaignPayload, 'campaign'>>(none, async () => {
      const { start, idempotencyKey, ...spec } = input;
      const actor = actorOf(caller);
      const created = await createCampaign(this.engine, actor, spec, idempotencyKey ?? undefined);
      const started =
        start && created.state === 'draft'
          ? await moveCampaign(this.engine, actor, created.id, 'active')
          : created;
      return { campaign: campaignView(started) };
    });
  }

  @Mutation(() => CampaignPayload)
  moveCampaign(
    @Args('input', { type: () => MoveCampaignInput }) { id, to, note }: MoveCampaignInput,
    @Caller() caller: Token,
  ): Promise<Data<CampaignPayload>> {
    return orUserErrors<Pick<CampaignPayload, 'campaign'>>(none, async () => ({
      campaign: campaignView(await moveCampaign(this.engine, actorOf(caller), id, to, note ?? null)),
    }));
  }

  @Mutation(() => CampaignPayload)
  switchCampaign(
    @Args('input', { type: () => SwitchCampaignInput }) { id, proposing, dispatch }: SwitchCampaignInput,
    @Caller() caller: Token,
  ): Promise<Data<CampaignPayload>> {
    return orUserErrors<Pick<CampaignPayload, 'campaign'>>(none, async () => ({
      campaign: campaignView(
        await switchCampaign(this.engine, actorOf(caller), id, {
          ...(typeof proposing === 'boolean' && { proposing }),
          ...(typeof dispatch === 'boolean' && { dispatch }),
        }),
      ),
    }));
  }

  @Mutation(() => CampaignPayload, {
    description: 'Other settings from now on; plans that were made keep those of their time.',
  })
  updateCampaign(
    @Args('input', { type: () => UpdateCampaignInput }) input: UpdateCampaignInput,
    @Caller() caller: Token,
  ): Promise<Data<CampaignPayload>> {
    const { id, reason, revision, ...change } = input;
    return orUserErrors<Pick<CampaignPayload, 'campaign'>>(none, async () => ({
      campaign: campaignView(
        await updateCampaign(this.engine, actorOf(caller), {
          ...{ id, reason, change },
          ...(typeof revision === 'number' && { revision }),
        }),
      ),
    }));
  }

  @Mutation(() => CampaignPayload, {
    description: 'So many proposals now, beside what the rhythm would bring, also where proposing is off.',
  })
  proposeNow(
    @Args('input', { type: () => ProposeNowInput }) input: ProposeNowInput,
    @Caller() caller: Token,
  ): Promise<Data<CampaignPayload>> {
    const { campaignId, count, reason, idempotencyKey } = input;
    return orUserErrors<Pick<CampaignPayload, 'campaign'>>(none, async () => ({
      campaign: campaignView(
        await askForProposals(this.engine, actorOf(caller), {
          ...{ campaignId, count, reason },
          ...(typeof idempotencyKey === 'string' && { idempotencyKey }),
        }),
      ),
    }));
  }
}
