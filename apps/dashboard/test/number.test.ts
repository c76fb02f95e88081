import { describe, expect, test } from '@jest/globals';
import { formulaText } from '../src/format/formula.js';
import { csvText } from '../src/format/csv.js';
import { numberText, powerTick, quantityText, tickText, withErrorText, write } from '../src/format/number.js';
import { intervalOf, intervalText, objectiveSentence } from '../src/format/objective.js';
import { ago } from '../src/format/time.js';
import { listed, plural } from '../src/format/words.js';

describe('numbers', () => {
  test.each([
    [0.00123, '1.23 × 10⁻³'],
    [-0.00123, '−1.23 × 10⁻³'],
    [0.0099999, '0.0100'],
    [0.5, '0.500'],
    [12.345, '12.3'],
    [1234, '1234'],
    [123456, '1.23 × 10⁵'],
    [0, '0'],
    [-3.25, '−3.25'],
    [99999, '1.00 × 10⁵'],
    [Number.NaN, '–'],
  ])('%d is written %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  test('the parts are kept apart for a real superscript', () => {
    expect(write(4.9e-4, 2)).toEqual({ negative: false, digits: '4.9', exponent: -4 });
  });

  test('a unit follows after a space, and no unit leaves none', () => {
    expect(quantityText(4.9e-4, 'S/cm', 2)).toBe('4.9 × 10⁻⁴ S/cm');
    expect(quantityText(3, '', 1)).toBe('3');
  });

  test('a tick is no longer than it must be', () => {
    expect([0.2, 0.30000000000000004, -50, 0, 1200, 2e-4].map(tickText)).toEqual([
      '0.2',
      '0.3',
      '−50',
      '0',
      '1200',
      '2.0 × 10⁻⁴',
    ]);
  });

  test('a log axis names decades by their power', () => {
    expect([1e-4, 2e-4, 1e-3, 10].map(powerTick)).toEqual(['10⁻⁴', '2 × 10⁻⁴', '10⁻³', '10¹']);
  });
});

describe('intervals', () => {
  test('a prediction of log10 becomes an interval of the property', () => {
    const interval = intervalOf({ transform: 'log10' }, { mean: -3, sd: 0.5 });
    expect(interval.middle).toBeCloseTo(1e-3, 12);
    expect(interval.low).toBeCloseTo(1e-4, 12);
    expect(interval.high).toBeCloseTo(1e-2, 12);
  });

  test('all three numbers share one power of ten', () => {
    expect(intervalText({ middle: 1.2e-3, low: 0.4e-3, high: 3.6e-3 }, 'S/cm')).toBe(
      '1.2 × 10⁻³ S/cm (95 %: 0.40 to 3.6 × 10⁻³)',
    );
    expect(intervalText({ middle: 2.5, low: -0.5, high: 5.5 }, 'g')).toBe('2.5 g (95 %: −0.50 to 5.5)');
  });

  test('a wide interval keeps its digits few', () => {
    expect(intervalText({ middle: 1.772e-4, low: 8e-6, high: 39.393e-4 }, 'S/cm')).toBe(
      '1.8 × 10⁻⁴ S/cm (95 %: 0.080 to 39 × 10⁻⁴)',
    );
  });

  test('the objective reads as a sentence', () => {
    expect(
      objectiveSentence({
        property: 'ionic_conductivity',
        goal: 'maximise',
        transform: 'log10',
        unit: 'S/cm',
        temperatureC: 300,
      }),
    ).toBe('Maximise ionic conductivity at 300 °C');
  });
});

test('a CSV quotes what it must and keeps numbers in full', () => {
  const table = {
    columns: ['label', 'value'],
    rows: [
      ['a, "b"', 0.1 + 0.2],
      ['c', null],
    ],
  };
  expect(csvText(table)).toBe('label,value\r\n"a, ""b""",0.30000000000000004\r\nc,\r\n');
});

test('elapsed time is told in the largest unit', () => {
  const now = new Date('2030-01-01T12:00:00Z');
  expect(ago('2030-01-01T11:59:58Z', now)).toBe('just now');
  expect(ago('2030-01-01T11:59:20Z', now)).toBe('40 s ago');
  expect(ago('2030-01-01T09:30:00Z', now)).toBe('2 h ago');
});

test('lists and counts read as words', () => {
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  expect([plural(1, 'proposal'), plural(2, 'proposal')]).toEqual(['1 proposal', '2 proposals']);
});

test.each([
  ['Li3PO4 25 % · Li3BO3 14 % · Li2SO4 61 %', 'Li₃PO₄ 25 % · Li₃BO₃ 14 % · Li₂SO₄ 61 %'],
  ['EC 60 % · LiPF6 1.2 mol/kg', 'EC 60 % · LiPF₆ 1.2 mol/kg'],
  ['Li1.3Al0.3Ti1.7(PO4)3', 'Li₁.₃Al₀.₃Ti₁.₇(PO₄)₃'],
  ['T1 and EXP12 at 300 °C', 'T1 and EXP12 at 300 °C'],
])('%s is written %s', (text, written) => {
  expect(formulaText(text)).toBe(written);
});

test.each([
  [0.28, 0.0015, '0.2800 ± 0.0015'],
  [-1.5, 0.2, '−1.50 ± 0.20'],
  [123.4, 12, '123 ± 12'],
  [0.3, 0, '0.300'],
  [0.3, 1e-9, '0.300 ± 1.0 × 10⁻⁹'],
])('%d with an error of %d is written %s', (value, error, text) => {
  expect(withErrorText(value, error)).toBe(text);
});
