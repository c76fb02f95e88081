import { fileDisk, realClock, type Clock, type Disk, type LabClientOptions } from '@ionloop/lab-client';
import { FaultPlan, type FaultRule } from './faults/plan.js';
import { tearOverHttp, type Tear } from './faults/torn.js';
import { Bench } from './floor/bench.js';
import { Bustle } from './floor/bustle.js';
import { letTimePass, scaledClock, VirtualClock } from './floor/clock.js';
import { Furnace } from './floor/furnace.js';
import { Supply } from './floor/supply.js';
import { noJournal, openJournal, type Journal } from './journal.js';
import { stageNames, type LabDescription, type StationDescription } from './lab/description.js';
import { standardLab } from './lab/standard.js';
import { SimulatedStation } from './station.js';
import type { Equipment } from './work.js';
import { faultKinds } from './faults/kinds.js';

export interface SimulatedLab {
  readonly url: string;
  /** Each station's token, by its name. */
  readonly stations: ReadonlyMap<string, string>;
  /** What it is like; the standard lab unless told. */
  readonly lab?: LabDescription;
  /** How many times faster than life; with `virtual` the lab's clock jumps to whatever is due next. */
  readonly speed: number;
  readonly virtual?: boolean;
  readonly seed: string;
  /** Of any sample, in the standard lab. */
  readonly failRate: number;
  /** A folder for each station's results and unfinished work. */
  readonly spool: string;
  /** Where what really happened is written down, for whoever compares it with the record. */
  readonly journal?: string;
  /** Beside those of the lab's description. */
  readonly faults?: readonly FaultRule[];
  /** How long an outage lasts that a fault brings, in seconds of ours. */
  readonly outageSeconds?: number;
  readonly signal: AbortSignal;
  readonly log?: (line: string) => void;
  readonly backoff?: LabClientOptions['backoff'];
  /** What a simulation puts in the place of ours: then all time is the lab's, and `atRest` says when it may pass. */
  readonly world?: World;
}

export interface World {
  readonly clock: VirtualClock;
  readonly atRest: () => Promise<void>;
  readonly fetch: typeof fetch;
  readonly disk: Disk;
  readonly journal: Journal;
  /** How long a claim waits for work. */
  readonly waitSeconds: number;
}

/** With the lab's clock jumping, how long an idle station's server has to give it work, each time there is news. */
const settleMs = 150;
const restartMs = 500;

/**
 * Runs the stations until the signal ends them. One that the server refuses does not take the others with it: its
 * refusal is logged, and thrown when all have ended.
 */
export async function simulateLab(options: SimulatedLab): Promise<void> {
  const lab = options.lab ?? standardLab([...options.stations.keys()], options.failRate);
  const stations = lab.stations.filter(({ name }) => options.stations.has(name));
  const journal = options.world?.journal ?? (await journalOf(options));
  const time = timeOf(options, stations);
  const over = new AbortController();
  const passing = time.virtual && letTimePass(time.virtual, time.atRest, over.signal);
  const plan = new FaultPlan(options.seed, [...rulesOf(lab), ...(options.faults ?? [])]);
  const endings = await Promise.allSettled(
    equip(lab, stations, time.lab).map((equipment) =>
      liveWith(options, { lab, equipment, plan, journal, time }),
    ),
  );
  over.abort();
  await passing;
  await journal.close();
  const refused = endings.find((ending) => ending.status === 'rejected');
  if (refused) throw refused.reason;
}

const journalOf = ({ journal }: SimulatedLab): Promise<Journal> =>
  journal === undefined ? Promise.resolve(noJournal) : openJournal(journal);

interface Time {
  readonly lab: Clock;
  readonly station: Clock;
  readonly opened: number;
  readonly virtual: VirtualClock | null;
  readonly atRest: () => Promise<void>;
  readonly bustle: Bustle | null;
}

function timeOf({ world, virtual, speed }: SimulatedLab, stations: readonly StationDescription[]): Time {
  if (world) {
    const { clock, atRest } = world;
    return { lab: clock, station: clock, opened: clock.now(), virtual: clock, atRest, bustle: null };
  }
  if (virtual) {
    const clock = new VirtualClock();
    const bustle = new Bustle(new Map(stations.map(({ name, hands }) => [name, hands])), settleMs);
    const { atRest } = bustle;
    return { lab: clock, station: realClock, opened: 0, virtual: clock, atRest, bustle };
  }
  const lab = scaledClock(speed);
  const atRest = (): Promise<void> => Promise.resolve();
  return { lab, station: realClock, opened: lab.now(), virtual: null, atRest, bustle: null };
}

interface Shop {
  readonly lab: LabDescription;
  readonly equipment: Equipment;
  readonly plan: FaultPlan;
  readonly journal: Journal;
  readonly time: Time;
}

async function liveWith(options: SimulatedLab, { lab, equipment, plan, journal, time }: Shop): Promise<void> {
  const { url, seed, spool, signal, world, outageSeconds = 5 } = options;
  const { name } = equipment.station;
  const log = (line: string): void => options.log?.(`${name}: ${line}`);
  const tear: Tear = world ? () => Promise.resolve() : tearOverHttp;
  const station = new SimulatedStation({
    url,
    token: options.stations.get(name) ?? '',
    seed,
    lab,
    equipment,
    plan,
    journal,
    labClock: time.lab,
    opened: time.opened,
    clock: time.station,
    fetch: world?.fetch ?? fetch,
    tear,
    disk: world?.disk ?? fileDisk,
    spool,
    bustle: time.bustle,
    outageMs: outageSeconds * 1000,
    // A world of its own has no room for files.
    spectra: world === undefined,
    restartMs,
    waitSeconds: world?.waitSeconds ?? 20,
    signal,
    log,
    backoff: { firstMs: 100, longestMs: 2000, ...options.backoff },
  });
  try {
    await station.live();
  } catch (error) {
    log(`ended: ${String(error)}`);
    throw error;
  }
}

function equip(
  lab: LabDescription,
  stations: readonly StationDescription[],
  clock: Clock,
): readonly Equipment[] {
  const furnaces = new Map(lab.furnaces.map((each) => [each.name, new Furnace(each, clock)]));
  return stations.map((station) => ({
    station,
    benches: new Map(stageNames.map((stage) => [stage, new Bench()])),
    furnace: station.furnace === undefined ? null : (furnaces.get(station.furnace) ?? null),
    supplies: lab.consumables
      .filter((each) => each.station === station.name)
      .map((each) => new Supply(each, clock)),
  }));
}

const rulesOf = ({ faults }: LabDescription): readonly FaultRule[] =>
  faultKinds.flatMap((kind) => (faults[kind] === undefined ? [] : [{ kind, rate: faults[kind] }]));
