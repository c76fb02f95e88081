import { describe, expect, test } from '@jest/globals';
import { emptyConstraints } from '../src/pages/new/draft/constraints.js';
import { blank, type Draft, fromTemplate, readDraft } from '../src/pages/new/draft/draft.js';
import { emptyCost } from '../src/pages/new/draft/goals.js';
import { emptyParameters } from '../src/pages/new/draft/parameters.js';
import { poolFromText, poolOf } from '../src/pages/new/draft/pool.js';
import { numberOf, parted, Reader } from '../src/pages/new/draft/reader.js';
import { keepDraft, keptDraft } from '../src/pages/new/draft/stored.js';
import { linesIn } from '../src/pages/new/draft/table.js';
import { errorsByStep, fieldsIn, placeErrors } from '../src/pages/new/field-errors.js';
import { stepAddress, stepAt, stepOfField } from '../src/pages/new/steps.js';
import { summaryOf } from '../src/pages/new/summary.js';
import { isPlainFormula } from '../src/format/formula.js';

/** One of every kind of parameter and constraint. */
const template = {
  name: 'Everything',
  description: '',
  space: {
    parameters: [
      {
        kind: 'mixture',
        name: 'solvent',
        step: 0.05,
        mostComponents: 2,
        minimumDose: 0.1,
        components: [{ name: 'EC', max: 0.6 }, { name: 'DMC', min: 0.1 }, { name: 'EMC' }],
      },
      { kind: 'continuous', name: 'salt', min: 0.4, max: 2, scale: 'log', unit: 'mol/kg', step: 0.1 },
      { kind: 'integer', name: 'layers', min: 1, max: 9 },
      { kind: 'levels', name: 'speed', levels: [100, 200.5, 400], unit: 'rpm' },
      { kind: 'categorical', name: 'gas', choices: ['H2', 'N2', 'Ar, dry'] },
      { kind: 'context', name: 'humidity', min: 0, max: 60, unit: '%', usual: 20 },
      {
        kind: 'pool',
        name: 'additive',
        features: [
          'price',
          { name: 'composition', kind: 'formula' },
          { name: 'mass', kind: 'number', scale: 'log' },
        ],
        candidates: [
          { id: 'FEC', values: [3, 'C3H3FO3', 106] },
          { id: 'VC', values: [2, 'C3H2O3', null] },
        ],
      },
    ],
    constraints: [
      {
        kind: 'linear',
        name: 'price',
        terms: [
          { of: 'solvent.EC', times: 2 },
          { of: 'salt', times: -0.5 },
        ],
        relation: '<=',
        bound: 1.5,
      },
      { kind: 'sum', of: ['solvent.EC', 'solvent.DMC'], relation: '>=', bound: 0.2 },
      { kind: 'ratio', of: 'solvent.EC', to: 'solvent.DMC', min: 0.5 },
      {
        kind: 'forbidden',
        when: [
          { of: 'gas', is: ['H2', 'Ar, dry'] },
          { of: 'salt', min: 1, max: 1.5 },
          { of: 'speed', above: 300 },
        ],
      },
      { kind: 'neutral', of: 'solvent', charges: { EC: 0, DMC: -1 } },
      { kind: 'expression', expression: "salt * layers <= 9 and not (gas = 'H2')" },
      { kind: 'forbidden', name: 'odd', when: [{ of: 'salt', above: 1, max: 2 }] },
    ],
  },
  objective: {
    property: 'ionic_conductivity',
    goal: 'maximise',
    transform: 'log10',
    unit: 'S/cm',
    temperatureC: 25,
  },
  strategy: 'gp-ucb',
  settings: { design: 'sobol', beta: 1.5, shared: 'salt', replicates: 2 },
  initial: 8,
  budget: 30,
  parallel: 4,
  approval: 'manual',
  review: { separate: true, rejectedFor: 5 },
};

