import { join } from 'node:path';
import { LabClient, type Result, type Assignment, type RunContext, runStation } from '@ionloop/lab-client';
import { makeAndMeasure, type SampleSetup } from './sample.js';

export interface SimulatedLab extends SampleSetup {
  readonly url: string;
  /** Each station's token, by its name. */
  readonly stations: ReadonlyMap<string, string>;
  /** How many times faster than life. */
  readonly speed: number;
  /** A folder for each station's results and unfinished work. */
  readonly spool: string;
  readonly signal: AbortSignal;
  readonly log?: (line: string) => void;
}

/** What a sample goes through, in seconds of life. */
const stages = [
  ['weigh', 6],
  ['mill', 10],
  ['sinter', 14],
  ['press', 4],
  ['measure', 6],
] as const;
const wholeRun = stages.reduce((sum, [, seconds]) => sum + seconds, 0);

/** A simulation that ended has nothing that still moves: what it had begun can be made again. */
const interrupted: Result = {
  outcome: 'instrument_fault',
  note: 'the simulator was restarted while this was being made',
  measurements: [],
};

const measures = ['ionic_conductivity', 'activation_energy', 'relative_density', 'value'];

/** Runs the stations until the signal ends them. */
export async function simulateLab(lab: SimulatedLab): Promise<void> {
  const { log = () => undefined } = lab;
  await Promise.all(
    [...lab.stations].map(([station, token]) =>
      runStation({
        client: new LabClient({ url: lab.url, token, station, backoff: { firstMs: 100, longestMs: 2000 } }),
        properties: measures,
        limits: { temperatureC: [20, 1100] },
        folder: join(lab.spool, station),
        run: (assignment, context) => work(lab, assignment, context),
        recover: () => interrupted,
        signal: lab.signal,
        log: (line) => log(`${station}: ${line}`),
      }),
    ),
  );
}

async function work(lab: SimulatedLab, assignment: Assignment, context: RunContext): Promise<Result> {
  let done = 0;
  for (const [stage, seconds] of stages) {
    context.report(stage, done / wholeRun);
    await pause((seconds * 1000) / lab.speed, context.signal);
    done += seconds;
  }
  context.report('hand in', 1);
  return makeAndMeasure(assignment, lab);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const give = (): void => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', give);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', give, { once: true });
  });
}
