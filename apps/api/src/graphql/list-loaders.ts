import type { Attempt, Experiment, Measurement, Model, RecordedEvent } from '@ionloop/domain';
import type {
  Analysis,
  AttemptFilter,
  EventFilter,
  ExperimentFilter,
  ExperimentOrder,
  Listed,
  MeasurementFilter,
  Ordered,
  PageAsked,
  RecordStore,
  Screen,
} from '@ionloop/engine';
import type DataLoader from 'dataloader';
import { batched, distinct } from './batched.js';

/** What is asked of a campaign's list; those who ask the same of several campaigns share a statement. */
export interface ListAsked<Filter, Order extends string> {
  readonly campaignId: string;
  readonly filter: Filter;
  readonly order: Ordered<Order>;
  readonly page: PageAsked;
}
export type CountAsked<Filter> = Pick<ListAsked<Filter, never>, 'campaignId' | 'filter'>;

export interface ListLoader<Item, Filter, Order extends string> {
  readonly page: DataLoader<ListAsked<Filter, Order>, readonly Listed<Item>[]>;
  readonly count: DataLoader<CountAsked<Filter>, number>;
}

export interface ListLoaders {
  readonly experiments: ListLoader<Experiment, ExperimentFilter, ExperimentOrder>;
  readonly events: ListLoader<RecordedEvent, EventFilter, 'seq'>;
  readonly measurements: ListLoader<Measurement, MeasurementFilter, 'created'>;
  readonly attempts: ListLoader<Attempt, AttemptFilter, 'leased'>;
  readonly models: ListLoader<Model, null, 'created'>;
  readonly screens: ListLoader<Screen, null, 'created'>;
  readonly analyses: ListLoader<Analysis, null, 'created'>;
}

export const newListLoaders = ({ read: { lists }, screens, analyses }: RecordStore): ListLoaders => ({
  experiments: {
    page: together(({ filter, order, page }, ids) => lists.experiments(ids, filter, order, page), []),
    count: together(({ filter }, ids) => lists.countExperiments(ids, filter), 0),
  },
  events: {
    page: together(({ filter, order, page }, ids) => lists.events(ids, filter, order, page), []),
    count: together(({ filter }, ids) => lists.countEvents(ids, filter), 0),
  },
  measurements: {
    page: together(({ filter, order, page }, ids) => lists.measurements(ids, filter, order, page), []),
    count: together(({ filter }, ids) => lists.countMeasurements(ids, filter), 0),
  },
  attempts: {
    page: together(({ filter, order, page }, ids) => lists.attempts(ids, filter, order, page), []),
    count: together(({ filter }, ids) => lists.countAttempts(ids, filter), 0),
  },
  models: {
    page: together(({ order, page }, ids) => lists.models(ids, order, page), []),
    count: together((_, ids) => lists.countModels(ids), 0),
  },
  screens: {
    page: together(({ order, page }, ids) => screens.pages(ids, order, page), []),
    count: together((_, ids) => screens.counts(ids), 0),
  },
  analyses: {
    page: together(({ order, page }, ids) => analyses.pages(ids, order, page), []),
    count: together((_, ids) => analyses.counts(ids), 0),
  },
});

function together<Asked extends { readonly campaignId: string }, V>(
  load: (asked: Asked, campaignIds: readonly string[]) => Promise<ReadonlyMap<string, V>>,
  none: V,
): DataLoader<Asked, V> {
  return batched(async (asked: readonly Asked[]) => {
    const nameOf = (one: Asked): string => JSON.stringify({ ...one, campaignId: '' });
    const groups = new Map<string, Asked[]>();
    for (const one of asked) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
    const found = new Map<string, ReadonlyMap<string, V>>();
    await Promise.all(
      [...groups].map(async ([name, same]) => {
        const [first] = same;
        if (first) found.set(name, await load(first, distinct(same.map(({ campaignId }) => campaignId))));
      }),
    );
    return asked.map((one) => found.get(nameOf(one))?.get(one.campaignId) ?? none);
  });
}
