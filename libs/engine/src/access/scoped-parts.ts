import {
  type AccessChange,
  type Artifact,
  type Attempt,
  type ChunkResult,
  IonloopError,
  type Json,
  notFound,
  type Station,
  type Token,
  type Workspace,
} from '@ionloop/domain';
import type { ArtifactIndex, NewArtifact } from '../artifacts/ports.js';
import type { AskedUnder, MadeUnder } from '../made-under.js';
import type {
  AccessLog,
  Held,
  KeyedRequest,
  NewStation,
  NewTokenRow,
  RequestsInFlight,
  StationStore,
  TokenStore,
  WorkspaceStore,
} from '../ports.js';
import type { CountsOf, Ordered, PageAsked, PagesOf } from '../lists/ports.js';
import type { ChunksDone, NewScreen, Screen, ScreenSize, ScreenStore } from '../screening/screen.js';
import type { Within } from './scope.js';

/** The smaller parts of the record as seen from within a scope. */

export class ScopedStations implements StationStore {
  constructor(
    private readonly stations: StationStore,
    private readonly within: Within,
  ) {}

  byName(name: string): Promise<Station | null> {
    return this.stations.byName(name, this.within.scope.workspace);
  }

  async byId(id: string): Promise<Station | null> {
    const station = await this.stations.byId(id);
    return station?.workspace === this.within.scope.workspace ? station : null;
  }

  all(): Promise<readonly Station[]> {
    return this.stations.all(this.within.scope.workspace);
  }

  register(station: NewStation): Promise<Station> {
    return this.stations.register({ ...station, workspace: this.within.scope.workspace });
  }

  async setPaused(id: string, paused: boolean): Promise<Station> {
    await this.own(id);
    return this.stations.setPaused(id, paused);
  }

  /** Only ever asked for a station that was found here by its name. */
  seen(id: string): Promise<void> {
    return this.stations.seen(id);
  }

  async liveAttempts(stationId: string): Promise<readonly Attempt[]> {
    return this.within.those(await this.stations.liveAttempts(stationId));
  }

  private async own(id: string): Promise<void> {
    if ((await this.byId(id)) === null) throw notFound('station', id);
  }
}

export class ScopedTokens implements TokenStore {
  constructor(
    private readonly tokens: TokenStore,
    private readonly within: Within,
  ) {}

  add(token: NewTokenRow, lifetimeSeconds: number): Promise<Token> {
    return this.tokens.add({ ...token, workspace: this.within.scope.workspace }, lifetimeSeconds);
  }

  addUnder(asked: AskedUnder, token: NewTokenRow, lifetimeSeconds: number): Promise<MadeUnder<Token>> {
    const own = { ...asked, key: this.within.keyScope(asked.key) };
    return this.tokens.addUnder(own, { ...token, workspace: this.within.scope.workspace }, lifetimeSeconds);
  }

  under(key: string): Promise<MadeUnder<Token> | null> {
    return this.tokens.under(this.within.keyScope(key));
  }

  async valid(hash: string): Promise<Token | null> {
    const token = await this.tokens.valid(hash);
    return token?.workspace === this.within.scope.workspace ? token : null;
  }

  redeem(): Promise<Token | null> {
    return Promise.reject(new IonloopError('FORBIDDEN', 'a link is redeemed before anybody is signed in'));
  }

  all(): Promise<readonly Token[]> {
    return this.tokens.all(this.within.scope.workspace);
  }

  async revoke(id: string): Promise<void> {
    if (!(await this.all()).some((token) => token.id === id)) throw notFound('token', id);
    await this.tokens.revoke(id);
  }
}

export class ScopedScreens implements ScreenStore {
  constructor(
    private readonly screens: ScreenStore,
    private readonly within: Within,
  ) {}

  async add(screen: NewScreen, asked?: AskedUnder): Promise<Screen> {
    if (!(await this.within.has(screen.campaignId))) throw notFound('campaign', screen.campaignId);
    return this.screens.add(screen, asked);
  }

  async under(key: string): Promise<MadeUnder<Screen> | null> {
    const found = await this.screens.under(key);
    return found && (await this.within.has(found.made.campaignId)) ? found : null;
  }

  async byId(id: string): Promise<Screen | null> {
    return this.within.orNull(await this.screens.byId(id));
  }

  async byIds(ids: readonly string[]): Promise<readonly Screen[]> {
    return this.within.those(await this.screens.byIds(ids));
  }