describe('a draft', () => {
  test('from a template gives the same input back, whatever is in it', () => {
    expect(readDraft(fromTemplate(template))).toEqual({ ready: true, input: template });
  });

  test('with several goals, limits and a cost gives these back', () => {
    const objectives = [
      template.objective,
      { property: 'voltage', goal: 'window', transform: 'none', unit: 'V', low: 3, high: 4 },
    ];
    const input: Record<string, unknown> = {
      ...template,
      objectives,
      limits: [{ property: 'relative_density', unit: '1', transform: 'none', low: 0.95 }],
      cost: {
        base: 2,
        per: [
          { parameter: 'solvent', component: 'EC', perUnit: 4 },
          { parameter: 'gas', of: { H2: 3, N2: 1 } },
        ],
        budget: 100,
      },
    };
    delete input['objective'];
    expect(readDraft(fromTemplate(input))).toEqual({ ready: true, input });
  });

  test('names what is missing or no number by its path', () => {
    const draft: Draft = {
      ...blank,
      budget: '3o',
      parallel: '1.5',
      parameters: [
        { ...emptyParameters.continuous, min: '1' },
        { ...emptyParameters.levels, name: 'speed', levels: '1, two' },
        { ...emptyParameters.categorical, name: 'gas', choices: 'H2' },
        emptyParameters.pool,
      ],
      constraints: [emptyConstraints.ratio, emptyConstraints.expression],
      limits: [{ property: 'density', unit: '', transform: 'none', low: '2', high: '1' }],
      cost: emptyCost,
    };
    const read = readDraft(draft);
    const paths = read.ready ? [] : [...read.errors.keys()];
    expect(paths.sort()).toEqual([
      'budget',
      'limits[0].high',
      'name',
      'parallel',
      'space.constraints[0].min',
      'space.constraints[0].of',
      'space.constraints[0].to',
      'space.constraints[1].expression',
      'space.parameters[0].max',
      'space.parameters[0].name',
      'space.parameters[1].levels',
      'space.parameters[2].choices',
      'space.parameters[3].candidates',
    ]);
    // Each of them is a field of the form, on a step of it.
    const fields = fieldsIn(draft);
    expect(paths.filter((path) => !fields.has(path))).toEqual([]);
    const errors = { atFields: read.ready ? new Map() : read.errors, others: [] } as const;
    expect(Object.fromEntries(errorsByStep(errors))).toEqual({
      start: 1,
      space: 5,
      constraints: 4,
      goals: 1,
      plan: 2,
    });
  });

  test('is told in words, step by step', () => {
    const lines = summaryOf(fromTemplate(template)).flatMap((one) => one.lines);
    expect(lines).toContain('solvent: a mixture of EC, DMC and EMC, in steps of 0.05, at most 2 at once');
    expect(lines).toContain('additive: one of 2 candidates');
    expect(lines).toContain('price: 2·solvent.EC + -0.5·salt is at most 1.5');
    expect(lines).toContain('Maximise ionic conductivity (S/cm) at 25 °C; models see its log₁₀');
    expect(lines).toContain('A person approves each proposal, and not the one who made it');
  });

  test('is kept while the page is closed, and let go where it cannot be read', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const draft = fromTemplate(template);
    expect(keptDraft(storage)).toBeNull();
    expect(keepDraft({ draft, template: 'x' }, new Date('2026-05-04T10:00:00Z'), storage)).toBe(true);
    expect(keptDraft(storage)).toEqual({ draft, template: 'x', at: '2026-05-04T10:00:00.000Z' });
    const [[key = '', text = ''] = []] = kept;
    kept.set(key, text.replace('"constraints":[', '"obstacles":['));
    expect(keptDraft(storage)).toBeNull();
    const full = {
      ...storage,
      setItem: () => {
        throw new Error('quota');
      },
    };
    expect(keepDraft({ draft, template: null }, new Date(), full)).toBe(false);
    expect(kept.size).toBe(0);
  });
});

