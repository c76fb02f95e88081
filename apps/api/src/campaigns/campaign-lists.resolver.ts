import type { Measurement } from '@ionloop/domain';
import { AnalysisView, analysisView } from '../analyses/analysis.view.js';
import type { ListOrder } from '../graphql/connection.js';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CampaignEventView, eventView } from '../events/event.view.js';
import { AttemptView, attemptView } from '../experiments/attempt.view.js';
import { MeasurementView } from '../experiments/measurement.view.js';
import {
  connectionClass,
  type ConnectionOf,
  connectionOf,
  PageArgs,
  pagingOf,
} from '../graphql/connection.js';
import type { OperationContext } from '../graphql/context.js';
import type { ListLoader } from '../graphql/list-loaders.js';
import { ScreenView, screenView } from '../screens/screen.view.js';
import type { Data } from '../graphql/data.js';
import {
  AttemptFilterInput,
  attemptFilterOf,
  AuditFilterInput,
  auditFilterOf,
  MeasurementFilterInput,
  measurementFilterOf,
} from './campaign-lists.inputs.js';
import { CampaignView } from './campaign.view.js';

const AuditConnection = connectionClass('CampaignEvent', () => CampaignEventView);
const MeasurementConnection = connectionClass('Measurement', () => MeasurementView);
const AttemptConnection = connectionClass('Attempt', () => AttemptView);
const ScreenConnection = connectionClass('Screen', () => ScreenView);
const AnalysisConnection = connectionClass('Analysis', () => AnalysisView);

const newestFirst = {
  type: () => Boolean,
  nullable: true,
  defaultValue: true,
} as const;

@Resolver(() => CampaignView)
export class CampaignListsResolver {
  @ResolveField(() => AuditConnection, { description: 'Who did what, when and why.' })
  async audit(
    @Parent() { id: campaignId }: Data<CampaignView>,
    @Args() page: PageArgs,
    @Args('newestFirst', newestFirst) newest: boolean | null,
    @Context() { loaders }: OperationContext,
    @Args('filter', { type: () => AuditFilterInput, nullable: true }) input?: AuditFilterInput | null,
  ): Promise<ConnectionOf<Data<CampaignEventView>>> {
    const { events } = loaders.lists;
    const filter = auditFilterOf(input);
    const { descending, list } = timely('events', newest, null);
    const paging = pagingOf(page, { ...list, tie: 'number' });
    const order = { by: 'seq', descending } as const;
    const listed = await events.page.load({ campaignId, filter, order, page: paging.asked });
    return connectionOf(listed, paging, eventView, () => events.count.load({ campaignId, filter }));
  }

  @ResolveField(() => MeasurementConnection, { description: 'As they were handed in.' })
  measurements(
    @Parent() { id: campaignId }: Data<CampaignView>,
    @Args() page: PageArgs,
    @Args('newestFirst', newestFirst) newest: boolean | null,
    @Context() { loaders }: OperationContext,
    @Args('filter', { type: () => MeasurementFilterInput, nullable: true })
    input?: MeasurementFilterInput | null,
  ): Promise<ConnectionOf<Measurement>> {
    const asked = { campaignId, page, newest, filter: measurementFilterOf(input) };
    const { measurements } = loaders.lists;
    return inTime('measurements', 'created', measurements, asked, (measurement) => measurement);
  }

  @ResolveField(() => AttemptConnection, { description: 'As they were given to stations.' })
  attempts(
    @Parent() { id: campaignId }: Data<CampaignView>,
    @Args() page: PageArgs,
    @Args('newestFirst', newestFirst) newest: boolean | null,
    @Context() { loaders }: OperationContext,
    @Args('filter', { type: () => AttemptFilterInput, nullable: true }) input?: AttemptFilterInput | null,
  ): Promise<ConnectionOf<Data<AttemptView>>> {
    const asked = { campaignId, page, newest, filter: attemptFilterOf(input) };
    return inTime('attempts', 'leased', loaders.lists.attempts, asked, attemptView);
  }

  @ResolveField(() => ScreenConnection, { description: 'As they were asked for.' })
  screens(
    @Parent() { id: campaignId }: Data<CampaignView>,
    @Args() page: PageArgs,
    @Args('newestFirst', newestFirst) newest: boolean | null,
    @Context() { loaders }: OperationContext,
  ): Promise<ConnectionOf<Data<ScreenView>>> {
    const asked = { campaignId, page, newest, filter: null };
    return inTime('screens', 'created', loaders.lists.screens, asked, screenView);
  }

  @ResolveField(() => AnalysisConnection, { description: 'As they were asked.' })
  analyses(
    @Parent() { id: campaignId }: Data<CampaignView>,
    @Args() page: PageArgs,
    @Args('newestFirst', newestFirst) newest: boolean | null,
    @Context() { loaders }: OperationContext,
  ): Promise<ConnectionOf<Data<AnalysisView>>> {
    const asked = { campaignId, page, newest, filter: null };
    return inTime('analyses', 'created', loaders.lists.analyses, asked, analysisView);
  }
}

interface AskedInTime<Filter> {
  readonly campaignId: string;
  readonly page: PageArgs;
  readonly newest: boolean | null;
  readonly filter: Filter;
}

/** A page of what has come one after the other. */
async function inTime<Item, Filter, Order extends string, Node>(
  what: string,
  by: Order,
  loader: ListLoader<Item, Filter, Order>,
  { campaignId, page, newest, filter }: AskedInTime<Filter>,
  view: (item: Item) => Node,
): Promise<ConnectionOf<Node>> {
  const { descending, list } = timely(what, newest, 'time');
  const paging = pagingOf(page, list);
  const order = { by, descending };
  const listed = await loader.page.load({ campaignId, filter, order, page: paging.asked });
  return connectionOf(listed, paging, view, () => loader.count.load({ campaignId, filter }));
}

function timely(
  what: string,
  newest: boolean | null,
  key: ListOrder['key'],
): { readonly descending: boolean; readonly list: ListOrder } {
  const descending = newest ?? true;
  return {
    descending,
    list: { name: `${what}, ${descending ? 'newest' : 'oldest'} first`, key, tie: 'text' },
  };
}
