import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Whom PostgreSQL runs as. It refuses to run as root, so a root process picks someone else; others run it as themselves. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const nobody: Account = { name: 'nobody', uid: 65534, gid: 65534 };

/** Undefined: run as we are. A folder that an account already owns keeps its owner. */
export function accountFor(dataFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = knownAccounts();
  const owner = statSync(dataFolder, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) {
    const named = known.find((account) => account.uid === owner.uid);
    return named ?? { name: String(owner.uid), uid: owner.uid, gid: owner.gid };
  }
  return (
    known.find((account) => account.name === 'postgres') ??
    known.find((account) => account.name === nobody.name) ??
    nobody
  );
}

function knownAccounts(): Account[] {
  if (!existsSync('/etc/passwd')) return [];
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [name, , uid, gid] = line.split(':');
      return name === undefined || uid === undefined || gid === undefined
        ? []
        : [{ name, uid: Number(uid), gid: Number(gid) }];
    });
}

/** The nearest folder at or above `path` that the account may not walk through; undefined where all are open. */
export function closedFolderAbove(path: string, account: Account): string | undefined {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Whether `setpriv` is here and knows the options we need (BusyBox has one that does not). */
export function setprivKnows(options: readonly string[]): boolean {
  return (
    process.platform === 'linux' &&
    spawnSync('setpriv', [...options, 'true'], { stdio: 'ignore' }).status === 0
  );
}
