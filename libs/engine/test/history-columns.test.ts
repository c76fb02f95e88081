import { describe, expect, it } from '@jest/globals';
import { columnsOf, meaningsFor, readColumns } from '../src/history/columns.js';
import type { HistoryOptions } from '../src/index.js';
import { newSpec } from '../src/testing/store-story.js';

const campaign = newSpec({
  space: {
    parameters: [
      { kind: 'mixture', name: 'glass', components: [{ name: 'Li3PO4' }, { name: 'Li3BO3' }] },
      { kind: 'continuous', name: 'sintering_temperature', min: 800, max: 1100, unit: '°C' },
      { kind: 'continuous', name: 'hold', min: 1, max: 100, unit: 'h' },
      { kind: 'categorical', name: 'gas', choices: ['air', 'argon'] },
      { kind: 'continuous', name: 'pH', min: 0, max: 14 },
      { kind: 'context', name: 'humidity', min: 0, max: 100 },
    ],
  },
  objectives: [
    { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
    { property: 'density', goal: 'maximise', transform: 'none', unit: 'g/cm³' },
  ],
  limits: [{ property: 'activation_energy', unit: 'eV', transform: 'none', low: null, high: 0.5 }],
});
const needed = ['Li3PO4', 'sintering_temperature', 'hold', 'gas', 'pH'];

/** How one column is read beside those that are needed. */
function read(header: string, options: HistoryOptions = {}) {
  const rest = [...needed, 'outcome'].filter((name) => header !== name);
  const { columns, problems } = readColumns([header, ...rest], campaign, options);
  return { column: columns[0], problems };
}

const parameter = (name: string) => ({
  kind: 'parameter',
  parameter: expect.objectContaining({ name }) as unknown,
});
const component = (name: string) => ({ kind: 'component', mixture: 'glass', component: name });

describe('a column', () => {
  it.each<[string, unknown, string | null, boolean]>([
    ['Li3BO3', component('Li3BO3'), '1', true],
    ['glass.Li3BO3', component('Li3BO3'), '1', true],
    ['glass Li3BO3', component('Li3BO3'), '1', true],
    ['li3bo3 [mol%]', component('Li3BO3'), '%', false],
    ['Li3BO3 (wt %)', component('Li3BO3'), '%', false],
    ['humidity', parameter('humidity'), null, false],
    ['ionic_conductivity', { kind: 'value' }, 'S/cm', true],
    ['Conductivity', { kind: 'value' }, 'S/cm', true],
    ['conductivity / mS/cm', { kind: 'value' }, 'mS/cm', false],
    ['ionic conductivity (µS/cm)', { kind: 'value' }, 'µS/cm', false],
    ['uncertainty', { kind: 'uncertainty' }, 'S/cm', true],
    ['std', { kind: 'uncertainty' }, 'S/cm', true],
    ['Standard-Deviation', { kind: 'uncertainty' }, 'S/cm', true],
    ['ionic_conductivity error [mS/cm]', { kind: 'uncertainty' }, 'mS/cm', false],
    ['density', { kind: 'value', property: 'density' }, 'g/cm³', true],
    ['density [kg/m³]', { kind: 'value', property: 'density' }, 'kg/m³', false],
    ['density sd', { kind: 'uncertainty', property: 'density' }, 'g/cm³', true],
    ['activation energy', { kind: 'value', property: 'activation_energy' }, 'eV', true],
    ['energy [meV]', { kind: 'value', property: 'activation_energy' }, 'meV', false],
    ['Units', { kind: 'unit' }, null, false],
    ['notes', { kind: 'note' }, null, false],
    ['Comment', { kind: 'note' }, null, false],
    ['remark', { kind: 'note' }, null, false],
    ['measurement status', { kind: 'status' }, null, false],
    ['measured at [°C]', { kind: 'temperature' }, '°C', false],
    ['measured at', { kind: 'temperature' }, '°C', true],
    ['measurement_temperature [kelvin]', { kind: 'temperature' }, 'K', false],
    ['ignore', { kind: 'ignored' }, null, false],
    ['operator', { kind: 'ignored' }, null, false],
    ['operator [Ada]', { kind: 'ignored' }, null, false],
  ])('%s', (header, meaning, unit, isAssumed) => {
    expect(read(header)).toEqual({ column: { header, meaning, unit, isAssumed }, problems: [] });
  });

  it.each<[string, string, string]>([
    ['hold [hours]', 'hold', 'h'],
    ['hold[hr]', 'hold', 'h'],
    ['Hold (hour)', 'hold', 'h'],
    ['hold(minutes)', 'hold', 'min'],
    ['hold  /  seconds', 'hold', 's'],
    ['hold_days', 'hold', 'd'],
    ['hold min', 'hold', 'min'],
    ['sintering temperature [K]', 'sintering_temperature', 'K'],
    ['Sintering__Temperature degC', 'sintering_temperature', '°C'],
    ['sintering-temperature (C)', 'sintering_temperature', '°C'],
    ['sintering_temperature [ celsius ]', 'sintering_temperature', '°C'],
  ])('%s has its unit in its name', (header, name, unit) => {
    const { columns, problems } = readColumns(
      [header, ...needed.filter((other) => other !== name), 'outcome'],
      campaign,
      {},
    );
    expect(problems).toEqual([]);
    expect(columns[0]).toEqual({ header, meaning: parameter(name), unit, isAssumed: false });
  });

  it('of an uncertainty is in the unit of its value, where it says none', () => {
    const headers = [
      ...needed,
      'density [kg/m³]',
      'density sd',
      'conductivity [mS/cm]',
      'sd',
      'energy sd [meV]',
    ];
    const columns = columnsOf(headers, campaign, {
      map: { 'energy sd [meV]': 'activation_energy sd [meV]' },
    });
    expect(columns.slice(5).map(({ unit }) => unit)).toEqual(['kg/m³', 'kg/m³', 'mS/cm', 'mS/cm', 'meV']);
  });

  it('of outcomes is known whichever way it is written', () => {
    const columns = columnsOf([...needed, 'Outcome'], campaign, {});
    expect(columns[5]).toEqual({
      header: 'Outcome',
      meaning: { kind: 'outcome' },
      unit: null,
      isAssumed: false,
    });
  });

  it('means what it is told to mean', () => {
    expect(read('x', { map: { x: 'hold [min]' } }).problems).toEqual([
      expect.objectContaining({
        field: 'map',
        message: expect.stringMatching(/"x" and "hold" mean the same/),
      }),
    ]);
    expect(read('sd', { map: { sd: 'ignore' } }).column).toMatchObject({
      meaning: { kind: 'ignored' },
      unit: null,
    });
    const told = read('toString', { map: {} }).column;
    expect(told).toMatchObject({ header: 'toString', meaning: { kind: 'ignored' } });
  });
});

it('what a column may mean is told by the first of its names', () => {
  expect(meaningsFor(campaign)).toEqual([
    ...['Li3PO4', 'Li3BO3', 'sintering_temperature', 'hold', 'gas', 'pH', 'humidity'],
    ...['ionic_conductivity', 'uncertainty', 'density', 'density uncertainty'],
    ...['activation_energy', 'activation_energy uncertainty'],
    ...['unit', 'outcome', 'note', 'measurement status', 'measured at', 'ignore'],
  ]);
});

describe('columns are refused', () => {
  const refused = (headers: readonly string[], options: HistoryOptions = {}): unknown => {
    try {
      return columnsOf(headers, campaign, options);
    } catch (error) {
      return error;
    }
  };
  const all = [...needed, 'conductivity'];

  it.each<[readonly string[], HistoryOptions, string, string | RegExp]>([
    [[...all, '', 'x'], {}, 'file', 'line 1: column 7 has no name'],
    [['', ...all], {}, 'file', 'line 1: column 1 has no name'],
    [[...all, 'x', 'y', 'x'], {}, 'file', 'line 1: there are two columns "x"'],
    [all, { map: { a: 'gas' } }, 'map', `there is no column "a"; the columns are ${all.join(', ')}`],
    [
      [...all, 'x'],
      { map: { x: 'colour' } },
      'map',
      `"x" cannot mean "colour"; a column may mean ${meaningsFor(campaign).join(', ')}`,
    ],
    [[...all, 'humidity [%]'], {}, 'map', '"humidity [%]" has the unit %, and what it means has none'],
    [[...all, 'note (long)'], {}, 'map', '"note (long)" has the unit long, and what it means has none'],
    [[...all, 'ignore [V]'], {}, 'map', '"ignore [V]" has the unit V, and what it means has none'],
    [[...all, 'Li3BO3 [g]'], {}, 'map', '"Li3BO3 [g]" is in g, which is never a share'],
    [[...all, 'density [V]'], {}, 'map', '"density [V]" is in V, which is never g/cm³'],
    [
      [...all, 'Notes', 'Comment'],
      {},
      'map',
      /^"Notes" and "Comment" mean the same; say with map which of them/,
    ],
    [
      [...all, 'ionic conductivity [mS/cm]'],
      {},
      'map',
      /^"conductivity" and "ionic conductivity \[mS\/cm\]"/,
    ],
    [
      ['Li3PO4', 'gas', 'pH'],
      {},
      'map',
      'there is no column for "sintering_temperature", "hold", "ionic_conductivity"; the columns are Li3PO4, gas, pH',
    ],
    [
      needed.slice(1),
      {},
      'map',
      /^there is no column for "glass", "ionic_conductivity"; the columns are sintering/,
    ],
  ])('%j', (headers, options, field, says) => {
    expect(refused(headers, options)).toMatchObject({
      ...{ code: 'INVALID_INPUT', field },
      message: typeof says === 'string' ? says : (expect.stringMatching(says) as unknown),
    });
  });

  it('where a value is in a unit of a share of something else', () => {
    const kelvin = newSpec({
      objectives: [{ property: 'temperature', goal: 'maximise', transform: 'none', unit: 'K' }],
    });
    const { problems } = readColumns(['Li3PO4', 'pressure', 'temperature [V]'], kelvin, {});
    expect(problems.map(({ header, field }) => [header, field])).toEqual([
      ['temperature [V]', 'map'],
      [null, 'map'],
    ]);
  });

  it('with all that is wrong, where somebody may say it otherwise', () => {
    const { columns, problems } = readColumns(['gas', 'gas', 'density [V]', 'note'], campaign, {
      map: { note: 'colour', absent: 'gas' },
    });
    expect(problems.map(({ field, header }) => [field, header])).toEqual([
      ['file', null],
      ['map', 'absent'],
      ['map', 'density [V]'],
      ['map', 'note'],
      ['map', null],
      ['map', null],
    ]);
    expect(columns.map(({ header, meaning }) => [header, meaning.kind])).toEqual([
      ['gas', 'parameter'],
      ['gas', 'parameter'],
      ['density [V]', 'ignored'],
      ['note', 'ignored'],
    ]);
  });

  it('not for names at the end that are empty, nor for columns that mean nothing', () => {
    expect(columnsOf([...all, '', ''], campaign, {})).toHaveLength(8);
    expect(
      columnsOf([...all, 'x', 'y'], campaign, {})
        .map(({ meaning }) => meaning.kind)
        .slice(-2),
    ).toEqual([...['ignored', 'ignored']]);
    expect(columnsOf([...needed, 'outcome'], campaign, {})).toHaveLength(6);
  });
});
