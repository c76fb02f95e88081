import type { Chance } from './chance.js';

/** Texts that programs stumble over. */
export const texts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00\ud800',
  '\uffff\ufffe',
  'Ω≈ç√∫˜µ≤≥÷',
  '‮evil‬',
  '👩‍👩‍👧‍👦',
  'é',
  'İıßﬁ',
  '\r\nX-Injected: 1',
  "'; DROP TABLE campaign; --",
  "' OR '1'='1",
  "1' UNION SELECT NULL,version()--",
  '") OR 1=1 --',
  '%_%\\',
  '\\',
  '$1',
  '{{7*7}}${7*7}',
  '../../../../etc/passwd',
  '..%2f..%2f',
  '<script>alert(1)</script>',
  '=cmd|calc',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '-0',
  '1e400',
  '9223372036854775808',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '0198c1f0-5a3e-7c44-9d0f-6f1f0a2b3c4d',
  'W10=',
  'eyJhIjoxfQ==',
];

export const numbers: readonly number[] = [
  0,
  -0,
  -1,
  1.5,
  1e-320,
  1e308,
  -1e308,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 53,
  2 ** 53 + 2,
  1e21,
  0.1,
];

const deep = (levels: number): unknown =>
  JSON.parse(`${'{"a":['.repeat(levels)}1${']}'.repeat(levels)}`) as unknown;

export function brokenText(chance: Chance): string {
  if (chance.often(0.1))
    return chance.one(['x', '🙂', '\u0000', '(', "'"]).repeat(chance.between(200, 20_000));
  if (chance.often(0.2)) return chance.bytes(chance.between(1, 60)).toString(chance.one(['utf8', 'latin1']));
  return chance.one(texts);
}

/** Any JSON where another was expected. */
export function brokenJson(chance: Chance, depth = 3): unknown {
  switch (chance.below(depth > 0 ? 9 : 5)) {
    case 0:
      return null;
    case 1:
      return chance.often(0.5);
    case 2:
      return chance.one(numbers);
    case 3:
    case 4:
      return brokenText(chance);
    case 5:
      return Array.from({ length: chance.below(5) }, () => brokenJson(chance, depth - 1));
    case 6:
      return Array.from({ length: chance.between(100, 3000) }, () => chance.one(numbers));
    case 7:
      return deep(chance.one([5, 50, 400]));
    default:
      // As entries, so that `__proto__` becomes a member of its own.
      return Object.fromEntries(
        Array.from({ length: chance.below(5) }, () => [brokenText(chance), brokenJson(chance, depth - 1)]),
      );
  }
}

/** A text with a few of its characters lost, doubled, or others. */
export function mutated(chance: Chance, text: string): string {
  let result = text;
  for (let n = chance.between(1, 4); n > 0; n -= 1) {
    const at = chance.below(result.length + 1);
    const length = chance.between(0, 6);
    const inserted = chance.often(0.5)
      ? chance.one([
          '{',
          '}',
          '(',
          ')',
          '"',
          '$',
          '!',
          '@',
          '...',
          ':',
          '[',
          ']',
          '\u0000',
          '\\u{0}',
          '#',
          '"""',
          ',',
        ])
      : result.slice(chance.below(result.length + 1)).slice(0, 12);
    result = result.slice(0, at) + inserted + result.slice(at + length);
  }
  return result;
}
