import { type Actor, IonloopError, notFound } from '@ionloop/domain';
import type { CampaignTransaction, LookAhead, RecordStore } from '../ports.js';
import { ScopedAnalyses } from './scoped-analyses.js';
import { ScopedImports } from './scoped-imports.js';
import { type Scope, Within } from './scope.js';
import {
  ScopedAccessLog,
  ScopedArtifacts,
  ScopedRequestsInFlight,
  ScopedScreens,
  ScopedStations,
  ScopedTokens,
  ScopedWorkspaces,
} from './scoped-parts.js';
import { ScopedReader } from './scoped-reader.js';

type Work<T> = (tx: CampaignTransaction) => Promise<T>;

/**
 * The record as seen from within a scope: what lies outside is not there, for reads and for writes, and no use case has
 * to think of it. This is the one place that keeps workspaces apart.
 */
export class ScopedStore implements RecordStore {
  readonly read: ScopedReader;
  readonly stations: ScopedStations;
  readonly tokens: ScopedTokens;
  readonly screens: ScopedScreens;
  readonly analyses: ScopedAnalyses;
  readonly imports: ScopedImports;
  readonly artifacts: ScopedArtifacts;
  readonly inFlight: ScopedRequestsInFlight;
  readonly workspaces: ScopedWorkspaces;
  readonly accessLog: ScopedAccessLog;
  private readonly within: Within;

  constructor(
    private readonly store: RecordStore,
    private readonly scope: Scope,
  ) {
    const within = new Within(store, scope);
    this.within = within;
    this.read = new ScopedReader(store, within);
    this.stations = new ScopedStations(store.stations, within);
    this.tokens = new ScopedTokens(store.tokens, within);
    this.analyses = new ScopedAnalyses(store.analyses, within);
    this.imports = new ScopedImports(store.imports, within);
    this.screens = new ScopedScreens(store.screens, within);
    this.artifacts = new ScopedArtifacts(store.artifacts, within);
    this.inFlight = new ScopedRequestsInFlight(store.inFlight, within);
    this.workspaces = new ScopedWorkspaces(store.workspaces, within);
    this.accessLog = new ScopedAccessLog(store.accessLog, within);
  }

  create<T>(campaignId: string, actor: Actor, work: Work<T>): Promise<T> {
    if (this.scope.campaign !== null) return Promise.reject(this.bound());
    return this.store.create(campaignId, actor, this.keyed(work), this.scope.workspace);
  }

  /** Whether an id is taken in another workspace must not show here: it is for who sees all of the record. */
  restore<T>(): Promise<T> {
    const message =
      'a campaign is brought back under its own id by whoever runs the instance: `ionloop import`';
    return Promise.reject(new IonloopError('FORBIDDEN', message));
  }

  async transact<T>(campaignId: string, actor: Actor, work: Work<T>, ahead: LookAhead = {}): Promise<T> {
    if (!(await this.within.has(campaignId))) throw notFound('campaign', campaignId);
    const answers = ahead.answers?.map(({ scope, key }) => ({ scope: this.within.keyScope(scope), key }));
    return this.store.transact(campaignId, actor, this.keyed(work), {
      ...ahead,
      ...(answers && { answers }),
    });
  }

  private bound(): IonloopError {
    const message = `this token is bound to campaign ${this.scope.campaign ?? ''}; it makes no others`;
    return new IonloopError('FORBIDDEN', message);
  }

  /** The same transaction, which keeps answers under the workspace's own keys. */
  private keyed<T>(work: Work<T>): Work<T> {
    const { within } = this;
    return (tx) => {
      const recall: CampaignTransaction['recall'] = (scope, key) => tx.recall(within.keyScope(scope), key);
      const remember: CampaignTransaction['remember'] = (scope, key, answer) =>
        tx.remember(within.keyScope(scope), key, answer);
      const own: Readonly<Record<string | symbol, unknown>> = { recall, remember };
      return work(
        new Proxy(tx, {
          get: (target, name) => {
            if (Object.hasOwn(own, name)) return own[name];
            const value: unknown = Reflect.get(target, name, target);
            return typeof value === 'function' ? (value.bind(target) as unknown) : value;
          },
        }),
      );
    };
  }
}
