import { IonloopError, type Actor, type ErrorCode } from '@ionloop/domain';
import { createCampaign, type Engine, moveCampaign } from '@ionloop/engine';
import { ternary, ternarySpace } from '@ionloop/engine/testing';
import { madeOnce } from './made-once.js';
import { faultsOf } from './invariants.js';
import { type Fault, InjectedFault } from './faulty-store.js';
import { type RecordOnDisk, readRecord } from './record.js';
import { Replayed } from './replayed.js';
import { type LabDatabase, planner, type Server, startServer } from './servers.js';
import type { Program } from './station.js';
import type { Mishap, Story } from './steps.js';
import type { Verbs } from './verbs.js';

export const ada: Actor = { kind: 'person', name: 'ada' };

export class Violation extends Error {}

/** How a request ended for whoever sent it. `unheard` is what the server said and nobody heard. */
export type Heard<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string }
  | { readonly kind: 'silence'; readonly unheard: T | null };

/** A campaign, its stations and the servers between them, and all that was promised so far. */
export class World {
  readonly programs: Program[] = [];
  readonly log = new Replayed();
  disk!: RecordOnDisk;
  /** Two requests are on their way at once: the disk as it was read says less. */
  racing = false;
  private drawn = 0;

  private constructor(
    readonly database: LabDatabase,
    readonly servers: Server[],
    readonly verbs: Verbs,
    readonly campaignId: string,
    /** Names of stations are the lab's, so each story has its own. */
    readonly name: string,
  ) {}

  static async open(
    database: LabDatabase,
    servers: Server[],
    verbs: Verbs,
    { approval }: Story,
    name: string,
  ): Promise<World> {
    const [server] = servers;
    if (!server) throw new Error('a world needs a server');
    const { engine } = server;
    const { id } = await createCampaign(engine, ada, { ...small, approval, seed: name });
    await moveCampaign(engine, ada, id, 'active');
    await verbs.look(engine, planner, id);
    const world = new World(database, servers, verbs, id, name);
    await world.check();
    return world;
  }

  /** So that nothing of it is claimed by the stories that come after it. */
  async close(): Promise<void> {
    for (const { store } of this.servers) store.arm('none');
    if (this.disk.campaign.state !== 'archived')
      await moveCampaign(this.engine(0), ada, this.campaignId, 'archived');
  }

  draw(what: string): string {
    this.drawn += 1;
    return `${this.name}/${what}-${this.drawn}`;
  }

  server(index: number): Server {
    const server = this.servers[index % this.servers.length];
    if (!server) throw new Error('there is no server');
    return server;
  }

  engine(index: number): Engine {
    return this.server(index).engine;
  }

  async restart(index: number): Promise<void> {
    const at = index % this.servers.length;
    await this.servers[at]?.close();
    this.servers[at] = await startServer(this.database.url, this.verbs);
  }

  /** Sends a request through one server, with what goes wrong on its way. */
  async send<T>(index: number, mishap: Mishap, request: (engine: Engine) => Promise<T>): Promise<Heard<T>> {
    const { engine, store } = this.server(index);
    const inside: Fault = mishap === 'the answer is lost' ? 'none' : mishap;
    store.arm(inside);
    try {
      const value = await request(engine);
      return mishap === 'the answer is lost'
        ? { kind: 'silence', unheard: value }
        : { kind: 'answer', value };
    } catch (error) {
      if (error instanceof InjectedFault) return { kind: 'silence', unheard: null };
      if (!(error instanceof IonloopError)) throw error;
      return { kind: 'refused', code: error.code, message: error.message };
    } finally {
      store.arm('none');
    }
  }

  /** Reads the database anew and judges it by itself. */
  async check(): Promise<void> {
    this.disk = await readRecord(this.database.client, this.campaignId, this.log.seq);
    this.log.follow(this.disk.events);
    const faults = [
      ...faultsOf(this.disk, this.log),
      ...madeOnce(this.disk, this.log),
      ...this.brokenPromises(),
    ];
    if (faults.length > 0) throw new Violation(faults.join('\n'));
  }

  /** What the stations were told, and what their hardware did, against what the database has. */
  private brokenPromises(): readonly string[] {
    const attempts = new Map(this.disk.attempts.map((attempt) => [attempt.id, attempt]));
    const moving = new Map<string, string>();
    const faults: string[] = [];
    for (const held of new Set(this.programs.flatMap((program) => program.held))) {
      const { attemptId, experimentId, experimentNumber } = held.assignment;
      const attempt = attempts.get(attemptId);
      if (!attempt) {
        faults.push(`I1 attempt ${attemptId} was handed out and is not in the record`);
        continue;
      }
      if (held.hardware !== 'still' && attempt.started_at === null)
        faults.push(`I8 hardware moved for attempt ${attemptId}, which never started`);
      if (held.hardware === 'moving' && ['started', 'suspect'].includes(attempt.state)) {
        const other = moving.get(experimentId);
        if (other !== undefined && other !== attemptId)
          faults.push(`I8 experiment ${experimentNumber} is being made twice at once`);
        moving.set(experimentId, attemptId);
      }
      if (held.answered && held.given) {
        const kept = this.disk.measurements.filter(({ attempt_id }) => attempt_id === attemptId);
        const sent = held.result?.measurements.map(({ value }) => value) ?? [];
        if (JSON.stringify(kept.map(({ value }) => value)) !== JSON.stringify(sent))
          faults.push(`I1 the acknowledged result of attempt ${attemptId} is not what is stored`);
      }
    }
    return faults;
  }
}

const small = {
  ...ternary,
  space: ternarySpace(0.25),
  strategy: 'gp-ucb',
  initial: 3,
  budget: 9,
  parallel: 3,
};
