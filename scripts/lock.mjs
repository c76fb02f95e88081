import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Runs `work` while no other process holds the file. A holder that has died counts for nothing. */
export async function holding(file, onWait, work) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = `${process.pid} ${startOf(process.pid)}`;
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mine);
  try {
    for (let waits = 0; !linked(draft, file); waits++) {
      const holder = holderOf(file);
      if (holder === undefined) discard(file);
      else {
        if (waits === 0) onWait(holder);
        await pause(200);
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const release = () => {
    if (read(file) === mine) rmSync(file, { force: true });
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

/** A hard link appears with its content or not at all: nobody reads half a lock. */
function linked(draft, file) {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(file) {
  const [pid, start] = (read(file) ?? '').split(' ');
  if (!pid || !isAlive(Number(pid))) return undefined;
  return startOf(pid) === start ? Number(pid) : undefined;
}

/** Two processes may find the same stale lock: what one moved aside is looked at again before it is dropped. */
function discard(file) {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  if (holderOf(aside) !== undefined) linked(aside, file);
  rmSync(aside, { force: true });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Tells a process from a later one of the same number; where the system does not say, the number must do. */
function startOf(pid) {
  return read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')[19] ?? '-';
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
