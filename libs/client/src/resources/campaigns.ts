import type { Connection } from '../connection.js';
import type {
  Attempt,
  Campaign,
  CampaignEvent,
  CampaignTemplate,
  Knowledge,
  Measurement,
  Model,
  Posterior,
  ProgressPoint,
  SpaceEffects,
} from '../entities.js';
import { InputRefused } from '../errors.js';
import { type FollowOptions, picked } from '../follow.js';
import * as g from '../generated/graphql.js';
import { found, type ListOptions, made, type Operator } from '../operator.js';
import type { CallOptions } from '../transport.js';

type Listed<V> = Omit<V, 'id' | 'first' | 'after'> & ListOptions;

export interface EventOptions extends Pick<FollowOptions<CampaignEvent>, 'signal' | 'onCut'> {
  /** Everything after this sequence number; 0, which is all of them, unless told. */
  readonly after?: number;
}

export class Campaigns {
  constructor(private readonly operator: Operator) {}

  list({ signal, pageSize, ...wanted }: Listed<g.CampaignsQueryVariables> = {}): Connection<Campaign> {
    return this.operator.list(g.CampaignsDocument, wanted, (data) => data.campaigns, {
      ...options(signal, pageSize),
    });
  }

  /** Null where there is none by this id that the token may see. */
  async get(id: string, call?: CallOptions): Promise<Campaign | null> {
    return (await this.operator.run(g.CampaignDocument, { id }, call)).campaign;
  }

  /** Inputs to begin with. */
  async templates(call?: CallOptions): Promise<readonly CampaignTemplate[]> {
    return (await this.operator.run(g.CampaignTemplatesDocument, {}, call)).campaignTemplates;
  }

  /** What a space's constraints leave, before a campaign is made of it. */
  async previewSpace(space: unknown, call?: CallOptions): Promise<SpaceEffects> {
    const { previewSpace } = await this.operator.run(g.PreviewSpaceDocument, { space }, call);
    if (previewSpace.userErrors.length > 0) throw new InputRefused(previewSpace.userErrors);
    return made(previewSpace.effects);
  }

  async spaceEffects(id: string, call?: CallOptions): Promise<SpaceEffects> {
    return found((await this.operator.run(g.SpaceEffectsDocument, { id }, call)).campaign).spaceEffects;
  }

  async create(input: g.CreateCampaignInput, call?: CallOptions): Promise<Campaign> {
    return made((await this.operator.run(g.CreateCampaignDocument, { input }, call)).createCampaign.campaign);
  }

  /** Other settings from now on. */
  async update(input: g.UpdateCampaignInput, call?: CallOptions): Promise<Campaign> {
    return made((await this.operator.run(g.UpdateCampaignDocument, { input }, call)).updateCampaign.campaign);
  }

  start(id: string, note?: string, call?: CallOptions): Promise<Campaign> {
    return this.move({ id, to: 'active', ...(note !== undefined && { note }) }, call);
  }

  pause(id: string, note?: string, call?: CallOptions): Promise<Campaign> {
    return this.move({ id, to: 'paused', ...(note !== undefined && { note }) }, call);
  }

  finish(id: string, note?: string, call?: CallOptions): Promise<Campaign> {
    return this.move({ id, to: 'completed', ...(note !== undefined && { note }) }, call);
  }

  archive(id: string, note?: string, call?: CallOptions): Promise<Campaign> {
    return this.move({ id, to: 'archived', ...(note !== undefined && { note }) }, call);
  }

  async move(input: g.MoveCampaignInput, call?: CallOptions): Promise<Campaign> {
    return made((await this.operator.run(g.MoveCampaignDocument, { input }, call)).moveCampaign.campaign);
  }

  /** Proposing and handing out to stations, each by itself. */
  async switch(input: g.SwitchCampaignInput, call?: CallOptions): Promise<Campaign> {
    return made((await this.operator.run(g.SwitchCampaignDocument, { input }, call)).switchCampaign.campaign);
  }

