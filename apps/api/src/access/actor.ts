import type { Actor, Credential, Token } from '@ionloop/domain';
import type { Identity } from './identity.js';

/** Who the record says did it, and by what that was known. */
export function actorOf(caller: Token | Identity): Actor {
  const { name, station } = caller;
  if (station !== null) return { kind: 'station', name: station };
  const via: Credential = 'via' in caller ? caller.via : { kind: 'token', token: caller.id };
  return { kind: 'person', name, via };
}
