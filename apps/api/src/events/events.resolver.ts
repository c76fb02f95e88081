import { notFound } from '@ionloop/domain';
import type { Engine } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, ID, Int, Resolver, Subscription } from '@nestjs/graphql';
import { count } from '../graphql/count.js';
import { ENDING, ENGINE } from '../parts.js';
import { CampaignEventView, eventView } from './event.view.js';
import { follow } from './follow.js';
import { Signals } from './signals.js';

@Resolver(() => CampaignEventView)
export class EventsResolver {
  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(Signals) private readonly signals: Signals,
    @Inject(ENDING) private readonly ending: AbortSignal,
  ) {}

  @Subscription(() => CampaignEventView, {
    description:
      'Every event of a campaign after the given sequence number, in order, without gap or repeat.',
    resolve: eventView,
  })
  async campaignEvents(
    @Args('campaign', { type: () => ID }) campaignId: string,
    @Args('after', { type: () => Int }) after: number,
  ): Promise<AsyncIterable<unknown>> {
    count(after, 'after', { min: 0, max: 2 ** 31 - 1 });
    const { read } = this.engine.store;
    if ((await read.campaign(campaignId)) === null) throw notFound('campaign', campaignId);
    return follow({ read, signals: this.signals, campaignId, after }, this.ending);
  }
}
