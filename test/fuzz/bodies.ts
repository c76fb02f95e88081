import { createHash } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { brokenText, mutated } from './broken.js';
import type { Chance } from './chance.js';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Packed a thousandfold: small on the wire, and large where somebody unpacks it. */
export const gzipBomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
export const deflateBomb = deflateSync(Buffer.alloc(16 * 1024 * 1024));
export const bombInABomb = gzipSync(gzipBomb);
/** An archive with one entry that says it has 4 GB. */
export const zipBomb = Buffer.concat([
  Buffer.from('504b03041400000008000000000000000000ffffffffffffffff0100000061', 'hex'),
  deflateBomb,
]);

/** A table as people export them, or nearly. */
export function table(chance: Chance): Buffer {
  const delimiter = chance.one([',', ';', '\t', '|']);
  const mixture = chance.often(0.5);
  const columns = mixture
    ? ['Li3PO4', 'Li3BO3', 'Li2SO4', 'ionic_conductivity [S/cm]']
    : ['temperature [K]', 'density', 'outcome', 'note', 'measured at'];
  const cell = (name: string): string => {
    if (chance.often(0.1)) return brokenText(chance).slice(0, 300);
    if (name === 'note') return 'fuzz';
    if (name === 'outcome') return chance.one(['measured', 'failed_sample', 'infeasible', 'failed', '']);
    if (name === 'measured at') return chance.one(['2020-01-01', '31.12.2019', 'yesterday', '', '9999999']);
    if (mixture && name.startsWith('Li')) return chance.one(['0.2', '0.3', '0.5', '33.3', '1', '0', '-0.1']);
    return chance.one(['1e-6', '950', '1223.15', '3,4', '1 000', 'NaN', 'Infinity', '1e999', '0x10', '-1']);
  };
  const rows = Array.from({ length: chance.between(0, 12) }, () => columns.map(cell).join(delimiter));
  const text = [columns.join(delimiter), ...rows].join(chance.one(['\n', '\r\n', '\r', '\n\n']));
  switch (chance.below(9)) {
    case 0:
      return Buffer.from(mutated(chance, text));
    case 1:
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 2:
      return Buffer.from(text, 'latin1');
    case 3:
      return gzipSync(text);
    case 4:
      return Buffer.from(`${columns.join(delimiter)}\n"${'x'.repeat(chance.one([10, 10_000, 300_000]))}`);
    case 5:
      return Buffer.from(Array.from({ length: 5000 }, (_, i) => `c${i}`).join(delimiter));
    case 6:
      return chance.one([gzipBomb, zipBomb, chance.bytes(2000), Buffer.alloc(0), Buffer.alloc(5000)]);
    default:
      return Buffer.from(text);
  }
}

/** A body that is not what its headers say. */
export function strangeBody(chance: Chance): { readonly body: Buffer; readonly encoding: string | null } {
  const encoding = chance.one(['gzip', 'deflate', 'br', 'identity', 'x-nothing', null]);
  const body = chance.one([
    gzipBomb,
    bombInABomb,
    deflateBomb,
    zipBomb,
    gzipSync('{"max":1}'),
    Buffer.alloc(0),
    Buffer.from('{'),
    Buffer.from('\ufeff{}'),
    Buffer.from('{"a":1e999999}'),
    Buffer.from(`${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    Buffer.from(`{${'"a":{'.repeat(5000)}${'}'.repeat(5001)}`),
    Buffer.from('{"__proto__":{"role":"admin"},"constructor":{"prototype":{"a":1}}}'),
    Buffer.from('{"max":1,"max":2}'),
    Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
    Buffer.from([0xc3, 0x28, 0xa0, 0xa1]),
    Buffer.alloc(3 * 1024 * 1024, 'x'),
    chance.bytes(300),
  ]);
  return { body, encoding };
}
