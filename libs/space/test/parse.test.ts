import { describe, expect, it } from '@jest/globals';
import { IonloopError } from '@ionloop/domain';
import fc from 'fast-check';
import { openSpace, parseSpaceSpec } from '../src/index.js';

const refusal = (json: unknown): IonloopError => {
  try {
    openSpace(parseSpaceSpec(json));
  } catch (error) {
    if (error instanceof IonloopError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
const one = (parameter: unknown) => ({ parameters: [parameter] });
const temperature = { kind: 'continuous', name: 'T', min: 800, max: 1100 };
const mixture = (...components: unknown[]) => one({ kind: 'mixture', name: 'mix', components });
const pool = (features: unknown[], ...candidates: unknown[]) =>
  one({ kind: 'pool', name: 'pool', features, candidates });

describe('a space from untrusted JSON', () => {
  it('is read as it was written, with null where nothing is said', () => {
    const json = {
      parameters: [
        { kind: 'continuous', name: 'T', min: 800, max: 1100, scale: null, unit: '°C' },
        {
          kind: 'mixture',
          name: 'mix',
          step: null,
          components: [{ name: 'A', max: 0.5, min: null }, { name: 'B' }],
        },
      ],
    };
    expect(parseSpaceSpec(json)).toEqual({
      parameters: [
        { kind: 'continuous', name: 'T', min: 800, max: 1100, unit: '°C' },
        { kind: 'mixture', name: 'mix', components: [{ name: 'A', max: 0.5 }, { name: 'B' }] },
      ],
    });
  });

  it('may have features of every kind, with gaps', () => {
    const features = ['x', { name: 'y', kind: 'number', scale: 'log' }, { name: 'f', kind: 'formula' }];
    const json = pool(features, { id: 'a', values: [1, 10, 'Li2O'] }, { id: 'b', values: [2, null, 'NaCl'] });
    expect(parseSpaceSpec(json)).toEqual(json);
  });

  it.each<[string, unknown, string, string]>([
    ['no object', 'x', 'space', 'must be an object, not "x"'],
    ['nothing', null, 'space', 'not null'],
    ['an unknown key', { parameters: [], size: 3 }, 'space.size', 'unknown key "size"'],
    ['no list', { parameters: {} }, 'space.parameters', 'must be a list'],
    ['no parameter', { parameters: [] }, 'space.parameters', 'needs a parameter'],
    ['a parameter that is text', one('T'), 'space.parameters[0]', 'must be an object'],
    ['an unknown kind', one({ kind: 'spiral', name: 'T' }), 'space.parameters[0].kind', '"spiral"'],
    ['no kind', one({ name: 'T' }), 'space.parameters[0].kind', 'missing'],
    ['no name', one({ ...temperature, name: undefined }), 'space.parameters[0].name', 'missing'],
    ['an empty name', one({ ...temperature, name: ' ' }), 'space.parameters[0].name', 'not be empty'],
    [
      'a name that is a trap',
      one({ ...temperature, name: '__proto__' }),
      'space.parameters[0].name',
      '__proto__',
    ],
    ['a missing bound', one({ kind: 'continuous', name: 'T', min: 3 }), 'space.parameters[0].max', 'missing'],
    ['text for a bound', one({ ...temperature, min: '800' }), 'space.parameters[0].min', 'not "800"'],
    ['an infinite bound', one({ ...temperature, max: Infinity }), 'space.parameters[0].max', 'Infinity'],
    [
      'bounds that cross',
      one({ ...temperature, min: 1200 }),
      'space.parameters[0].max',
      'min 1200 lies above max 1100',
    ],
    ['bounds that are equal', one({ ...temperature, min: 1100 }), 'space.parameters[0].max', 'both 1100'],
    ['log from zero', one({ ...temperature, min: 0, scale: 'log' }), 'space.parameters[0].min', 'min is 0'],
    ['an unknown scale', one({ ...temperature, scale: 'sqrt' }), 'space.parameters[0].scale', '"sqrt"'],
    ['two of a name', { parameters: [temperature, temperature] }, 'space.parameters', 'called "T"'],
    ['one component', mixture({ name: 'A' }), 'space.parameters[0].components', 'has 1 component;'],
    [
      'components of a name',
      mixture({ name: 'A' }, { name: 'A' }),
      'space.parameters[0].components',
      'called "A"',
    ],
    [
      'minima above one',
      mixture({ name: 'A', min: 0.7 }, { name: 'B', min: 0.6 }),
      'space.parameters[0].components',
      'minima sum to 1.3',
    ],
    [
      'maxima below one',
      mixture({ name: 'A', max: 0.3 }, { name: 'B', max: 0.6 }),
      'space.parameters[0].components',
      'maxima sum to 0.9',
    ],
    [
      'a fraction above one',
      mixture({ name: 'A', max: 1.5 }, { name: 'B' }),
      'space.parameters[0].components[0].max',
      'max is 1.5',
    ],
    [
      'fraction bounds that cross',
      mixture({ name: 'A', min: 0.5, max: 0.4 }, { name: 'B' }),
      'space.parameters[0].components[0].max',
      'min 0.5',
    ],
    ['no candidates', pool(['x']), 'space.parameters[0].candidates', 'has no candidates'],
    ['no features', pool([], { id: 'a', values: [] }), 'space.parameters[0].features', 'no features'],
    [
      'an id twice',
      pool(['x'], { id: 'a', values: [1] }, { id: 'a', values: [2] }),
      'space.parameters[0].candidates[1].id',
      '"a" comes twice',
    ],
    [
      'values that do not match',
      pool(['x', 'y'], { id: 'a', values: [1] }),
      'space.parameters[0].candidates[0].values',
      'has 1 values for 2 features',
    ],
    [
      'a value that is no number',
      pool(['x'], { id: 'a', values: [null] }),
      'space.parameters[0].candidates[0].values[0]',
      'not null',
    ],
    [
      'a feature of an unknown kind',
      pool([{ name: 'x', kind: 'colour' }], { id: 'a', values: [1] }),
      'space.parameters[0].features[0].kind',
      'it must be number, category, amount, formula',
    ],
    [
      'a scale of a category',
      pool([{ name: 'x', kind: 'category', scale: 'log' }], { id: 'a', values: [1] }),
      'space.parameters[0].features[0].scale',
      'only numbers have a scale',
    ],
    [
      'a logarithm of nothing',
      pool([{ name: 'x', kind: 'number', scale: 'log' }], { id: 'a', values: [0] }),
      'space.parameters[0].candidates[0].values[0]',
      'x of candidate "a" is 0; on a log scale it must be above 0',
    ],
    [
      'an amount below nothing',
      pool([{ name: 'x', kind: 'amount' }], { id: 'a', values: [-1] }),
      'space.parameters[0].candidates[0].values[0]',
      'must not be negative',
    ],
    [
      'text for a number',
      pool([{ name: 'x', kind: 'number' }], { id: 'a', values: ['1'] }),
      'space.parameters[0].candidates[0].values[0]',
      'x of candidate "a" is "1"; it must be a finite number',
    ],
    [
      'a formula that is none',
      pool([{ name: 'f', kind: 'formula' }], { id: 'a', values: ['Li2Q'] }),
      'space.parameters[0].candidates[0].values[0]',
      'there is no element "Q"',
    ],
    [
      'a formula that is missing',
      pool([{ name: 'f', kind: 'formula' }], { id: 'a', values: [null] }),
      'space.parameters[0].candidates[0].values[0]',
      'it must be a chemical formula',
    ],
    [
      'a candidate with an unknown key',
      pool(['x'], { id: 'a', values: [1], price: 3 }),
      'space.parameters[0].candidates[0].price',
      '"price"',
    ],
    ['only a context', one({ ...temperature, kind: 'context' }), 'space.parameters', 'needs a parameter'],
    ['a step of zero', one({ ...temperature, step: 0 }), 'space.parameters[0].step', 'must be positive'],
    ['a step too wide', one({ ...temperature, step: 400 }), 'space.parameters[0].step', 'nothing varies'],
    [
      'half an integer',
      one({ kind: 'integer', name: 'n', min: 0.5, max: 3 }),
      'space.parameters[0].min',
      'whole number',
    ],
    [
      'levels that descend',
      one({ kind: 'levels', name: 'h', levels: [1, 5, 4] }),
      'space.parameters[0].levels[2]',
      '4 comes after 5',
    ],
    [
      'one level',
      one({ kind: 'levels', name: 'h', levels: [1] }),
      'space.parameters[0].levels',
      'has 1 level;',
    ],
    [
      'one choice',
      one({ kind: 'categorical', name: 'gas', choices: ['air'] }),
      'space.parameters[0].choices',
      'has 1 choice;',
    ],
    [
      'a choice twice',
      one({ kind: 'categorical', name: 'gas', choices: ['air', 'air'] }),
      'space.parameters[0].choices',
      'called "air"',
    ],
    [
      'an unusual usual',
      {
        parameters: [
          { ...temperature, name: 'x' },
          { ...temperature, kind: 'context', usual: 20 },
        ],
      },
      'space.parameters[1].usual',
      'usual is 20',
    ],
    [
      'no component at all',
      one({ kind: 'mixture', name: 'm', mostComponents: 0, components: [{ name: 'A' }, { name: 'B' }] }),
      'space.parameters[0].mostComponents',
      'at least 1',
    ],
    [
      'a dose that no mixture of so many has',
      one({
        ...{ kind: 'mixture', name: 'm', step: 0.1, minimumDose: 0.6 },
        components: ['A', 'B'].map((name) => ({ name, min: 0.1 })),
      }),
      'space.parameters[0].step',
      'at least 0.6 of each',
    ],
  ])('with %s is refused', (_, json, field, text) => {
    const error = refusal(json);
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.field).toBe(field);
    expect(error.message).toContain(text);
  });

  it.each([
    [0.3, 'never sum to 1'],
    [0, 'step is 0'],
    [-0.1, 'step is -0.1'],
    [1e-7, 'the finest'],
  ])('with a dispenser step of %f is refused', (step, text) => {
    const components = [{ name: 'A' }, { name: 'B' }];
    const error = refusal(one({ kind: 'mixture', name: 'mix', step, components }));
    expect(error.field).toBe('space.parameters[0].step');
    expect(error.message).toContain(text);
  });

  it('with a step that misses every recipe within the bounds is refused', () => {
    const components = [{ name: 'A', min: 0.12, max: 0.18 }, { name: 'B' }];
    const error = refusal(one({ kind: 'mixture', name: 'mix', step: 0.1, components }));
    expect(error.message).toContain('no recipe in steps of 0.1');
  });

  it('is refused with an IonloopError or accepted, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.jsonValue().map(one)), (json) => {
        try {
          openSpace(parseSpaceSpec(json));
        } catch (error) {
          expect(error).toBeInstanceOf(IonloopError);
        }
      }),
    );
  });
});
