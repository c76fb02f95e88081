import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { programIn, type Binaries } from './binaries.js';
import { dropBeside } from './beside.js';
import { FolderUnusableError, InitialisationFailedError, systemCode } from './errors.js';
import { commandOf, type Launch } from './launch.js';
import { serverEnvironment } from './server-environment.js';

export const superuser = 'ionloop';

export const passwordFile = (dataFolder: string): string => `${dataFolder}.password`;

/** The parent must take our files beside the data folder; what exists already must be ours to use. */
export function checkFolder(dataFolder: string): void {
  const parent = dirname(dataFolder);
  try {
    mkdirSync(parent, { recursive: true });
    accessSync(parent, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(dataFolder, `${parent} cannot be written`, error);
  }
  const existing = statSync(dataFolder, { throwIfNoEntry: false });
  if (existing === undefined) return;
  if (!existing.isDirectory()) throw new FolderUnusableError(dataFolder, 'it is not a folder');
  try {
    accessSync(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(dataFolder, 'it cannot be written', error);
  }
}

/** Initialises the data folder unless that has been done. Returns the superuser's password. */
export function prepareFolder(dataFolder: string, binaries: Binaries, launch: Launch): string {
  dropBeside(dataFolder, '.init-');
  if (existsSync(join(dataFolder, 'PG_VERSION'))) {
    checkVersion(dataFolder, binaries);
    return storedPassword(dataFolder);
  }
  if (existsSync(dataFolder) && readdirSync(dataFolder).length > 0) {
    throw new FolderUnusableError(dataFolder, 'it holds files that are not a PostgreSQL database');
  }
  return initialise(dataFolder, binaries, launch);
}

/**
 * Everything happens in a folder beside, which gets its name last: a kill at any point leaves either no data
 * folder or a whole one, with its password already in place.
 */
function initialise(dataFolder: string, binaries: Binaries, launch: Launch): string {
  const draft = `${dataFolder}.init-${randomBytes(6).toString('hex')}`;
  const draftPassword = `${draft}.password`;
  const password = randomBytes(24).toString('base64url');
  try {
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(draftPassword, password, { mode: 0o600 });
    giveTo(launch, draft, draftPassword);
    runInitdb(dataFolder, draft, draftPassword, binaries, launch);
    rmSync(passwordFile(dataFolder), { force: true });
    writeFileSync(passwordFile(dataFolder), password, { mode: 0o600 });
    if (existsSync(dataFolder)) rmdirSync(dataFolder);
    renameSync(draft, dataFolder);
  } catch (error) {
    throw systemCode(error) === undefined ? error : unusable(dataFolder, 'it cannot be initialised', error);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(draftPassword, { force: true });
  }
  return password;
}

function runInitdb(
  dataFolder: string,
  draft: string,
  draftPassword: string,
  binaries: Binaries,
  launch: Launch,
): void {
  const [command, args] = commandOf(launch, programIn(binaries, 'initdb'), [
    `--pgdata=${draft}`,
    `--username=${superuser}`,
    `--pwfile=${draftPassword}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The built-in provider sorts the same everywhere, whatever locales the system has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ]);
  const result = spawnSync(command, args, {
    ...launch.credentials,
    cwd: draft,
    env: serverEnvironment(),
    encoding: 'utf8',
  });
  if (result.error !== undefined) {
    throw new InitialisationFailedError(dataFolder, result.error.message, { cause: result.error });
  }
  if (result.status !== 0) throw new InitialisationFailedError(dataFolder, result.stderr.trim());
}

function checkVersion(dataFolder: string, binaries: Binaries): void {
  const folderMajor = readFileSync(join(dataFolder, 'PG_VERSION'), 'utf8').trim();
  const major = binaries.version.split('.')[0] ?? binaries.version;
  if (folderMajor !== major) {
    throw new FolderUnusableError(
      dataFolder,
      `it was written by PostgreSQL ${folderMajor}, and the binaries here are version ${major}`,
    );
  }
}

function storedPassword(dataFolder: string): string {
  const file = passwordFile(dataFolder);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw unusable(dataFolder, `its password file ${file} cannot be read`, error);
  }
}

function giveTo({ account }: Launch, ...paths: readonly string[]): void {
  if (account === undefined) return;
  for (const path of paths) chownSync(path, account.uid, account.gid);
}

function unusable(dataFolder: string, what: string, cause: unknown): FolderUnusableError {
  return new FolderUnusableError(dataFolder, `${what} (${systemCode(cause) ?? String(cause)})`, { cause });
}
