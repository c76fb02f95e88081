import { type IntegerSpec, invalidInput } from '@ionloop/domain';
import type { Part } from '../part.js';
import { laddered } from './ladder.js';
import { checkRange } from './numbers.js';

export function integerPart(spec: IntegerSpec, field: string): Part {
  checkRange(spec, field);
  const { name, min, max } = spec;
  for (const [key, value] of [
    ['min', min],
    ['max', max],
  ] as const) {
    if (!Number.isSafeInteger(value)) {
      throw invalidInput(`${field}.${key}`, `${name}: ${key} is ${value}; it must be a whole number`);
    }
  }
  return laddered(spec, {
    count: max - min + 1,
    at: (k) => min + k,
    nearest: (value) => Math.min(max, Math.max(min, Math.round(value))) - min,
    even: spec.scale !== 'log',
    refusal: 'it must be a whole number',
    grid: 1,
  });
}