  async proposeNow(input: g.ProposeNowInput, call?: CallOptions): Promise<Campaign> {
    return made((await this.operator.run(g.ProposeNowDocument, { input }, call)).proposeNow.campaign);
  }

  /** Results from elsewhere that plans are made with; with those that they are not made with any more. */
  async knowledge(id: string, removed = false, call?: CallOptions): Promise<readonly Knowledge[]> {
    return found((await this.operator.run(g.CampaignKnowledgeDocument, { id, removed }, call)).campaign)
      .knowledge;
  }

  /** Of another campaign or of a table, copied as it is at this moment. */
  async addKnowledge(input: g.AddKnowledgeInput, call?: CallOptions): Promise<Knowledge> {
    return made((await this.operator.run(g.AddKnowledgeDocument, { input }, call)).addKnowledge.knowledge);
  }

  async removeKnowledge(input: g.RemoveKnowledgeInput, call?: CallOptions): Promise<Knowledge> {
    return made(
      (await this.operator.run(g.RemoveKnowledgeDocument, { input }, call)).removeKnowledge.knowledge,
    );
  }

  /** The best so far, after each result; of more than `points` so many that keep the shape. */
  async progress(id: string, points = 1000, call?: CallOptions): Promise<readonly ProgressPoint[]> {
    return found((await this.operator.run(g.CampaignProgressDocument, { id, points }, call)).campaign)
      .progress;
  }

  /** The latest model over the space; null where it cannot be drawn or there is no model of it as it is now. */
  async posterior(id: string, resolution = 40, call?: CallOptions): Promise<Posterior | null> {
    return found((await this.operator.run(g.CampaignPosteriorDocument, { id, resolution }, call)).campaign)
      .posterior;
  }

  /** The newest first. */
  models(id: string, list?: ListOptions): Connection<Model> {
    return this.operator.list(g.CampaignModelsDocument, { id }, (data) => data.campaign?.models, list);
  }

  measurements(
    id: string,
    { signal, pageSize, ...wanted }: Listed<g.CampaignMeasurementsQueryVariables> = {},
  ): Connection<Measurement> {
    return this.operator.list(
      g.CampaignMeasurementsDocument,
      { id, ...wanted },
      (data) => data.campaign?.measurements,
      options(signal, pageSize),
    );
  }

  attempts(
    id: string,
    { signal, pageSize, ...wanted }: Listed<g.CampaignAttemptsQueryVariables> = {},
  ): Connection<Attempt> {
    return this.operator.list(
      g.CampaignAttemptsDocument,
      { id, ...wanted },
      (data) => data.campaign?.attempts,
      options(signal, pageSize),
    );
  }

  /** Who did what, when and why. */
  audit(
    id: string,
    { signal, pageSize, ...wanted }: Listed<g.CampaignAuditQueryVariables> = {},
  ): Connection<CampaignEvent> {
    return this.operator.list(
      g.CampaignAuditDocument,
      { id, ...wanted },
      (data) => data.campaign?.audit,
      options(signal, pageSize),
    );
  }

  /**
   * Everything that happens, each event once and in order, for as long as it is read. After a cut it goes on with what
   * comes after the last event.
   */
  events(
    campaign: string,
    { after = 0, ...follow }: EventOptions = {},
  ): AsyncIterableIterator<CampaignEvent, void, undefined> {
    let seq = after;
    const entries = this.operator.subscribe(
      g.CampaignEventsDocument,
      { campaign, after },
      {
        ...follow,
        resume: () => ({ campaign, after: seq }),
        // A campaign's events have no end: a server that says so is going down.
        ended: () => false,
      },
    );
    return picked(entries, ({ campaignEvents: event }) => {
      if (event.seq <= seq) return null;
      seq = event.seq;
      return event;
    });
  }
}

const options = (signal: AbortSignal | undefined, pageSize: number | undefined): ListOptions => ({
  ...(signal && { signal }),
  ...(pageSize !== undefined && { pageSize }),
});
