import type { Actor } from '@ionloop/domain';
import { userInfo } from 'node:os';

/** Whoever types the command, as the record names them: by the name that this machine knows them by. */
export function operator(): Actor {
  return { kind: 'person', name: nameHere() };
}

function nameHere(): string {
  try {
    return `${userInfo().username} (command line)`;
  } catch {
    // A container may run as a number that nobody has given a name.
    return `user ${process.getuid?.() ?? '?'} (command line)`;
  }
}