  async pages(ids: readonly string[], order: Ordered<'created'>, page: PageAsked): PagesOf<Screen> {
    return this.screens.pages([...(await this.within.campaigns(ids))], order, page);
  }

  async counts(ids: readonly string[]): CountsOf {
    return this.screens.counts([...(await this.within.campaigns(ids))]);
  }

  async unfinished(): Promise<readonly Screen[]> {
    return this.within.those(await this.screens.unfinished());
  }

  begin(id: string, plan: Json, size: ScreenSize): Promise<boolean> {
    return this.own(id, () => this.screens.begin(id, plan, size));
  }

  plan(id: string): Promise<Json | null> {
    return this.own(id, () => this.screens.plan(id));
  }

  result(id: string): Promise<Json | null> {
    return this.own(id, () => this.screens.result(id));
  }

  addChunk(id: string, chunk: number, result: ChunkResult, candidates: number): Promise<void> {
    return this.own(id, () => this.screens.addChunk(id, chunk, result, candidates));
  }

  missingChunks(id: string): Promise<readonly number[]> {
    return this.own(id, () => this.screens.missingChunks(id));
  }

  async doneOf(ids: readonly string[]): Promise<ReadonlyMap<string, ChunksDone>> {
    return this.screens.doneOf((await this.byIds(ids)).map(({ id }) => id));
  }

  done(id: string): Promise<ChunksDone> {
    return this.own(id, () => this.screens.done(id));
  }

  chunks(id: string, from: number, most: number): Promise<readonly ChunkResult[]> {
    return this.own(id, () => this.screens.chunks(id, from, most));
  }

  end(
    id: string,
    status: 'completed' | 'cancelled' | 'failed',
    what: { readonly result?: Json; readonly error?: string },
  ): Promise<boolean> {
    return this.own(id, () => this.screens.end(id, status, what));
  }

  private async own<T>(id: string, work: () => Promise<T>): Promise<T> {
    if ((await this.byId(id)) === null) throw notFound('screen', id);
    return work();
  }
}

export class ScopedArtifacts implements ArtifactIndex {
  constructor(
    private readonly artifacts: ArtifactIndex,
    private readonly within: Within,
  ) {}

  find(sha256s: readonly string[]): Promise<readonly Artifact[]> {
    return this.artifacts.find(sha256s, this.within.scope.workspace);
  }

  add(artifact: NewArtifact): Promise<Artifact> {
    return this.artifacts.add({ ...artifact, workspace: this.within.scope.workspace });
  }
}

export class ScopedRequestsInFlight implements RequestsInFlight {
  constructor(
    private readonly inFlight: RequestsInFlight,
    private readonly within: Within,
  ) {}

  hold(request: KeyedRequest, holder: string, seconds: number): Promise<Held> {
    return this.inFlight.hold(this.named(request), holder, seconds);
  }

  release(request: KeyedRequest, holder: string): Promise<void> {
    return this.inFlight.release(this.named(request), holder);
  }

  private named(request: KeyedRequest): KeyedRequest {
    return { ...request, scope: this.within.keyScope(request.scope) };
  }
}

export class ScopedWorkspaces implements WorkspaceStore {
  constructor(
    private readonly workspaces: WorkspaceStore,
    private readonly within: Within,
  ) {}

  add(): Promise<Workspace> {
    return Promise.reject(new IonloopError('FORBIDDEN', 'workspaces are made outside of any of them'));
  }

  byId(id: string): Promise<Workspace | null> {
    return id === this.within.scope.workspace ? this.workspaces.byId(id) : Promise.resolve(null);
  }

  async all(): Promise<readonly Workspace[]> {
    const own = await this.workspaces.byId(this.within.scope.workspace);
    return own ? [own] : [];
  }

  async ofCampaign(campaignId: string): Promise<string | null> {
    return (await this.within.has(campaignId)) ? this.within.scope.workspace : null;
  }

  async campaignOfModel(modelId: string): Promise<string | null> {
    const campaignId = await this.workspaces.campaignOfModel(modelId);
    return campaignId !== null && (await this.within.has(campaignId)) ? campaignId : null;
  }
}

export class ScopedAccessLog implements AccessLog {
  constructor(
    private readonly log: AccessLog,
    private readonly within: Within,
  ) {}

  add(change: Omit<AccessChange, 'at'>): Promise<void> {
    return this.log.add({ ...change, workspace: this.within.scope.workspace });
  }

  page(_workspace: string, first: number, before?: string): Promise<readonly AccessChange[]> {
    return this.log.page(this.within.scope.workspace, first, before);
  }
}
