/**
 * Makes libs/chemistry/src/descriptors/elementProperties.ts from the table of element properties beside the checkout (or in IONLOOP_DATA):
 *   node scripts/element-properties.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const data = process.env['IONLOOP_DATA'] ?? resolve(root, '../shared/data');
const target = join(root, 'libs/chemistry/src/descriptors/elementProperties.ts');

/** Our names for the columns of the table. */
const columns = {
  atomicNumber: 'atomic_number',
  atomicMass: 'atomic_mass_u',
  period: 'period',
  group: 'group',
  mendeleevNumber: 'mendeleev_number',
  electronegativity: 'electronegativity_pauling',
  covalentRadius: 'covalent_radius_pm',
  atomicRadius: 'atomic_radius_pm',
  ionisationEnergy: 'ionization_energy_1_eV',
  polarisability: 'dipole_polarizability_au',
  meltingPoint: 'melting_point_K',
  valenceElectrons: 'valence_electrons',
  sElectrons: 'outer_s_electrons',
  pElectrons: 'outer_p_electrons',
  dElectrons: 'outer_d_electrons',
  shannonRadius: 'shannon_radius_typical_pm',
  oxidationState: 'typical_oxidation_state',
  vanDerWaalsRadius: 'vdw_radius_pm',
};

// No field of these columns is quoted; the quoted ones come after them.
const [header, ...lines] = readFileSync(join(data, 'element_properties/data.csv'), 'utf8')
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(','));
const place = (name) => {
  const at = header.indexOf(name);
  if (at < 0) throw new Error(`the table has no column ${name}`);
  return at;
};
const places = Object.values(columns).map(place);
/** As short as it is exact: 13.989999999999952 is 13.99 after a conversion of units. */
const short = (cell) => (cell === '' ? '-' : String(Number(Number(cell).toPrecision(10))));
const rows = lines.map((cells) =>
  [cells[place('symbol')], ...places.map((at) => short(cells[at]))].join(' '),
);

writeFileSync(
  target,
  `/**
 * Made by scripts/element-properties.mjs from the data of L. Mentel's "mendeleev" (MIT), gaps of Z ≤ 96 filled from the table of A. O. Oliynyk in CBFV (MIT,
 * S. Kauwe, T. D. Sparks); radii by R. D. Shannon, Acta Cryst. A32, 751 (1976). The notices of both are in notices/element-properties.txt. What is not known is
 * written "-".
 */
export const propertyNames = [
${Object.keys(columns)
  .map((name) => `  '${name}',`)
  .join('\n')}
] as const;

/** A line an element: its symbol, then its properties in the order of their names; radii in pm, energies in eV, temperatures in K. */
export const propertyTable = \`
${rows.map((row) => `  ${row}`).join('\n')}
\`;
`,
);
