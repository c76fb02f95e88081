import { setprivKnows, type Account } from './account.js';

/** How a program of PostgreSQL's is started: as whom, and through what. */
export interface Launch {
  readonly account: Account | undefined;
  /** Put before the program and its arguments. */
  readonly prefix: readonly string[];
  readonly credentials: { readonly uid?: number; readonly gid?: number };
  /** Whether the program can walk through folders that are closed to its account. */
  readonly passesClosedFolders: boolean;
}

/** Ends the program when the thread that started it ends, kill -9 included. */
const diesWithParent = ['--pdeathsig', 'INT'];

export function plainLaunch(account: Account | undefined): Launch {
  return {
    account,
    prefix: setprivKnows(diesWithParent) ? ['setpriv', ...diesWithParent] : [],
    credentials: account === undefined ? {} : { uid: account.uid, gid: account.gid },
    passesClosedFolders: false,
  };
}

/**
 * For root in a home folder that is closed to others: the one capability to look into closed folders is kept, all
 * the rest is given up. Undefined where the system does not allow it.
 */
export function launchThroughClosedFolders(account: Account): Launch | undefined {
  const options = [
    ...diesWithParent,
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    '--inh-caps=-all,+dac_read_search',
    '--ambient-caps=-all,+dac_read_search',
    '--bounding-set=-all,+dac_read_search',
  ];
  if (!setprivKnows(options)) return undefined;
  return { account, prefix: ['setpriv', ...options], credentials: {}, passesClosedFolders: true };
}

export function commandOf(
  launch: Launch,
  program: string,
  args: readonly string[],
): readonly [string, readonly string[]] {
  const [first, ...rest] = [...launch.prefix, program, ...args];
  return [first ?? program, rest];
}
