import { describe, expect, it } from '@jest/globals';
import type { StrategySpec } from '@ionloop/domain';
import { type StrategyInput, strategyWith } from '../src/campaigns/strategy.js';

const before: StrategySpec = { name: 'auto', initial: 6, beta: 2, replicates: 3 };
const changed = (given: Partial<StrategyInput>, budget = 20): StrategySpec =>
  strategyWith(before, { name: undefined, initial: undefined, settings: undefined, ...given }, budget);

describe('a strategy with other settings', () => {
  it('stays as it was where nothing is said', () => {
    expect(changed({})).toEqual(before);
    expect(changed({ name: null, initial: null, settings: null })).toEqual(before);
    expect(changed({ settings: {} })).toEqual(before);
  });

  it.each([
    ['design', 'latin-hypercube'],
    ['beta', 0],
    ['beta', 1000],
    ['shared', 'furnace'],
    ['shape', 'plate'],
    ['replicates', 1],
    ['replicates', 100],
    ['transfer', 'sources'],
  ])('takes %s = %s, and keeps the rest', (key, value) => {
    expect(changed({ settings: { [key]: value } })).toEqual({ ...before, [key]: value });
  });

  it('has another name or another beginning, up to the whole budget', () => {
    expect(changed({ name: 'gp-ucb', initial: 20 })).toEqual({ ...before, name: 'gp-ucb', initial: 20 });
    expect(changed({ initial: 1 })).toEqual({ ...before, initial: 1 });
  });

  it.each([
    ['design', 'circle'],
    ['beta', -0.1],
    ['beta', 1001],
    ['shared', ''],
    ['shape', 'round'],
    ['replicates', 0],
    ['replicates', 101],
    ['replicates', 1.5],
    ['transfer', 'magic'],
  ])('is refused with %s = %s, and the setting is named', (key, value) => {
    const field = `settings.${key}`;
    expect(() => changed({ settings: { [key]: value } })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', field }),
    );
  });

  it('is refused with a name, a beginning or a setting that there is not', () => {
    const refused = (field: string) => expect.objectContaining({ code: 'INVALID_INPUT', field });
    expect(() => changed({ name: 'guess' })).toThrow(refused('strategy'));
    expect(() => changed({ initial: 0 })).toThrow(refused('initial'));
    expect(() => changed({ initial: 21 })).toThrow(refused('initial'));
    expect(() => changed({ settings: { colour: 'red' } })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });

  it('is by itself again where a setting is taken back', () => {
    expect(changed({ settings: { beta: null } })).toEqual({ name: 'auto', initial: 6, replicates: 3 });
    expect(changed({ settings: { beta: null, replicates: null, design: null } })).toEqual({
      name: 'auto',
      initial: 6,
    });
  });
});
