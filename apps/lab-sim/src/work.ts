import { sleep, type Assignment, type Clock, type Result, type RunContext } from '@ionloop/lab-client';
import { drawsOf } from './draws.js';
import type { FaultKind } from './faults/kinds.js';
import type { Life } from './faults/life.js';
import { Bench } from './floor/bench.js';
import type { Furnace, Firing } from './floor/furnace.js';
import type { Supply } from './floor/supply.js';
import { stageNames, type LabDescription, type Stage, type StationDescription } from './lab/description.js';
import { mistaken, mistakeKinds, type MistakeKind } from './lab/mistakes.js';
import { withSpectrum } from './spectrum.js';
import { isOutlier, measure, misfortune, pelletOf, type Instrument } from './sample.js';

/** The devices of one station; they outlive its program. */
export interface Equipment {
  readonly station: StationDescription;
  readonly benches: ReadonlyMap<Stage, Bench>;
  readonly furnace: Furnace | null;
  readonly supplies: readonly Supply[];
}

export interface WorkParts {
  readonly lab: LabDescription;
  readonly seed: string;
  /** Of the lab. */
  readonly clock: Clock;
  /** When it was opened. */
  readonly opened: number;
  readonly equipment: Equipment;
  readonly life: Life;
  /** Whether a conductivity comes with the spectrum that it was read from. */
  readonly spectra: boolean;
  readonly faults: ReadonlySet<FaultKind>;
  /** Takes its course when the sample is under way. */
  readonly begin: (fault: FaultKind) => Promise<void>;
  /** Whether the sample waits for the lab's clock. */
  readonly waiting: (waits: boolean) => void;
}

/** What came out of the station, and what it would have been without its mistake. */
export interface Outcome {
  readonly result: Result;
  readonly right: Result;
  readonly mistake: MistakeKind | null;
  readonly outlier: boolean;
  readonly firing: Firing | null;
}

const hourMs = 3_600_000;

/** One sample, through the stages that the station has. */
export class Work {
  readonly #whole: number;
  readonly #troubledAt: Stage;
  #done = 0;
  #firing: Firing | null = null;

  constructor(
    private readonly assignment: Assignment,
    private readonly context: RunContext,
    private readonly parts: WorkParts,
  ) {
    const { seconds } = parts.equipment.station;
    this.#whole = Object.values(seconds).reduce((sum, each) => sum + each, 0);
    const stages = this.#stages();
    const draw = drawsOf(parts.seed, assignment).split('where trouble comes').uniform();
    this.#troubledAt = stages[Math.floor(draw * stages.length)] ?? 'measure';
  }

  async carryOut(): Promise<Outcome> {
    const { lab, seed } = this.parts;
    const { anywhere: failRate, region } = lab.failures;
    const trouble = misfortune(this.assignment, { seed, failRate, region });
    if (trouble?.outcome === 'infeasible') return this.#plain(trouble);
    for (const stage of this.#stages()) {
      await this.context.resumed();
      if (stage === this.#troubledAt) {
        const dropped = await this.#meetTrouble();
        if (dropped) return this.#plain(dropped);
      }
      await this.#go(stage);
      if (stage === 'sinter' && trouble) return this.#plain(trouble);
      if (stage === 'press') this.context.append({ pellet: { ...pelletOf(this.assignment, seed) } });
      if (stage === 'sinter') this.context.append({ sintered: this.#firing ? { ...this.#firing } : true });
    }
    return this.#read();
  }

  #stages(): readonly Stage[] {
    const { seconds, furnace } = this.parts.equipment.station;
    return stageNames.filter(
      (stage) => seconds[stage] !== undefined || (stage === 'sinter' && furnace !== undefined),
    );
  }

  async #go(stage: Stage): Promise<void> {
    const { equipment, clock } = this.parts;
    const { signal } = this.context;
    for (const supply of equipment.supplies) if (supply.stage === stage) await this.#rest(supply.take());
    const seconds = equipment.station.seconds[stage] ?? 0;
    if (stage === 'sinter' && equipment.furnace) {
      this.context.report(stage, this.#done / this.#whole);
      this.#firing = await this.#rest(equipment.furnace.bake(this.#temperatureC(), signal));
    } else {
      const bench = equipment.benches.get(stage) ?? new Bench();
      await this.#rest(
        bench.use(async () => {
          signal.throwIfAborted();
          for (let quarter = 0; quarter < 4; quarter++) {
            this.context.report(stage, (this.#done + (quarter * seconds) / 4) / this.#whole);
            await sleep(seconds * 250, clock, signal);
          }
        }),
      );
    }
    this.#done += seconds;
  }

  async #rest<T>(wait: Promise<T>): Promise<T> {
    this.parts.waiting(true);
    try {
      return await wait;
    } finally {
      this.parts.waiting(false);
    }
  }

  /** Of the furnace: what the point asks for, where it does. */
  #temperatureC(): number {
    const { station } = this.parts.equipment;
    const furnace = this.parts.lab.furnaces.find(({ name }) => name === station.furnace);
    const asked =
      furnace?.parameter === undefined ? undefined : this.assignment.spec.point[furnace.parameter];
    return typeof asked === 'number' ? asked : (furnace?.temperatureC ?? 0);
  }

