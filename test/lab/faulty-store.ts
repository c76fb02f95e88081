import type { Actor } from '@ionloop/domain';
import type { CampaignTransaction, LookAhead, RecordStore, ReplayTransaction } from '@ionloop/engine';

export type Fault = 'none' | 'fails before commit' | 'commits, then times out';
export const faults = ['none', 'fails before commit', 'commits, then times out'] as const;

export class InjectedFault extends Error {}

type Work<T> = (tx: CampaignTransaction) => Promise<T>;
type Decorate = (tx: CampaignTransaction) => CampaignTransaction;

/** A real store whose next transactions fail as a real one can: before the commit, or after it. */
export class FaultyStore implements RecordStore {
  readonly read: RecordStore['read'];
  readonly stations: RecordStore['stations'];
  readonly tokens: RecordStore['tokens'];
  readonly screens: RecordStore['screens'];
  readonly analyses: RecordStore['analyses'];
  readonly imports: RecordStore['imports'];
  readonly artifacts: RecordStore['artifacts'];
  readonly inFlight: RecordStore['inFlight'];
  readonly workspaces: RecordStore['workspaces'];
  readonly accessLog: RecordStore['accessLog'];
  private armed: Fault = 'none';
  /** How many transactions were met by a fault. */
  struck = 0;

  constructor(
    private readonly real: RecordStore,
    private readonly decorate: Decorate = (tx) => tx,
  ) {
    this.read = real.read;
    this.stations = real.stations;
    this.tokens = real.tokens;
    this.screens = real.screens;
    this.analyses = real.analyses;
    this.imports = real.imports;
    this.artifacts = real.artifacts;
    this.inFlight = real.inFlight;
    this.workspaces = real.workspaces;
    this.accessLog = real.accessLog;
  }

  /** The next transaction meets it, and no other. */
  arm(fault: Fault): void {
    this.armed = fault;
  }

  create<T>(campaignId: string, actor: Actor, work: Work<T>, workspace?: string): Promise<T> {
    return this.through((faulty) => this.real.create(campaignId, actor, faulty, workspace), work);
  }

  transact<T>(campaignId: string, actor: Actor, work: Work<T>, ahead?: LookAhead): Promise<T> {
    return this.through((faulty) => this.real.transact(campaignId, actor, faulty, ahead), work);
  }

  restore<T>(campaignId: string, work: (tx: ReplayTransaction) => Promise<T>): Promise<T> {
    return this.real.restore(campaignId, work);
  }

  private async through<T>(run: (work: Work<T>) => Promise<T>, work: Work<T>): Promise<T> {
    const fault = this.armed;
    this.armed = 'none';
    if (fault !== 'none') this.struck += 1;
    const result = await run(async (tx) => {
      const done = await work(this.decorate(tx));
      if (fault === 'fails before commit') throw new InjectedFault(fault);
      return done;
    });
    if (fault === 'commits, then times out') throw new InjectedFault(fault);
    return result;
  }
}
