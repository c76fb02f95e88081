import { describe, expect, it } from '@jest/globals';
import { descriptorNames, descriptors } from '@ionloop/chemistry';
import { openStream, parseStreamSpec } from '../../src/index.js';

const garnets = {
  template: 'Li7{A}3({B}O6)2',
  sites: { A: ['La', 'Nd', 'Y', 'Li'], B: ['Zr', 'Hf', 'Ta', 'La', 'Sn'] },
};

describe('a stream of substitutions', () => {
  const stream = openStream(garnets);
  const formulas = Array.from({ length: 20 }, (_, i) => stream.pointAt(BigInt(i))['formula'] as string);

  it('has every choice once, the first site slowest', () => {
    expect(stream.size).toBe(20n);
    expect(formulas.slice(0, 6)).toEqual([
      'Li7La3(ZrO6)2',
      'Li7La3(HfO6)2',
      'Li7La3(TaO6)2',
      'Li7La3(LaO6)2',
      'Li7La3(SnO6)2',
      'Li7Nd3(ZrO6)2',
    ]);
    expect(new Set(formulas).size).toBe(20);
  });

  it('has the descriptors of its formulas to the bit, in blocks of any size', () => {
    const width = descriptorNames.length;
    expect(stream.names.slice(0, width)).toEqual(descriptorNames);
    for (const blockSize of [1, 3, 20]) {
      for (const { from, X } of stream.blocks(2n, 20n, blockSize)) {
        for (let i = 0; i < X.rows; i++) {
          const row = X.data.slice(i * X.cols, (i + 1) * X.cols);
          const formula = formulas[Number(from) + i] ?? '';
          expect([...row.subarray(0, width)]).toEqual([...descriptors(formula)]);
          expect([...row]).toEqual([...stream.encode([{ formula }]).data]);
        }
      }
    }
  });

  it('knows the charge, the lithium and how many elements there are', () => {
    const at = (formula: string, name: string): number =>
      stream.encode([{ formula }]).data[stream.names.indexOf(name)] ?? NaN;
    // 7·1 + 3·3 + 2·4 − 12·2
    expect(at('Li7La3Zr2O12', 'charge')).toBe(0);
    expect(at('Li7La3Ta2O12', 'charge')).toBe(2);
    expect(at('Li7La3Zr2O12', 'Li fraction')).toBeCloseTo(7 / 24, 15);
    // Lithium on the A site is the same lithium.
    expect(at('Li7Li3Zr2O12', 'Li fraction')).toBeCloseTo(10 / 24, 15);
    expect(at('Li7Li3Zr2O12', 'number of elements')).toBe(3);
  });

  it('takes a charge and a choice of properties from the spec', () => {
    const tin = openStream({ ...garnets, properties: ['electronegativity'], charges: { Sn: 2 } });
    expect(tin.names).toEqual([
      ...['mean', 'sd', 'min', 'max', 'range'].map((statistic) => `electronegativity ${statistic}`),
      'charge',
      'Li fraction',
      'number of elements',
    ]);
    expect(tin.encode([{ formula: 'Li7La3Sn2O12' }]).data[5]).toBe(-4);
  });

  it('reads itself from JSON', () => {
    expect(parseStreamSpec(JSON.parse(JSON.stringify(garnets)))).toEqual(garnets);
  });

  it.each([
    ['a template without sites', { template: 'Li3PS4', sites: {} }, 'template'],
    ['a template that is no formula', { template: 'Li{A}(', sites: { A: ['Na'] } }, 'template'],
    ['a site without elements', { template: 'Li{A}', sites: {} }, 'sites.A'],
    ['a site that is not there', { template: 'Li{A}', sites: { A: ['F'], B: ['Cl'] } }, 'sites.B'],
    ['what is no element', { template: 'Li{A}', sites: { A: ['F', 'Xx'] } }, 'sites.A[1]'],
    ['an element twice', { template: 'Li{A}', sites: { A: ['F', 'F'] } }, 'sites.A[1]'],
    ['an unknown property', { ...garnets, properties: ['colour'] }, 'properties[0]'],
    ['the charge of nothing', { ...garnets, charges: { Qq: 1 } }, 'charges.Qq'],
    ['an unknown key', { ...garnets, size: 3 }, 'space.size'],
  ])('refuses %s', (_, spec, field) => {
    expect(() => openStream(parseStreamSpec(spec))).toThrow(expect.objectContaining({ field }));
  });
});
