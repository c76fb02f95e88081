import { hashOf, type Json } from '@ionloop/domain';
import { chunkCount, type LocalState, newState, type ScreenPlan } from '@ionloop/planner';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { Failure, messageOf } from '../failure.js';
import { readJson } from '../input/text-file.js';

interface Written extends LocalState {
  readonly version: 1;
  readonly plan: string;
}

/** Where an earlier run of the same screen stopped; the beginning where there was none. */
export function readState(file: string | undefined, plan: ScreenPlan): LocalState {
  if (file === undefined || !existsSync(file)) return newState(plan);
  const written = readJson(file) as Partial<Written> | null;
  if (written?.version !== 1 || written.done?.length === undefined || written.tally === undefined) {
    throw new Failure(`${file} is not the state of a screen`);
  }
  if (written.plan !== planHash(plan) || written.done.length !== chunkCount(plan)) {
    throw new Failure(
      `${file} is the state of another screen: its space, results or options differ; name another file or remove it`,
    );
  }
  return { done: written.done, tally: written.tally, seconds: written.seconds ?? [] };
}

/** Whole or not at all: a crash while it is written leaves the earlier state. */
export function writeState(file: string, plan: ScreenPlan, state: LocalState): void {
  const written: Written = { version: 1, plan: planHash(plan), ...state };
  const beside = `${file}.part`;
  try {
    const handle = openSync(beside, 'w');
    writeSync(handle, JSON.stringify(written));
    fsyncSync(handle);
    closeSync(handle);
    renameSync(beside, file);
  } catch (error) {
    throw new Failure(`${file} cannot be written: ${messageOf(error)}`);
  }
}

const hashes = new WeakMap<ScreenPlan, string>();

function planHash(plan: ScreenPlan): string {
  const hash = hashes.get(plan) ?? hashOf(JSON.parse(JSON.stringify(plan)) as Json);
  hashes.set(plan, hash);
  return hash;
}
