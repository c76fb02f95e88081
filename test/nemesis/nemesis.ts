import { setTimeout as sleep } from 'node:timers/promises';
import { decideResult, requeueExperiment, resolveSuspect } from '@ionloop/engine';
import { Philox } from '@ionloop/linalg';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { faultsOf } from '../lab/invariants.js';
import { readRecord, type RecordOnDisk } from '../lab/record.js';
import { Replayed } from '../lab/replayed.js';
import { Installation } from './installation.js';
import { readJournal, testimonyAgainst } from './journal.js';
import { between, deck, type Kind, type Role } from './plan.js';

export interface NemesisOptions {
  readonly folder: string;
  readonly seconds: number;
  readonly seed: string;
  /** Experiments of one campaign; as many campaigns are opened as the time takes. */
  readonly budget: number;
  readonly everySeconds: readonly [number, number];
  readonly log?: (line: string) => void;
}

export interface Struck {
  readonly kind: Kind;
  /** Since the beginning. */
  readonly atSeconds: number;
  /** Until the next event in any campaign's log. */
  readonly recoverySeconds: number;
}

export interface Outcome {
  readonly seed: string;
  readonly seconds: number;
  readonly faults: readonly Struck[];
  readonly violations: readonly string[];
  readonly campaigns: number;
  readonly experiments: number;
  readonly results: number;
  readonly acknowledged: number;
  readonly starts: number;
  readonly personsActs: number;
  readonly ownEnds: readonly string[];
  /** From the end of the faults until every campaign was completed. */
  readonly settledSeconds: number;
}

const wall = (): number => performance.timeOrigin + performance.now();
const person = { kind: 'person', name: 'nemesis' } as const;

export async function nemesis(options: NemesisOptions): Promise<Outcome> {
  const { seconds, seed, budget, log = () => undefined } = options;
  const it = await Installation.open(options.folder, seed);
  const nemesis = new Nemesis(it, options, log);
  try {
    const first = [await it.openCampaign(budget, seed), await it.openCampaign(budget, seed)];
    await nemesis.firstResults(first);
    log(`the first results are in; ${seconds} s of faults begin`);
    await nemesis.strikeFor();
    log('the faults end');
    return await nemesis.settleAndJudge();
  } finally {
    await it.close();
  }
}

class Nemesis {
  private readonly draw: Philox;
  private readonly struck: { readonly kind: Kind; readonly at: number }[] = [];
  private readonly healing = new Set<Promise<void>>();
  private readonly redis: Redis;
  private began = 0;
  private over = false;

  constructor(
    private readonly it: Installation,
    private readonly options: NemesisOptions,
    private readonly log: (line: string) => void,
  ) {
    this.draw = Philox.fromSeed(options.seed);
    this.redis = new Redis(it.redisUrl, { maxRetriesPerRequest: null, retryStrategy: () => 200 });
    this.redis.on('error', () => undefined);
  }

  async firstResults(campaigns: readonly string[]): Promise<void> {
    for (;;) {
      const seqs = await Promise.all(campaigns.map((id) => this.it.engine.store.read.lastSeq(id)));
      const accepted = await this.it.engine.store.read.countExperiments(campaigns[0] ?? '', ['accepted']);
      if (accepted > 0 && seqs.every((seq) => seq > 2)) return;
      await sleep(200);
    }
  }

  async strikeFor(): Promise<void> {
    const { seconds, everySeconds } = this.options;
    this.began = wall();
    const feeding = this.keepFed();
    for (const kind of deck(this.draw)) {
      if (wall() - this.began > seconds * 1000) break;
      // So that a seed draws the same, whatever the machine does meanwhile.
      const pause = between(this.draw, ...everySeconds);
      const lasting = between(this.draw, 1, 5);
      await this.strike(kind, lasting * 1000);
      await sleep(pause * 1000);
    }
    this.over = true;
    await Promise.all(this.healing);
    this.it.network.mend();
    for (const victim of this.it.victims.values()) if (!victim.up) victim.resume();
    await feeding;
  }

  private async strike(kind: Kind, ms: number): Promise<void> {
    const { network } = this.it;
    const [verb = '', role = ''] = kind.split(' ');
    const victim = this.it.victims.get(role as Role);
    if ((verb === 'kill' || verb === 'stop') && victim) {
      for (let tries = 0; !victim.up && tries < 100; tries += 1) await sleep(50);
    }
    this.struck.push({ kind, at: wall() });
    this.log(`${((wall() - this.began) / 1000).toFixed(1)} s: ${kind}`);
    if (verb === 'kill') await victim?.kill();
    else if (verb === 'stop') {
      victim?.stop();
      this.heal(ms, () => victim?.resume());
    } else if (kind === 'cut the network') {
      network.cut();
      this.heal(ms, () => network.mend());
    } else if (kind === 'slow the network') {
      network.slow(300);
      this.heal(ms, () => network.mend());
    } else if (kind === 'half-open connections') network.halfOpen();
    else void this.redis.flushall().catch(() => undefined);
  }

