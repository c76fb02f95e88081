import { invalidInput, type LevelsSpec } from '@ionloop/domain';
import type { Part } from '../part.js';
import { laddered } from './ladder.js';
import { checkRange } from './numbers.js';

export function levelsPart(spec: LevelsSpec, field: string): Part {
  const { name, levels } = spec;
  if (levels.length < 2) {
    throw invalidInput(
      `${field}.levels`,
      `${name} has ${levels.length} level${levels.length === 1 ? '' : 's'}; with fewer than two nothing varies`,
    );
  }
  levels.forEach((level, i) => {
    if (!Number.isFinite(level)) {
      throw invalidInput(
        `${field}.levels[${i}]`,
        `${name}: level ${i} is ${level}; it must be a finite number`,
      );
    }
    const before = levels[i - 1];
    if (before !== undefined && level <= before) {
      throw invalidInput(
        `${field}.levels[${i}]`,
        `${name}: ${level} comes after ${before}; levels must ascend`,
      );
    }
  });
  const range = { ...spec, min: levels[0] ?? NaN, max: levels.at(-1) ?? NaN };
  checkRange(range, `${field}.levels`);
  return laddered(range, {
    count: levels.length,
    at: (k) => (levels[k] ?? NaN) + 0,
    nearest: (value) => nearestIn(levels, value),
    even: true,
    refusal: `its levels are ${levels.slice(0, 20).join(', ')}${levels.length > 20 ? ' …' : ''}`,
  });
}

function nearestIn(levels: readonly number[], value: number): number {
  let best = 0;
  levels.forEach((level, k) => {
    if (Math.abs(level - value) < Math.abs((levels[best] ?? NaN) - value)) best = k;
  });
  return best;
}
