import { type CategoricalSpec, invalidInput, type PointValue, shown } from '@ionloop/domain';
import type { Part } from '../part.js';
import { nameAt, requireDistinct } from '../read.js';

export function categoricalPart({ name, choices }: CategoricalSpec, field: string): Part {
  if (choices.length < 2) {
    throw invalidInput(
      `${field}.choices`,
      `${name} has ${choices.length} choice${choices.length === 1 ? '' : 's'}; with fewer than two nothing varies`,
    );
  }
  choices.forEach((choice, i) => nameAt(choice, `${field}.choices[${i}]`));
  requireDistinct(choices, `${field}.choices`, `choices of ${name}`);
  const number = new Map(choices.map((choice, i) => [choice, i]));
  const choiceOf = (value: PointValue): string => (typeof value === 'string' ? value : '');
  return {
    name,
    columns: [name],
    blocks: [{ kind: 'categorical', width: 1 }],
    size: choices.length,
    uniforms: 1,
    check(value, at) {
      if (typeof value !== 'string' || !number.has(value)) {
        const some = choices.slice(0, 20).join(', ');
        throw invalidInput(
          at,
          `${name} is ${shown(value)}; it must be one of ${some}${choices.length > 20 ? ' …' : ''}`,
        );
      }
      return value;
    },
    encode: (value) => [number.get(choiceOf(value)) ?? NaN],
    sees: (value) => typeof value === 'string' && number.has(value),
    draw: ([u = 0]) => choices[Math.min(choices.length - 1, Math.floor(u * choices.length))] ?? '',
    enumerate: () => choices,
    step(value, _reach, rng) {
      const others = choices.filter((choice) => choice !== value);
      return others[rng.integer(others.length)] ?? value;
    },
    key: choiceOf,
    describe: (value) => `${name} ${choiceOf(value)}`,
  };
}
