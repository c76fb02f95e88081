import { type ContextSpec, invalidInput, type PointValue } from '@ionloop/domain';
import type { Part } from '../part.js';
import { checkRange, clamped, finiteNumber, scaleOf, withUnit } from './numbers.js';

/**
 * What is observed and not chosen. No draw, step or list gives it a value, and it does not tell two experiments apart;
 * models see what was observed, moved into the expected range, and `usual` where nothing was.
 */
export function contextPart(spec: ContextSpec, field: string): Part {
  checkRange(spec, field);
  const { name, min, max, unit } = spec;
  const { toUnit, fromUnit } = scaleOf(spec);
  const usual = spec.usual ?? fromUnit(0.5);
  if (!(usual >= min && usual <= max)) {
    throw invalidInput(`${field}.usual`, `${name}: usual is ${usual}; it must lie between ${min} and ${max}`);
  }
  const encode = (value: PointValue): readonly number[] => {
    const observed = typeof value === 'number' ? value : usual;
    return [clamped(toUnit(Math.min(max, Math.max(min, observed))))];
  };
  return {
    name,
    columns: [name],
    blocks: [{ kind: 'numbers', width: 1 }],
    size: 1,
    uniforms: 0,
    check: (value, at) => finiteNumber(name, value, at),
    encode,
    sees: () => true,
    draw: () => usual,
    enumerate: () => [usual],
    step: (value) => value,
    key: () => '',
    describe: (value) => `${name} ${withUnit(typeof value === 'number' ? value : usual, unit)}`,
    unknown: encode(usual),
  };
}
