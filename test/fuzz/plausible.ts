import type { Chance } from './chance.js';
import type { Known } from './known.js';

const mixture = {
  kind: 'mixture',
  name: 'composition',
  step: 0.05,
  components: [{ name: 'Li3PO4' }, { name: 'Li3BO3' }, { name: 'Li2SO4' }],
};
const process = {
  kind: 'continuous',
  name: 'temperature',
  min: 800,
  max: 1100,
  unit: 'degC',
};
export const spaces: readonly object[] = [
  { parameters: [mixture] },
  { parameters: [process] },
  { parameters: [{ kind: 'integer', name: 'layers', min: 1, max: 9 }, process] },
  { parameters: [{ kind: 'categorical', name: 'gas', values: ['Ar', 'O2', 'N2'] }, process] },
];
export const points: readonly object[] = [
  { composition: { Li3PO4: 0.25, Li3BO3: 0.15, Li2SO4: 0.6 } },
  { composition: { Li3PO4: 0.5, Li3BO3: 0.25, Li2SO4: 0.25 } },
  { temperature: 950 },
  { layers: 3, temperature: 900 },
  { gas: 'Ar', temperature: 1000 },
];

type Make = (chance: Chance, known: Known) => unknown;

/** What a caller who means it would write, by the name of the field. */
export const plausible: Readonly<Record<string, Make>> = {
  space: (chance) => chance.one(spaces),
  point: (chance) => chance.one(points),
  at: (chance) => chance.one(points),
  name: (chance) => `fuzzed ${chance.below(1000)}`,
  property: (chance) => chance.one(['ionic_conductivity', 'density']),
  properties: () => ['ionic_conductivity', 'density'],
  unit: (chance) => chance.one(['S/cm', 'g/cm3', 'mS/cm']),
  transform: (chance) => chance.one(['none', 'log10']),
  budget: (chance) => chance.between(1, 50),
  count: (chance) => chance.between(1, 4),
  reason: () => 'fuzz',
  note: () => 'fuzz',
  seed: () => 'fuzz',
  strategy: (chance) => chance.one(['auto', 'random', 'bo', 'sobol']),
  idempotencyKey: (chance) => `key-${chance.below(3000)}`,
  bootId: (chance) => `boot-${chance.below(2)}`,
  station: () => 'robot-1',
  schemaVersion: () => 1,
  max: (chance) => chance.between(1, 3),
  wait: () => 0,
  fence: () => 1,
  seq: (chance) => chance.below(50),
  value: (chance) => chance.one([1e-6, 2.5e-4, 3]),
  axes: (chance) => chance.one([['temperature'], ['composition.Li3PO4', 'composition.Li3BO3']]),
  columns: () => ['temperature'],
  first: (chance) => chance.between(0, 60),
  last: (chance) => chance.between(0, 60),
  points: (chance) => chance.between(2, 300),
  resolution: (chance) => chance.between(2, 60),
  specHash: (chance, known) => known.id(chance, 'specHash'),
  specHashes: (chance, known) => [known.id(chance, 'specHash')],
  after: (chance, known) => known.id(chance, 'cursor'),
  before: (chance, known) => known.id(chance, 'cursor'),
  from: () => '2020-01-01T00:00:00Z',
  to: () => '2100-01-01T00:00:00Z',
  days: (chance) => chance.between(1, 30),
  levels: () => 5,
  sha256: () => 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
};

/** Which type of thing an id is of, by where it stands; null where that does not say. */
export function typeOfId(field: string, operation: string): string | null {
  const text = /^ids?$/.test(field) ? operation : field;
  const found =
    /campaign|experiment|attempt|measurement|station|screen|analysis|task|token|workspace|artifact|model/i.exec(
      text,
    );
  if (/replicate|approval|rejection/i.test(text)) return 'Experiment';
  return found === null ? null : found[0].charAt(0).toUpperCase() + found[0].slice(1).toLowerCase();
}
