import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  LabClient,
  runStation,
  type Assignment,
  type LabClientOptions,
  type Result,
  type RunContext,
} from '@ionloop/lab-client';
import { answered, Journal, moved, type JournalLine } from './journal.js';
import { withSpectrum } from './spectrum.js';
import { measure, misfortune, pelletOf, truthBeside, type SampleSetup } from './sample.js';

export interface SimulatedLab extends SampleSetup {
  readonly url: string;
  /** Each station's token, by its name. */
  readonly stations: ReadonlyMap<string, string>;
  /** How many times faster than life. */
  readonly speed: number;
  /** A folder for each station's results and unfinished work. */
  readonly spool: string;
  /** Where what really happened is written down, for whoever compares it with the record. */
  readonly journal?: string;
  readonly signal: AbortSignal;
  readonly log?: (line: string) => void;
  readonly backoff?: LabClientOptions['backoff'];
}

/** What a sample goes through, in seconds of life. */
export const stages = [
  ['weigh', 6],
  ['mill', 10],
  ['sinter', 14],
  ['press', 4],
  ['measure', 6],
] as const;
const wholeRun = stages.reduce((sum, [, seconds]) => sum + seconds, 0);

const properties = ['ionic_conductivity', 'activation_energy', 'relative_density', 'value'];

/**
 * Runs the stations until the signal ends them. One that the server refuses does not take the others with it: its
 * refusal is logged, and thrown when all have ended.
 */
export async function simulateLab(lab: SimulatedLab): Promise<void> {
  const journal = await Journal.open(lab.journal ?? null);
  const endings = await Promise.allSettled(
    [...lab.stations].map((station) => simulateStation(lab, journal, ...station)),
  );
  await journal.close();
  const refused = endings.find((ending) => ending.status === 'rejected');
  if (refused) throw refused.reason;
}

async function simulateStation(
  lab: SimulatedLab,
  journal: Journal,
  station: string,
  token: string,
): Promise<void> {
  const stoodStill = (assignment: Assignment, result: Result): Promise<void> =>
    journal.write(stillness(station, assignment, result));
  const log = (line: string): void => lab.log?.(`${station}: ${line}`);
  const backoff = { firstMs: 100, longestMs: 2000, ...lab.backoff };
  try {
    await runStation({
      client: new LabClient({ url: lab.url, token, station, backoff }),
      properties,
      limits: { temperatureC: [20, 1100] },
      folder: join(lab.spool, station),
      run: async (assignment, context) => {
        await journal.write(moved(station, assignment));
        try {
          const result = await work(lab, assignment, context);
          await stoodStill(assignment, result);
          return result;
        } catch (error) {
          await stoodStill(assignment, faultOf(String(error)));
          throw error;
        }
      },
      // Nothing can still be moving: what was simulated went with the process.
      recover: (assignment) => {
        const result = faultOf('the simulator was restarted while this was being made');
        void stoodStill(assignment, result);
        return result;
      },
      answered: (item, answer) => journal.write(answered(station, item, answer)),
      signal: lab.signal,
      log,
    });
  } catch (error) {
    log(`ended: ${String(error)}`);
    throw error;
  }
}

const faultOf = (note: string): Result => ({ outcome: 'instrument_fault', note, measurements: [] });

function stillness(station: string, assignment: Assignment, result: Result): JournalLine {
  const { attemptId, fence, campaignId, experimentNumber } = assignment;
  const beside = truthBeside(assignment, result);
  return {
    event: 'stood-still',
    station,
    attemptId,
    fence,
    campaignId,
    experiment: experimentNumber,
    outcome: result.outcome,
    note: result.note ?? null,
    truth: beside?.truth ?? null,
    found: beside?.found ?? null,
    unit: beside?.unit ?? null,
  };
}

async function work(lab: SimulatedLab, assignment: Assignment, context: RunContext): Promise<Result> {
  const trouble = misfortune(assignment, lab);
  if (trouble?.outcome === 'infeasible') return trouble;
  let done = 0;
  for (const [stage, seconds] of stages) {
    await context.resumed();
    for (let quarter = 0; quarter < 4; quarter++) {
      context.report(stage, done / wholeRun);
      await delay((seconds * 250) / lab.speed, undefined, { signal: context.signal });
      done += seconds / 4;
    }
    if (stage === 'sinter' && trouble) return trouble;
    if (stage === 'press') context.append({ pellet: { ...pelletOf(assignment, lab.seed) } });
  }
  return withSpectrum(measure(assignment, lab), assignment, lab.seed);
}
