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
import type { Data } from '../graphql/data.js';
import {
  AttemptFilterInput,
  attemptFilterOf,
  AuditFilterInput,
  auditFilterOf,
  MeasurementFilterInput,
  measurementFilterOf,
} from './campaign-lists.inputs.js';
import { ScreenView, screenView } from '../screens/screen.view.js';
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
  async measurements(
    @Parent() { id: campaignId }: Data<CampaignView>,
    @Args() page: PageArgs,
    @Args('newestFirst', newestFirst) newest: boolean | null,
    @Context() { loaders }: OperationContext,
    @Args('filter', { type: () => MeasurementFilterInput, nullable: true })
    input?: MeasurementFilterInput | null,
  ): Promise<ConnectionOf<Measurement>> {
    const { measurements } = loaders.lists;
    const filter = measurementFilterOf(input);
    const { descending, list } = timely('measurements', newest, 'time');
    const paging = pagingOf(page, list);
    const order = { by: 'created', descending } as const;
    const listed = await measurements.page.load({ campaignId, filter, order, page: paging.asked });
    return connectionOf(
      listed,
      paging,
      (measurement) => measurement,
      () => measurements.count.load({ campaignId, filter }),
    );
  }

  @ResolveField(() => AttemptConnection, { description: 'As they were given to stations.' })
  async attempts(
    @Parent() { id: campaignId }: Data<CampaignView>,
    @Args() page: PageArgs,
    @Args('newestFirst', newestFirst) newest: boolean | null,
    @Context() { loaders }: OperationContext,
    @Args('filter', { type: () => AttemptFilterInput, nullable: true }) input?: AttemptFilterInput | null,
  ): Promise<ConnectionOf<Data<AttemptView>>> {
    const { attempts } = loaders.lists;
    const filter = attemptFilterOf(input);
    const { descending, list } = timely('attempts', newest, 'time');
    const paging = pagingOf(page, list);
    const order = { by: 'leased', descending } as const;
    const listed = await attempts.page.load({ campaignId, filter, order, page: paging.asked });
    return connectionOf(listed, paging, attemptView, () => attempts.count.load({ campaignId, filter }));
  }

  @ResolveField(() => ScreenConnection, { description: 'As they were asked for.' })
  async screens(
    @Parent() { id: campaignId }: Data<CampaignView>,
    @Args() page: PageArgs,
    @Args('newestFirst', newestFirst) newest: boolean | null,
    @Context() { loaders }: OperationContext,
  ): Promise<ConnectionOf<Data<ScreenView>>> {
    const { screens } = loaders.lists;
    const { descending, list } = timely('screens', newest, 'time');
    const paging = pagingOf(page, list);
    const order = { by: 'created', descending } as const;
    const asked = { campaignId, filter: null, order, page: paging.asked };
    return connectionOf(await screens.page.load(asked), paging, screenView, () =>
      screens.count.load({ campaignId, filter: null }),
    );
  }

  @ResolveField(() => AnalysisConnection, { description: 'As they were asked.' })
  async analyses(
    @Parent() { id: campaignId }: Data<CampaignView>,
    @Args() page: PageArgs,
    @Args('newestFirst', newestFirst) newest: boolean | null,
    @Context() { loaders }: OperationContext,
  ): Promise<ConnectionOf<Data<AnalysisView>>> {
    const { analyses } = loaders.lists;
    const { descending, list } = timely('analyses', newest, 'time');
    const paging = pagingOf(page, list);
    const order = { by: 'created', descending } as const;
    const asked = { campaignId, filter: null, order, page: paging.asked };
    return connectionOf(await analyses.page.load(asked), paging, analysisView, () =>
      analyses.count.load({ campaignId, filter: null }),
    );
  }
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