describe('what is typed', () => {
  test('may have a decimal comma, a real minus sign and a power of ten', () => {
    expect(['−12,5', '1.2e-3', '1,2 × 10^-3', '4·10-4', '', 'x', '1,2,3'].map(numberOf)).toEqual([
      ...[-12.5, 1.2e-3, 1.2e-3, 4e-4, null, null, null],
    ]);
  });

  test('is a list by lines or semicolons, else by commas', () => {
    expect(parted('1, 2,5')).toEqual(['1', '2', '5']);
    expect(parted('1,5; 2,5;')).toEqual(['1,5', '2,5']);
    expect(parted('Ar, dry\nN2\n')).toEqual(['Ar, dry', 'N2']);
  });

  test('is a table with quotes, whatever parts its columns, and knows its lines', () => {
    expect(linesIn('\uFEFFa;b\r\n1,5;"x; ""y""\n2"\r\n\r\n3;z')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1,5', 'x; "y"\n2'] },
      { line: 5, cells: ['3', 'z'] },
    ]);
  });
});

describe('a pool from a table', () => {
  const table =
    'formula,price,supplier,note\nLi7La3Zr2O12,3,A,\nLi6PS5Cl,4.5,B,\nLi1.3Al0.3Ti1.7(PO4)3,,A,\n';

  test('knows names, numbers, categories and formulas by how they look', () => {
    const pool = poolFromText('candidate', table, isPlainFormula);
    if (typeof pool === 'string') throw new Error(pool);
    expect(pool.columns).toEqual([
      { name: 'formula', as: 'id' },
      { name: 'price', as: 'number' },
      { name: 'supplier', as: 'category' },
      { name: 'note', as: 'ignore' },
      { name: 'composition', as: 'formula' },
    ]);
    const read = new Reader();
    expect(poolOf(pool, 'candidate', 'p', read)).toEqual({
      kind: 'pool',
      name: 'candidate',
      features: [
        { name: 'price', kind: 'number' },
        { name: 'supplier', kind: 'category' },
        { name: 'composition', kind: 'formula' },
      ],
      candidates: [
        { id: 'Li7La3Zr2O12', values: [3, 'A', 'Li7La3Zr2O12'] },
        { id: 'Li6PS5Cl', values: [4.5, 'B', 'Li6PS5Cl'] },
        { id: 'Li1.3Al0.3Ti1.7(PO4)3', values: [null, 'A', 'Li1.3Al0.3Ti1.7(PO4)3'] },
      ],
    });
    expect([...read.errors]).toEqual([]);
  });

  test('is refused where a line is short, or nothing names the candidates', () => {
    expect(poolFromText('c', 'a,b\n1,2\n3', isPlainFormula)).toMatch(/Line 3 has 1 columns/);
    expect(poolFromText('c', 'a,b\n1,2\n1,2', isPlainFormula)).toMatch(/names each candidate once/);
    expect(poolFromText('c', 'a', isPlainFormula)).toMatch(/at least one candidate/);
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
        said('space.parameters[6].candidates[3].id'),
        said('space.parameters[4].choices[1]'),
        said('space.constraints[0].terms[1].of'),
        said('space.constraints[3].when[1].min'),
        said('space.parameters[9].name'),
        said('input.budget'),
      ],
      fields,
    );
    expect([...atFields.keys()]).toEqual([
      'objectives[0].unit',
      'space.parameters[0].components[1].min',
      'space.parameters[6].candidates',
      'space.parameters[4].choices',
      'space.constraints[0].terms[1].of',
      'space.constraints[3]',
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

describe('the steps', () => {
  test('have addresses, and each field its step', () => {
    expect([undefined, 'goals', 'rehearsal', 'nowhere'].map(stepAt)).toEqual([
      'start',
      'goals',
      'rehearsal',
      null,
    ]);
    expect(stepAddress('start')).toBe('/new');
    expect(stepAddress('history', 'a b')).toBe('/new/history?campaign=a%20b');
    expect(
      ['name', 'space', 'space.constraints[0].of', 'cost.base', 'limits[0].low', 'review.rejectedFor'].map(
        stepOfField,
      ),
    ).toEqual(['start', 'space', 'constraints', 'goals', 'goals', 'plan']);
  });
});
