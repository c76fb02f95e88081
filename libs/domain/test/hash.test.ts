import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, hashOf } from '../src/index.js';

describe('canonical JSON', () => {
  it('does not depend on the order in which members were set', () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: 'x' }] })).toBe('{"a":[{"c":"x","d":null}],"b":1}');
  });

  it('survives a round trip through JSON with the same bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  const sortedThroughout = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sortedThroughout);
    if (typeof value !== 'object' || value === null) return value;
    const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([key, member]) => [key, sortedThroughout(member)]));
  };

  it('is what JSON makes of a value whose members are in order', () => {
    // Numbers as keys come first in every object, whatever the order they were set in.
    const key = fc.string({ unit: 'binary' }).map((text) => `k${text}`);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true })),
        fc.constantFrom(null, true, false, -0),
        fc.array(tie('tree')),
        fc.dictionary(key, tie('tree'), { maxKeys: 20 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(canonicalJson(value)).toBe(JSON.stringify(sortedThroughout(value)));
      }),
    );
  });

  it.each([Number.NaN, Infinity, -Infinity])('refuses %p, which JSON would turn into null', (value) => {
    expect(() => canonicalJson({ value })).toThrow(/cannot be written/);
  });

  it('leaves out what is undefined, as JSON does', () => {
    expect(hashOf({ a: 1, b: undefined })).toBe(hashOf({ a: 1 }));
  });
});
