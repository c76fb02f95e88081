import type { Actor, Json, JsonObject } from '@ionloop/domain';
import {
  cancelExperiment,
  createCampaign,
  decideResult,
  type Engine,
  InMemoryStore,
  moveCampaign,
  quietEngine,
  reconcile,
  resolveSuspect,
} from '@ionloop/engine';
import { MemoryDisk } from '@ionloop/lab-client/testing';
import { Philox } from '@ionloop/linalg';
import {
  promisesRunOut,
  scoreOf,
  simulateLab,
  VirtualClock,
  type JournalLine,
  type LabDescription,
  type Score,
  type FaultRule,
} from '../../apps/lab-sim/src/index.js';
import type { CampaignView } from '../../apps/lab-sim/src/score/campaign.js';
import { engineFetch } from './engine-fetch.js';
import { planner } from './servers.js';

const person: Actor = { kind: 'person', name: 'ada' };

export interface VirtualRun {
  readonly score: Score;
  readonly journal: readonly JournalLine[];
  readonly campaign: CampaignView;
  /** Every event of the record, with its time. */
  readonly events: readonly { readonly event: { readonly type: string } }[];
  readonly lines: readonly string[];
  /** Of the lab's clock. */
  readonly days: number;
}

export interface VirtualOptions {
  readonly lab: LabDescription;
  readonly campaign: JsonObject;
  readonly faults?: readonly FaultRule[];
  readonly outageSeconds?: number;
  /** How many days of the lab's clock at most. */
  readonly days?: number;
  readonly seed?: string;
}

/** A campaign from its first experiment to its end, in a lab whose only clock jumps, on an engine in memory. */
export async function runVirtually(options: VirtualOptions): Promise<VirtualRun> {
  const clock = new VirtualClock();
  const rng = Philox.fromSeed(`ids/${options.seed ?? ''}`);
  let ids = 0;
  const store = new InMemoryStore(() => new Date(Date.UTC(2026, 0, 1) + clock.now()));
  const engine = quietEngine(store, {
    ids: {
      next: () => `id-${String((ids += 1)).padStart(8, '0')}`,
      secret: () => `secret-${rng.uniform()}`,
    },
    lab: { heartbeatSeconds: 300, leaseSeconds: 900, suspectSeconds: 7200, attemptCap: 3 },
  });
  const { id } = await createCampaign(engine, person, options.campaign);
  await moveCampaign(engine, person, id, 'active');
  const journal: JournalLine[] = [];
  const write = (line: JournalLine): Promise<void> => Promise.resolve(void journal.push(line));
  const stop = new AbortController();
  const lines: string[] = [];
  const looking = look(engine, id, clock, stop, options.days ?? 400);
  try {
    await simulateLab({
      url: 'http://lab',
      stations: new Map(options.lab.stations.map(({ name }) => [name, `token of ${name}`])),
      lab: options.lab,
      speed: 1,
      seed: options.seed ?? 'virtual',
      failRate: 0,
      spool: '/spool',
      faults: options.faults ?? [],
      outageSeconds: options.outageSeconds ?? 60,
      signal: stop.signal,
      log: (line) => lines.push(line),
      backoff: { firstMs: 1000, longestMs: 60_000, random: () => 0.5 },
      world: {
        clock,
        atRest: promisesRunOut,
        fetch: engineFetch(engine, clock),
        disk: new MemoryDisk(),
        waitSeconds: 25,
        journal: { write, close: () => Promise.resolve() },
      },
    });
    await looking;
    const campaign = await viewOf(engine, id);
    const events = await engine.store.read.events(id, 0, 1_000_000);
    const score = scoreOf(journal, campaign);
    return { score, journal, campaign, events, lines, days: clock.now() / 86_400_000 };
  } finally {
    stop.abort();
  }
}

const everyMs = 600_000;

/** The loop looks every ten minutes of the lab, and a person decides each hour about what waits for one. */
async function look(
  engine: Engine,
  id: string,
  clock: VirtualClock,
  stop: AbortController,
  days: number,
): Promise<void> {
  for (let turn = 0; ; turn++) {
    await reconcile(engine, planner, id);
    const state = (await engine.store.read.campaign(id))?.state;
    if (state === 'completed' || clock.now() > days * 86_400_000) break;
    if (turn % 6 === 0) await decide(engine, id);
    await new Promise<void>((resolve) => clock.after(everyMs, resolve));
  }
  stop.abort(new Error('the campaign is over'));
}

/** A person who has what is in doubt made again, and gives up what breaks the instruments. */
async function decide(engine: Engine, campaignId: string): Promise<void> {
  const { read } = engine.store;
  const experiments = await read.experiments(campaignId);
  for (const { id, state } of await read.attempts(experiments.map((each) => each.id))) {
    if (state === 'suspect') await resolveSuspect(engine, person, id, 'requeue', 'nothing moves any more');
    if (state === 'flagged' || state === 'late') {
      await decideResult(engine, person, id, 'discard', 'better made again');
    }
  }
  for (const { id } of await read.experiments(campaignId, { states: ['quarantined'] })) {
    await cancelExperiment(engine, person, id, 'it breaks the instruments');
  }
}

async function viewOf(engine: Engine, id: string): Promise<CampaignView> {
  const { read } = engine.store;
  const campaign = await read.campaign(id);
  if (!campaign) throw new Error('the campaign is gone');
  const [objective] = campaign.objectives;
  const experiments = await read.experiments(id);
  const attempts = await read.attempts(experiments.map((each) => each.id));
  const measurements = await read.measurements(id);
  return {
    id,
    name: campaign.name,
    state: campaign.state,
    space: campaign.space as unknown as Json,
    objective: { ...objective, temperatureC: objective.temperatureC ?? null },
    experiments: experiments.map((experiment) => ({
      number: experiment.number,
      state: experiment.state,
      point: experiment.point,
      attempts: attempts.filter(({ experimentId }) => experimentId === experiment.id),
      measurements: measurements.filter(({ experimentId }) => experimentId === experiment.id),
    })),
  };
}
