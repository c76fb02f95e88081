import type { Token } from '@ionloop/domain';
import { addKnowledge, type Engine, removeKnowledge } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, Context, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { actorOf } from '../access/actor.js';
import { Caller } from '../access/caller.js';
import { CampaignView } from '../campaigns/campaign.view.js';
import type { OperationContext } from '../graphql/context.js';
import { count } from '../graphql/count.js';
import type { Data } from '../graphql/data.js';
import { orUserErrors } from '../graphql/user-errors.js';
import { ENGINE } from '../parts.js';
import { addedBy, AddKnowledgeInput, RemoveKnowledgeInput } from './knowledge.inputs.js';
import {
  type KnowledgeData,
  KnowledgePayload,
  KnowledgeRowView,
  KnowledgeTrustView,
  knowledgeView,
  KnowledgeView,
  rowView,
  trustView,
} from './knowledge.view.js';

type Changed = Pick<KnowledgePayload, 'knowledge'>;
const none: Changed = { knowledge: null };

@Resolver(() => KnowledgeView)
export class KnowledgeResolver {
  constructor(@Inject(ENGINE) private readonly engine: Engine) {}

  @Mutation(() => KnowledgePayload, {
    description:
      'Has plans made with results of another campaign, or of a table, from now on: copied as they are at this moment, in the parameters and units of this campaign.',
  })
  addKnowledge(
    @Args('input', { type: () => AddKnowledgeInput }) input: AddKnowledgeInput,
    @Caller() caller: Token,
  ): Promise<Data<KnowledgePayload>> {
    return orUserErrors(none, async () => ({
      knowledge: knowledgeView(await addKnowledge(this.engine, actorOf(caller), addedBy(input))),
    }));
  }

  @Mutation(() => KnowledgePayload, {
    description: 'Plans are made without it from now on; those that were made with it can be made again.',
  })
  removeKnowledge(
    @Args('input', { type: () => RemoveKnowledgeInput }) { campaignId, id, reason }: RemoveKnowledgeInput,
    @Caller() caller: Token,
  ): Promise<Data<KnowledgePayload>> {
    const removed = { campaignId, id, reason };
    return orUserErrors(none, async () => ({
      knowledge: knowledgeView(await removeKnowledge(this.engine, actorOf(caller), removed)),
    }));
  }

  @ResolveField(() => [KnowledgeRowView])
  rows(
    @Parent() { frozen }: KnowledgeData,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
  ): readonly Data<KnowledgeRowView>[] {
    return frozen.slice(0, count(first, 'first', { min: 0, max: 1000 })).map(rowView);
  }

  @ResolveField(() => KnowledgeTrustView, {
    nullable: true,
    description: 'Null before a model has seen it.',
  })
  async trust(
    { campaignId, number }: KnowledgeData,
    _args: unknown,
    { loaders }: OperationContext,
  ): Promise<Data<KnowledgeTrustView> | null> {
    return trustView(number, await loaders.latestModel.load(campaignId));
  }
}

@Resolver(() => CampaignView)
export class CampaignKnowledgeResolver {
  @ResolveField(() => [KnowledgeView], { description: 'Results from elsewhere that plans are made with.' })
  async knowledge(
    @Parent() { id }: Data<CampaignView>,
    @Args('removed', {
      type: () => Boolean,
      defaultValue: false,
      description: 'Also what plans are not made with any more.',
    })
    removed: boolean,
    @Context() { loaders }: OperationContext,
  ): Promise<readonly KnowledgeData[]> {
    const all = await loaders.knowledge.load(id);
    return all.filter((one) => removed || one.removed === null).map(knowledgeView);
  }
}
