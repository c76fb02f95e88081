import { notFound } from '@ionloop/domain';
import type { Engine } from '@ionloop/engine';
import { Inject } from '@nestjs/common';
import { Args, ID, Int, Resolver, Subscription } from '@nestjs/graphql';
import { count } from '../graphql/count.js';
import { ENDING, ENGINE, WHOLE } from '../parts.js';
import { CampaignEventView, eventView } from './event.view.js';
import { follow } from './follow.js';
import { SharedReads } from './shared-reads.js';
import { Signals } from './signals.js';

@Resolver(() => CampaignEventView)
export class EventsResolver {
  private readonly log: SharedReads;

  constructor(
    @Inject(ENGINE) private readonly engine: Engine,
    @Inject(WHOLE) whole: Engine,
    @Inject(Signals) private readonly signals: Signals,
    @Inject(ENDING) private readonly ending: AbortSignal,
  ) {
    this.log = new SharedReads(whole.store.read);
  }

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
    // A campaign stays where it is: who may see it now may follow it, beside others who do.
    if ((await this.engine.store.read.campaign(campaignId)) === null) throw notFound('campaign', campaignId);
    return follow({ read: this.log, signals: this.signals, campaignId, after }, this.ending);
  }
}
