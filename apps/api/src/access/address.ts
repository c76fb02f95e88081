import type { IncomingMessage } from 'node:http';

/**
 * Where a request comes from. Each proxy in front appends who spoke to it to X-Forwarded-For: what so many of ours say
 * is taken, and what stands before that is anybody's word.
 */
export function addressOf({ headers, socket }: IncomingMessage, proxies: number): string {
  const direct = socket.remoteAddress ?? 'unknown';
  if (proxies === 0) return prefixOf(direct);
  const said = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return prefixOf(said.at(-proxies) ?? direct);
}

/** Who has one address of IPv6 has a whole network of them: they count as one. */
function prefixOf(address: string): string {
  const short = address.slice(0, 64);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(short)?.[1];
  if (mapped !== undefined) return mapped;
  if (!short.includes(':')) return short;
  const [head = '', tail] = short.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  return [...groups, ...Array.from({ length: Math.max(0, missing) }, () => '0')].slice(0, 4).join(':');
}
