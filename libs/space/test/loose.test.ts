import { describe, expect, it } from '@jest/globals';
import { checkLoosely, parseSpaceSpec } from '../src/index.js';

const spec = parseSpaceSpec({
  parameters: [
    { kind: 'continuous', name: 'pressure', min: 1, max: 10 },
    { kind: 'integer', name: 'cycles', min: 1, max: 5 },
    { kind: 'categorical', name: 'gas', choices: ['air', 'Ar'] },
    { kind: 'mixture', name: 'glass', step: 0.1, components: [{ name: 'A' }, { name: 'B' }] },
  ],
});
const point = (change = {}) => ({ pressure: 1, cycles: 1, gas: 'air', glass: { A: 0.5, B: 0.5 }, ...change });

describe('a point that need not lie in the space', () => {
  it('may go beyond the bounds, between steps and to other choices', () => {
    const beyond = point({ pressure: 40, cycles: 2.5, gas: 'H2', glass: { A: 0.03, B: 0.97 } });
    expect(checkLoosely(spec, beyond)).toEqual(beyond);
  });

  it('has what is left out of a mixture as nothing', () => {
    expect(checkLoosely(spec, point({ glass: { A: 1 } }))['glass']).toEqual({ A: 1, B: 0 });
  });

  it.each([
    ['point.pressure', { pressure: 'high' }, /pressure/],
    ['point.pressure', { pressure: Infinity }, /pressure/],
    ['point.gas', { gas: 3 }, /gas|text|name/],
    ['point.glass.A', { glass: { A: 1.5, B: -0.5 } }, /A is 1.5; a fraction lies between 0 and 1/],
    ['point.glass.B', { glass: { A: 0.5, B: -0.5 } }, /B is -0.5/],
    ['point.glass', { glass: { A: 0.5, B: 0.4 } }, /glass: the fractions sum to 0.9; they must sum to 1/],
    ['point.glass', { glass: { A: 0.5, C: 0.5 } }, /C/],
    ['point', { colour: 'red' }, /colour/],
  ])('is refused by its field: %s %j', (field, change, says) => {
    expect(() => checkLoosely(spec, point(change))).toThrow(
      expect.objectContaining({ message: expect.stringMatching(says) }),
    );
    try {
      checkLoosely(spec, point(change));
    } catch (error) {
      expect((error as { field: string }).field).toContain(field);
    }
  });
});
