import type { Actor, Token } from '@ionloop/domain';

/** Who a token speaks for in the record. */
export const actorOf = ({ name, station }: Token): Actor =>
  station === null ? { kind: 'person', name } : { kind: 'station', name: station };
