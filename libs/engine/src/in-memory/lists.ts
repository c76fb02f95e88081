import type {
  Attachment,
  Attempt,
  Campaign,
  Experiment,
  Measurement,
  Model,
  Plan,
  RecordedEvent,
  RowKind,
  Rows,
} from '@ionloop/domain';
import { valueOfResults } from '../experiments/value.js';
import { byTime, ofEach, pageIn } from '../lists/page-in.js';
import type {
  AttemptFilter,
  CampaignFilter,
  CampaignOrder,
  CountsOf,
  EventFilter,
  ExperimentFilter,
  ExperimentOrder,
  Listed,
  MeasurementFilter,
  NodeKind,
  Ordered,
  PageAsked,
  PagesOf,
  Place,
  RecordLists,
} from '../lists/ports.js';
import type { CampaignTables, SharedTables } from './tables.js';

export class InMemoryLists implements RecordLists {
  constructor(
    private readonly shared: SharedTables,
    private readonly screens: { byId(id: string): Promise<unknown> },
  ) {}

  campaigns(
    filter: CampaignFilter,
    { by, descending }: Ordered<CampaignOrder>,
    page: PageAsked,
  ): Promise<readonly Listed<Campaign>[]> {
    const listed = this.chosenCampaigns(filter).map((item) => ({
      item,
      place: { key: by === 'name' ? item.name : item.createdAt, tie: item.id },
    }));
    return Promise.resolve(pageIn(listed, descending, page));
  }

  countCampaigns(filter: CampaignFilter): Promise<number> {
    return Promise.resolve(this.chosenCampaigns(filter).length);
  }

  experiments(
    campaignIds: readonly string[],
    filter: ExperimentFilter,
    { by, descending }: Ordered<ExperimentOrder>,
    page: PageAsked,
  ): PagesOf<Experiment> {
    return this.each(campaignIds, (tables) => {
      const { campaign } = tables.rows;
      const listed = chosenExperiments(tables, filter).map((item) => ({
        item,
        place: { key: experimentKey(item, campaign, by), tie: item.number },
      }));
      return pageIn(listed, descending, page);
    });
  }

  countExperiments(campaignIds: readonly string[], filter: ExperimentFilter): CountsOf {
    return this.each(campaignIds, (tables) => chosenExperiments(tables, filter).length);
  }

  events(
    campaignIds: readonly string[],
    filter: EventFilter,
    { descending }: Ordered<'seq'>,
    page: PageAsked,
  ): PagesOf<RecordedEvent> {
    return this.each(campaignIds, ({ events }) => {
      const listed = events
        .filter(isEvent(filter))
        .map((item) => ({ item, place: { key: null, tie: item.seq } }));
      return pageIn(listed, descending, page);
    });
  }

  countEvents(campaignIds: readonly string[], filter: EventFilter): CountsOf {
    return this.each(campaignIds, ({ events }) => events.filter(isEvent(filter)).length);
  }

  measurements(
    campaignIds: readonly string[],
    filter: MeasurementFilter,
    { descending }: Ordered<'created'>,
    page: PageAsked,
  ): PagesOf<Measurement> {
    return this.each(campaignIds, ({ rows }) => {
      const chosen = rows.all('measurement').filter(isMeasurement(filter));
      return pageIn(chosen.map(byTime(({ createdAt }) => createdAt)), descending, page);
    });
  }

  countMeasurements(campaignIds: readonly string[], filter: MeasurementFilter): CountsOf {
    return this.each(campaignIds, ({ rows }) => rows.all('measurement').filter(isMeasurement(filter)).length);
  }

  attempts(
    campaignIds: readonly string[],
    filter: AttemptFilter,
    { descending }: Ordered<'leased'>,
    page: PageAsked,
  ): PagesOf<Attempt> {
    return this.each(campaignIds, ({ rows }) => {
      const chosen = rows.all('attempt').filter(isAttempt(filter));
      return pageIn(chosen.map(byTime(({ leasedAt }) => leasedAt)), descending, page);
    });
  }

  countAttempts(campaignIds: readonly string[], filter: AttemptFilter): CountsOf {
    return this.each(campaignIds, ({ rows }) => rows.all('attempt').filter(isAttempt(filter)).length);
  }

  models(
    campaignIds: readonly string[],
    { descending }: Ordered<'created'>,
    page: PageAsked,
  ): PagesOf<Model> {
    return this.each(campaignIds, ({ rows }) =>
      pageIn(rows.all('model').map(byTime(({ createdAt }) => createdAt)), descending, page),
    );
  }

  countModels(campaignIds: readonly string[]): CountsOf {
    return this.each(campaignIds, ({ rows }) => rows.all('model').length);
  }

  attemptsById(ids: readonly string[]): Promise<readonly Attempt[]> {
    return Promise.resolve(this.byId('attempt', ids));
  }

  measurementsById(ids: readonly string[]): Promise<readonly Measurement[]> {
    return Promise.resolve(this.byId('measurement', ids));
  }

