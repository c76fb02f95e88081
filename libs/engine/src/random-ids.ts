import { randomBytes } from 'node:crypto';
import type { Ids } from './ports.js';

/** The time and the count of the last identifier, as the first 60 bits that are not the version's. */
let last = 0n;

/**
 * UUIDs of version 7: they sort by the time they were made, which keeps indices compact.
 * Those of one process sort by the order in which they were made, within a millisecond too:
 * rows that are written together are read back in that order.
 */
export const randomIds: Ids = {
  next: () => {
    const bytes = randomBytes(16);
    const now = BigInt(Math.trunc(performance.timeOrigin + performance.now()));
    // The count of a new millisecond begins at random in the lower half of its 12 bits.
    const fresh = (now << 12n) | BigInt(bytes.readUInt16BE(6) & 0x7ff);
    last = fresh > last ? fresh : last + 1n;
    bytes.writeUIntBE(Number(last >> 12n), 0, 6);
    bytes.writeUInt16BE(0x7000 | Number(last & 0xfffn), 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  },
  secret: () => randomBytes(32).toString('base64url'),
};
