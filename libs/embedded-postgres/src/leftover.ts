import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { programIn, type Binaries } from './binaries.js';
import { StartFailedError } from './errors.js';
import { commandLine, isThere } from './processes.js';

const patienceMs = 20_000;

/**
 * Ends a PostgreSQL that an earlier, killed owner of this folder left running. The folder's pid file may be older
 * than the machine's last start, so the process that has that number now is only touched if it really is a
 * PostgreSQL on this folder.
 */
export async function endLeftover(
  dataFolder: string,
  binaries: Binaries,
  log: (line: string) => void,
): Promise<void> {
  const file = join(dataFolder, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [first, ...rest] = readFileSync(file, 'utf8').split('\n');
  const pid = Number(first);
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid || !isThere(pid)) return;
  if (process.platform === 'win32') {
    spawnSync(programIn(binaries, 'pg_ctl'), ['stop', '-D', dataFolder, '-m', 'fast', '-w']);
    return;
  }
  if (isPostgresOn(dataFolder, pid)) {
    log(`ending the PostgreSQL (process ${pid}) that an earlier run left on ${dataFolder}`);
    await endProcess(dataFolder, pid);
    return;
  }
  // PostgreSQL refuses to start while any process has the number in its pid file, except its parent. Our own number
  // lets it start, and keeps its check of the shared memory named in the same file.
  writeFileSync(file, [String(process.pid), ...rest].join('\n'));
}

function isPostgresOn(dataFolder: string, pid: number): boolean {
  const [program, ...args] = (commandLine(pid) ?? '').split(' ');
  return (
    basename(program ?? '').startsWith('postgres') && ` ${args.join(' ')} `.includes(` -D ${dataFolder} `)
  );
}

async function endProcess(dataFolder: string, pid: number): Promise<void> {
  process.kill(pid, 'SIGINT');
  const giveUp = performance.now() + patienceMs;
  while (isThere(pid)) {
    if (performance.now() > giveUp) {
      throw new StartFailedError(dataFolder, `the earlier PostgreSQL (process ${pid}) does not end`);
    }
    await pause(20);
  }
}
