/**
 * Makes libs/chemistry/src/elementTable.ts from the table of element properties beside the checkout (or in IONLOOP_DATA):
 *   node scripts/element-table.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const data = process.env['IONLOOP_DATA'] ?? resolve(root, '../shared/data');

const [header, ...lines] = readFileSync(join(data, 'element_properties/data.csv'), 'utf8')
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(','));
const [symbolAt, numberAt, massAt] = ['symbol', 'atomic_number', 'atomic_mass_u'].map((name) => {
  const at = header.indexOf(name);
  if (at < 0) throw new Error(`the table has no column ${name}`);
  return at;
});
const rows = lines.map((cells, i) => {
  if (Number(cells[numberAt]) !== i + 1) throw new Error(`line ${i + 2} is not element ${i + 1}`);
  return `${cells[symbolAt]} ${Number(cells[massAt])}`;
});

writeFileSync(
  join(root, 'libs/chemistry/src/elementTable.ts'),
  `/**
 * Made by scripts/element-table.mjs from the data of L. Mentel's "mendeleev" (MIT; the notice is in notices/element-properties.txt): a line an element in the order
 * of atomic numbers, its symbol and its standard atomic weight in g/mol, as IUPAC's Commission on Isotopic Abundances and Atomic Weights states it (the
 * conventional value where it states an interval: H, Li, B, C, N, O, Mg, Si, S, Cl, Br, Tl), to five decimals; for elements that have none, the mass of a
 * long-lived isotope.
 */
export const elementTable = \`
${rows.map((row) => `  ${row}`).join('\n')}
\`;
`,
);