  private heal(ms: number, mend: () => void): void {
    const healed = sleep(ms).then(() => {
      mend();
      this.healing.delete(healed);
    });
    this.healing.add(healed);
  }

  /** There is always work: another campaign before the open ones run out. */
  private async keepFed(): Promise<void> {
    const { budget, seed } = this.options;
    while (!this.over) {
      try {
        const active = await this.it.engine.store.read.campaigns({ states: ['active'] });
        const left = active.reduce((sum, one) => sum + one.budget - one.experiments, 0);
        if (left < budget) await this.it.openCampaign(budget, seed);
      } catch {
        // The database is away; it is asked again.
      }
      await sleep(1000);
    }
  }

  async settleAndJudge(): Promise<Outcome> {
    const { seconds, seed } = this.options;
    const endOfFaults = wall();
    let personsActs = 0;
    for (;;) {
      const active = await this.it.engine.store.read.campaigns({ states: ['active'] }).catch(() => null);
      if (active?.length === 0) break;
      const waited = (wall() - endOfFaults) / 1000;
      if (waited > 240)
        return await this.judge(personsActs, waited, [`I9 ${active?.length} campaigns did not complete`]);
      for (const { id } of active ?? []) personsActs += await this.decideInside(id).catch(() => 0);
      await sleep(500);
    }
    const settled = (wall() - endOfFaults) / 1000;
    this.log(`every campaign is completed after ${settled.toFixed(1)} s; ${seed}, ${seconds} s`);
    return this.judge(personsActs, settled, []);
  }

  /** What only a person may decide: what stays flagged, quarantined or suspect. */
  private async decideInside(campaignId: string): Promise<number> {
    const { engine } = this.it;
    const open = await engine.store.read.experiments(campaignId, {
      states: ['measured', 'quarantined', 'running'],
    });
    const attempts = await engine.store.read.attempts(open.map(({ id }) => id));
    let acts = 0;
    for (const { id, state } of attempts) {
      if (state === 'flagged') await decideResult(engine, person, id, 'accept', 'seen');
      else if (state === 'suspect')
        await resolveSuspect(engine, person, id, 'requeue', 'nothing moves any more');
      else continue;
      acts += 1;
    }
    for (const { id, state } of open) {
      if (state !== 'quarantined') continue;
      await requeueExperiment(engine, person, id, 'once more');
      acts += 1;
    }
    return acts;
  }

  private async judge(
    personsActs: number,
    settledSeconds: number,
    more: readonly string[],
  ): Promise<Outcome> {
    this.redis.disconnect();
    // The hands stand still while the books are read.
    await this.it.victims.get('lab')?.end();
    const client = new Client({ connectionString: this.it.postgres.url });
    await client.connect();
    try {
      const { rows } = await client.query<{ id: string }>('SELECT id FROM campaign ORDER BY created_at');
      const disks: RecordOnDisk[] = [];
      const violations = [...more];
      let starts = 0;
      for (const { id } of rows) {
        const disk = await readRecord(client, id, 0);
        const log = new Replayed();
        log.follow(disk.events);
        violations.push(...faultsOf(disk, log).map((fault) => `campaign ${id}: ${fault}`));
        starts += disk.events.filter(({ event }) => event.type === 'attempt.started').length;
        disks.push(disk);
      }
      const journal = readJournal(this.it.journal);
      violations.push(...testimonyAgainst(journal, disks));
      return {
        seed: this.options.seed,
        seconds: this.options.seconds,
        faults: await this.recoveries(client),
        violations,
        campaigns: disks.length,
        experiments: disks.reduce((sum, { experiments }) => sum + experiments.length, 0),
        results: disks.reduce((sum, { measurements }) => sum + measurements.length, 0),
        acknowledged: new Set(journal.filter(({ event }) => event === 'acknowledged').map(({ key }) => key))
          .size,
        starts,
        personsActs,
        ownEnds: this.it.ownEnds,
        settledSeconds,
      };
    } finally {
      await client.end();
    }
  }

  /** By the times that stand in the logs. */
  private async recoveries(client: Client): Promise<readonly Struck[]> {
    const { rows } = await client.query<{ at: number }>(
      'SELECT DISTINCT extract(epoch FROM at)::float8 * 1000 AS at FROM event ORDER BY at',
    );
    return this.struck.map(({ kind, at }) => {
      const next = rows.find((row) => row.at > at)?.at ?? Infinity;
      return { kind, atSeconds: (at - this.began) / 1000, recoverySeconds: (next - at) / 1000 };
    });
  }
}