  attachmentsById(ids: readonly string[]): Promise<readonly Attachment[]> {
    return Promise.resolve(this.byId('attachment', ids));
  }

  modelsById(ids: readonly string[]): Promise<readonly Model[]> {
    return Promise.resolve(this.byId('model', ids));
  }

  plansById(ids: readonly string[]): Promise<readonly Plan[]> {
    return Promise.resolve(this.byId('plan', ids));
  }

  async kinds(ids: readonly string[]): Promise<ReadonlyMap<string, NodeKind>> {
    const found = new Map<string, NodeKind>();
    const kinds = ['campaign', 'experiment', 'attempt', 'measurement', 'attachment', 'model'] as const;
    for (const id of ids) {
      for (const { rows } of this.shared.campaigns.values()) {
        const kind = kinds.find((one) => rows.find(one, id) !== undefined);
        if (kind !== undefined) found.set(id, kind);
      }
      if (this.shared.stations.has(id)) found.set(id, 'station');
      if ((await this.screens.byId(id)) !== null) found.set(id, 'screen');
    }
    return found;
  }

  private byId<K extends RowKind>(kind: K, ids: readonly string[]): readonly Rows[K][] {
    return [...this.shared.campaigns.values()].flatMap(({ rows }) =>
      ids.flatMap((id) => rows.find(kind, id) ?? []),
    );
  }

  private chosenCampaigns({ states, text, workspace, id }: CampaignFilter): readonly Campaign[] {
    return [...this.shared.campaigns.values()]
      .filter((tables) => workspace === undefined || tables.workspace === workspace)
      .map(({ rows }) => rows.campaign)
      .filter(
        ({ id: own, state, name, description }) =>
          (id === undefined || own === id) &&
          (!states || states.includes(state)) &&
          (text === undefined || holds(name, text) || holds(description, text)),
      );
  }

  private each<T>(
    campaignIds: readonly string[],
    look: (tables: CampaignTables) => T,
  ): Promise<ReadonlyMap<string, T>> {
    return ofEach(campaignIds, (id) => {
      const tables = this.shared.campaigns.get(id);
      return tables && look(tables);
    });
  }
}

function experimentKey(experiment: Experiment, campaign: Campaign, by: ExperimentOrder): Place['key'] {
  const value = valueOfResults(experiment.results, campaign.objectives[0]);
  switch (by) {
    case 'number':
      return null;
    case 'value':
      return value?.value ?? null;
    case 'measured':
      return value?.at ?? null;
    case 'prediction':
      return experiment.prediction?.mean ?? null;
    case 'uncertainty':
      return experiment.prediction?.sd ?? null;
    case 'score':
      return experiment.acquisition?.value ?? null;
    default:
      return by satisfies never;
  }
}

function chosenExperiments(
  { rows }: CampaignTables,
  { states, origins, flags, numbers, valueFrom, valueTo, hasValue, text }: ExperimentFilter,
): readonly Experiment[] {
  const flagged = new Set(
    rows
      .all('measurement')
      .filter((measurement) => flags?.some((flag) => measurement.flags.includes(flag)))
      .map(({ experimentId }) => experimentId),
  );
  return rows.all('experiment').filter((experiment) => {
    const { id, number, state, origin, point, reason, note } = experiment;
    const value = valueOfResults(experiment.results, rows.campaign.objectives[0])?.value ?? null;
    return (
      (!states || states.includes(state)) &&
      (!origins || origins.includes(origin)) &&
      (!flags || flagged.has(id)) &&
      (!numbers || numbers.includes(number)) &&
      (valueFrom === undefined || (value !== null && value >= valueFrom)) &&
      (valueTo === undefined || (value !== null && value <= valueTo)) &&
      (hasValue === undefined || hasValue === (value !== null)) &&
      (text === undefined ||
        String(number) === text ||
        [JSON.stringify(point), reason, note ?? ''].some((place) => holds(place, text)))
    );
  });
}

const isEvent =
  ({ types, actors, about, from, to }: EventFilter) =>
  ({ event, actor, at }: RecordedEvent): boolean =>
    (!types || types.includes(event.type)) &&
    (!actors || actors.includes(actor.name)) &&
    (about === undefined || JSON.stringify(event).includes(JSON.stringify(about))) &&
    (from === undefined || at >= from) &&
    (to === undefined || at < to);

const isMeasurement =
  ({ statuses, properties, flags }: MeasurementFilter) =>
  (measurement: Measurement): boolean =>
    (!statuses || statuses.includes(measurement.status)) &&
    (!properties || properties.includes(measurement.property)) &&
    (!flags || flags.some((flag) => measurement.flags.includes(flag)));

const isAttempt =
  ({ states, stations }: AttemptFilter) =>
  ({ state, stationId }: Attempt): boolean =>
    (!states || states.includes(state)) && (!stations || stations.includes(stationId));

const holds = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
