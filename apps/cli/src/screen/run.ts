import { IonloopError } from '@ionloop/domain';
import { type FinishedScreen, LocalScreens, type LocalState, type ScreenPlan } from '@ionloop/planner';
import { openStream } from '@ionloop/space';
import { availableParallelism } from 'node:os';
import { Failure } from '../failure.js';
import { writeJson } from '../report/json-file.js';
import { table } from '../report/table.js';
import type { Terminal } from '../terminal.js';
import type { ScreenOptions } from './options.js';
import { duration, grouped, Progress } from './progress.js';
import { readRequest, type Wanted } from './request.js';
import { readState, writeState } from './state-file.js';

const stateSeconds = 2;
const shownCandidates = 10;

export async function runScreen(options: ScreenOptions, terminal: Terminal): Promise<void> {
  const wanted = await readRequest(options);
  const screens = new LocalScreens(options.threads ?? availableParallelism());
  try {
    const plan = await prepared(screens, wanted);
    tellStudent(plan, terminal);
    const start = readState(options.resume, plan);
    const progress = new Progress(terminal, plan, start);
    const state = await followed(screens, plan, start, options.resume, progress);
    const finished = await screens.finish(plan, state);
    terminal.progress('');
    tellFunnel(finished, state, terminal);
    terminal.out('');
    terminal.out(
      `${grouped(progress.total)} candidates in ${duration(progress.seconds)} on ${screens.threads} threads: ${grouped(Math.round(progress.rate))} a second.`,
    );
    tellBest(finished, wanted, terminal);
    writeJson(options.json, reportOf(plan, finished, state));
  } finally {
    await screens.close();
  }
}

async function prepared(screens: LocalScreens, { request }: Wanted): Promise<ScreenPlan> {
  try {
    return await screens.prepare(request);
  } catch (error) {
    // Errors of ours come from the thread as errors of their name.
    if (error instanceof IonloopError || (error instanceof Error && error.name === 'IonloopError')) {
      throw new Failure(error.message);
    }
    throw error;
  }
}

async function followed(
  screens: LocalScreens,
  plan: ScreenPlan,
  start: LocalState,
  file: string | undefined,
  progress: Progress,
): Promise<LocalState> {
  let written = progress.seconds;
  const end = await screens.run(plan, start, (state) => {
    progress.tell(state);
    if (file === undefined || progress.seconds - written < stateSeconds) return;
    writeState(file, plan, state);
    written = progress.seconds;
  });
  if (file !== undefined) writeState(file, plan, end);
  return end;
}

function tellStudent({ student }: ScreenPlan, terminal: Terminal): void {
  if (student === null) return;
  const { degree, labels, heldOut, rankAgreement, recall, among } = student.report;
  terminal.out(
    `Student: a polynomial of degree ${degree} from ${labels - heldOut} labels. On ${heldOut} others its ranks agree with the teacher's to ${rankAgreement.toFixed(3)}, and it keeps ${(100 * recall).toFixed(0)} % of the teacher's best ${among}.`,
  );
}

function tellFunnel({ stages }: FinishedScreen, { seconds }: LocalState, terminal: Terminal): void {
  const rows = stages.map(({ name, came, passed }, i) => {
    const spent = seconds[i];
    return [name, grouped(came), grouped(passed), spent === undefined ? '' : duration(spent)];
  });
  for (const line of table(['stage', 'in', 'out', 'thread time'], rows, [1, 2, 3])) terminal.out(line);
}

function tellBest(
  { best }: FinishedScreen,
  { request, property, unit, shown }: Wanted,
  terminal: Terminal,
): void {
  const { describe } = openStream(request.settings.space);
  const value = (x: number): string => shown(x).toPrecision(3);
  const name = unit === '' ? property : `${property}, ${unit}`;
  const rows = best
    .slice(0, shownCandidates)
    .map(({ point, mean, sd, index }, i) => [
      String(i + 1),
      describe(point),
      value(mean),
      `${value(mean - 2 * sd)} … ${value(mean + 2 * sd)}`,
      index,
    ]);
  if (rows.length === 0) {
    terminal.out('No candidate passed the funnel.');
    return;
  }
  for (const line of table(['', 'candidate', name, '95 %', 'number'], rows, [0, 2, 4])) terminal.out(line);
}

const reportOf = (plan: ScreenPlan, { stages, best }: FinishedScreen, { seconds }: LocalState): object => ({
  range: { from: plan.from, to: plan.to },
  stages: stages.map((stage, i) => ({ ...stage, seconds: seconds[i] ?? null })),
  student: plan.student?.report ?? null,
  best,
});
