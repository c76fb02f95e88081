import { describe, expect, test } from '@jest/globals';
import { blank, type Draft, emptyContinuous, fromTemplate, readDraft } from '../src/pages/new/draft.js';
import { placeErrors } from '../src/pages/new/field-errors.js';
import { fieldsIn } from '../src/pages/new/fields-in.js';

const template = {
  name: 'Ternary',
  description: '',
  space: {
    parameters: [
      {
        kind: 'mixture',
        name: 'solvent',
        step: 0.05,
        components: [{ name: 'EC', max: 0.6 }, { name: 'DMC' }],
      },
      { kind: 'continuous', name: 'salt', min: 0.4, max: 2, scale: 'log', unit: 'mol/kg' },
    ],
  },
  objective: {
    property: 'ionic_conductivity',
    goal: 'maximise',
    transform: 'log10',
    unit: 'S/cm',
    temperatureC: 25,
  },
  strategy: 'auto',
  initial: 8,
  budget: 30,
  parallel: 4,
  approval: 'manual',
};

describe('a draft', () => {
  test('from a template gives the same input back', () => {
    expect(readDraft(fromTemplate(template))).toEqual({ ready: true, input: template });
  });

  test('keeps a kind that is not edited as it is', () => {
    const pool = { kind: 'pool', name: 'p', features: ['x'], candidates: [{ id: 'a', values: [1] }] };
    const read = readDraft(fromTemplate({ ...template, space: { parameters: [pool] } }));
    expect(read).toMatchObject({ ready: true, input: { space: { parameters: [pool] } } });
  });

  test('names what is missing or no number by its path', () => {
    const draft: Draft = {
      ...blank,
      budget: '3o',
      parallel: '1.5',
      parameters: [{ ...emptyContinuous, min: '1' }],
    };
    const read = readDraft(draft);
    expect(read.ready ? [] : [...read.errors.keys()].sort()).toEqual([
      'budget',
      'name',
      'parallel',
      'space.parameters[0].max',
      'space.parameters[0].name',
    ]);
  });

  test('takes a decimal comma and a real minus sign', () => {
    const draft: Draft = { ...blank, name: 'n', temperatureC: '−12,5', parameters: [] };
    expect(readDraft(draft)).toMatchObject({ ready: true, input: { objective: { temperatureC: -12.5 } } });
  });
});

describe("the server's complaints", () => {
  const fields = fieldsIn(fromTemplate(template));
  const said = (field: string | null, message = 'no') => ({ code: 'INVALID_INPUT', message, field });

  test('stand at their field, or at the nearest that is shown', () => {
    const { atFields, others } = placeErrors(
      [
        said('objective.unit'),
        said('space.parameters[0].components[1].min'),
        said('space.parameters[1].candidates[3].id'),
        said('space.parameters[9].name'),
        said('input.budget'),
      ],
      fields,
    );
    expect([...atFields.keys()]).toEqual([
      'objective.unit',
      'space.parameters[0].components[1].min',
      'space.parameters[1]',
      'space',
      'budget',
    ]);
    expect(others).toEqual([]);
  });

  test('without a field are told together', () => {
    expect(placeErrors([said(null, 'closed'), said('lab.leaseSeconds', 'short')], fields).others).toEqual([
      'closed',
      'short',
    ]);
  });
});
