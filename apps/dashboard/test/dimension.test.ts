import { expect, it } from '@jest/globals';
import { dimensionColumn, dimensionLabel } from '../src/format/dimension.js';

it('axes call formulas by their subscripts, and columns of numbers as the campaign has them', () => {
  const named = (name: string, unit = '') => [
    dimensionLabel({ name, unit }),
    dimensionColumn({ name, unit }),
  ];
  expect(named('Li3PO4')).toEqual(['Li₃PO₄', 'Li3PO4']);
  expect(named('Li2SO4', 'mol')).toEqual(['Li₂SO₄ (mol)', 'Li2SO4 (mol)']);
  expect(named('temperature', '°C')).toEqual(['temperature (°C)', 'temperature (°C)']);
});
