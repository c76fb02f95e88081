import { formulaText } from './formula.js';
import { withUnit } from './number.js';

interface Named {
  readonly name: string;
  readonly unit: string;
}

/** What a column of the numbers is called, as the campaign says it: Li3PO4, temperature (°C). */
export const dimensionColumn = ({ name, unit }: Named): string =>
  withUnit(name, unit === '' ? '' : `(${unit})`);

/** What an axis is called, formulas with their subscripts: Li₃PO₄, temperature (°C). */
export const dimensionLabel = ({ name, unit }: Named): string =>
  dimensionColumn({ name: formulaText(name), unit });
