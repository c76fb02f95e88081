import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { numberOf } from '../src/history/dialect.js';

const digits = (most: number): fc.Arbitrary<string> =>
  fc.array(fc.nat(9), { maxLength: most }).map((all) => all.join(''));
const written = fc
  .record({ sign: fc.constantFrom('', '-', '+'), whole: digits(18), rest: fc.option(digits(18)) })
  .map(({ sign, whole, rest }) => ({ sign, whole, rest }));

describe('a number in a cell', () => {
  it('is the one nearest to what is written, however many digits it has', () => {
    fc.assert(
      fc.property(written, fc.constantFrom('', 'e-7', 'E12'), ({ sign, whole, rest }, power) => {
        const text = `${sign}${whole}${rest === null ? '' : `.${rest}`}${power}`;
        const wanted = `${whole}${rest ?? ''}` === '' ? undefined : Number(text);
        expect(numberOf(text, 'point')).toBe(wanted);
        expect(numberOf(text.replace('.', ','), 'comma')).toBe(wanted);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['', '-', '.', '-.', '1.2.3', '1,2', '1 2', '0x10', 'Infinity', 'NaN', '1e', '1e999', '--1', '1-'])(
    'is none in "%s"',
    (text) => {
      expect(numberOf(text, 'point')).toBeUndefined();
    },
  );

  it('may have a point where most have a comma, and a minus as it is printed', () => {
    expect(numberOf('1.5', 'comma')).toBe(1.5);
    expect(numberOf('−1,5', 'comma')).toBe(-1.5);
    expect(numberOf('1,5,2', 'comma')).toBeUndefined();
    expect(numberOf('-0', 'point')).toBe(-0);
  });
});