  /** What is planned for this attempt, at a stage that is its own. */
  async #meetTrouble(): Promise<Result | null> {
    const { faults, begin, life, equipment } = this.parts;
    for (const outage of ['partition', 'token-expired', 'disk-full', 'clock-jump', 'two-boots'] as const) {
      if (faults.has(outage)) await begin(outage);
    }
    if (faults.has('frozen-station')) await begin('frozen-station');
    if (faults.has('consumable-empty')) {
      await begin('consumable-empty');
      for (const supply of equipment.supplies) supply.empty();
      if (equipment.supplies.length === 0) throw new Error('the argon is empty');
    }
    for (const death of ['crash-after-start', 'station-gone'] as const) {
      if (!faults.has(death)) continue;
      await begin(death);
      throw life.kill();
    }
    for (const breakdown of ['poison', 'instrument-fault'] as const) {
      if (!faults.has(breakdown)) continue;
      await begin(breakdown);
      throw new Error(breakdown === 'poison' ? 'the sample broke the press' : 'the press is stuck');
    }
    if (!faults.has('sample-dropped')) return null;
    await begin('sample-dropped');
    return { outcome: 'failed_sample', note: 'the pellet was dropped', measurements: [] };
  }

  #read(): Outcome {
    const { seed, lab } = this.parts;
    const instrument = this.#instrument();
    const measured = measure(this.assignment, seed, instrument);
    const right = this.parts.spectra ? withSpectrum(measured, this.assignment, seed) : measured;
    const outlier = isOutlier(this.assignment, seed, instrument);
    const draws = drawsOf(seed, this.assignment);
    for (const kind of mistakeKinds) {
      if (!(draws.split(`mistake/${kind}`).uniform() < (lab.mistakes[kind] ?? 0))) continue;
      const result = mistaken(kind, right, this.assignment.spec.temperatureC ?? 25);
      if (result) return { result, right, mistake: kind, outlier, firing: this.#firing };
    }
    return { result: right, right, mistake: null, outlier, firing: this.#firing };
  }

  #instrument(): Instrument {
    const { lab, clock, opened, equipment } = this.parts;
    const { scatter, offset, driftPerDay } = equipment.station;
    const days = (clock.now() - opened) / (24 * hourMs);
    return { scatter, bias: offset + driftPerDay * days, outliers: lab.outliers };
  }

  #plain(result: Result): Outcome {
    return { result, right: result, mistake: null, outlier: false, firing: this.#firing };
  }
}

export const hoursSince = (clock: Clock, opened: number): number =>
  Math.round(((clock.now() - opened) / hourMs) * 1e4) / 1e4;
