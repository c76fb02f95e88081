import {
  batchShapes,
  designNames,
  type StrategyName,
  strategyNames,
  type StrategySpec,
  transferModes,
} from '@ionloop/domain';
import { integer, memberOf, number, object, text } from '../input.js';

export const settingNames = ['design', 'beta', 'shared', 'shape', 'replicates', 'transfer'] as const;

export interface StrategyInput {
  readonly name: unknown;
  readonly initial: unknown;
  /** What is named here is set; null takes it back to what it is by itself. */
  readonly settings: unknown;
}

/** The strategy with what is given in place of what it had; what is left out stays. */
export function strategyWith(before: StrategySpec, given: StrategyInput, budget: number): StrategySpec {
  const { name, initial, ...settings } = before;
  return {
    name:
      given.name === undefined || given.name === null
        ? name
        : memberOf<StrategyName>(given.name, 'strategy', strategyNames),
    initial:
      given.initial === undefined || given.initial === null
        ? initial
        : integer(given.initial, 'initial', { min: 1, max: budget }),
    ...settingsWith(settings, given.settings),
  };
}

type Settings = Omit<StrategySpec, 'name' | 'initial'>;

function settingsWith(before: Settings, given: unknown): Settings {
  if (given === undefined || given === null) return before;
  const fields = object(given, 'settings', settingNames);
  const read: Readonly<Record<string, unknown>> = {
    ...before,
    ...Object.fromEntries(settingNames.flatMap((key) => settingAt(key, fields[key]))),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== null));
}

function settingAt(key: (typeof settingNames)[number], value: unknown): [] | [[string, unknown]] {
  if (value === undefined) return [];
  if (value === null) return [[key, null]];
  const field = `settings.${key}`;
  switch (key) {
    case 'design':
      return [[key, memberOf(value, field, designNames)]];
    case 'beta':
      return [[key, number(value, field, { min: 0, max: 1000 })]];
    case 'shared':
      return [[key, text(value, field, { min: 1, max: 200 })]];
    case 'shape':
      return [[key, memberOf(value, field, batchShapes)]];
    case 'replicates':
      return [[key, integer(value, field, { min: 1, max: 100 })]];
    case 'transfer':
      return [[key, memberOf(value, field, transferModes)]];
    default:
      return key satisfies never;
  }
}
