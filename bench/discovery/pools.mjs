/**
 * The pools of bench:discovery: finished data sets, as the "Task" of each SOURCE.md has them, and analytic functions at drawn points. The rows are the candidates;
 * asking for a row reveals its value.
 *   file        in the shared data (IONLOOP_DATA, or beside the checkout)
 *   transform   the scale on which models see the target
 *   categories  inputs that are names, even where they are written as numbers
 *   amounts     inputs that are parts of one whole
 *   formula     the input that is a chemical formula
 *   logarithms  inputs that are lengths or volumes
 *   replicates  'mean': rows with the same inputs count as one, with their mean; 'draw': as one, of which each seed sees one measurement, and whose mean is the truth
 *   noise       sd of what is seen, as a share of the sd of the truth over the pool
 */
import { Philox } from '@ionloop/linalg';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { columnIn, readCsv } from '../../apps/cli/dist/input/csv.js';
import { initialRows } from '../../apps/cli/dist/replay/run.js';
import { analyticRows, functions } from './functions.mjs';

export const dataFolder =
  process.env.IONLOOP_DATA ?? resolve(fileURLToPath(new URL('../..', import.meta.url)), '../shared/data');

const obelix = {
  file: 'obelix/data.csv',
  target: 'log10_conductivity_S_cm',
  goal: 'max',
  formula: 'formula_cell',
};
const lattice = ['a_A', 'b_A', 'c_A'];
const solvents = 'x_EC x_PC x_DMC x_EMC x_DEC x_TFP x_EA x_MA'.split(' ');
const plate = ['x_Co', 'x_Cu', 'x_Fe', 'x_Mn', 'x_Sn', 'x_Ta'];
const film = ['p3ht_pct', 'cnt_d1_pct', 'cnt_d2_pct', 'cnt_d6_pct', 'cnt_d8_pct'];
const barrel = {
  file: 'pvlab_crossed_barrel/data.csv',
  target: 'toughness_J',
  goal: 'max',
  inputs: ['n_struts', 'theta_deg', 'r_mm', 't_mm'],
};

/** latp_bo has 22 rows, too few to be one. */
const measured = {
  obelix: {
    ...obelix,
    inputs: ['formula_cell', 'space_group_number', ...lattice, 'alpha_deg', 'beta_deg', 'gamma_deg'],
    categories: ['space_group_number'],
    logarithms: lattice,
    // Two rows that agree in all of these are two entries of the data set.
    replicates: 'rows',
  },
  obelix_composition: { ...obelix, inputs: ['formula_cell'], replicates: 'rows' },
  calisol23: {
    file: 'calisol23/pool_303K_molkg_mass.csv',
    target: 'conductivity_mS_cm',
    goal: 'max',
    inputs: ['salt', 'salt_concentration', ...solvents],
    categories: ['salt'],
    amounts: solvents,
  },
  // The plates' other elements are in none of this one's spots.
  oer_plate_3860: {
    file: 'oer_plate_3860/data.csv',
    target: 'overpotential_V',
    goal: 'min',
    inputs: plate,
    amounts: plate,
  },
  p3ht: {
    file: 'pvlab_p3ht_cnt/data.csv',
    target: 'conductivity_S_cm',
    goal: 'max',
    transform: 'log10',
    inputs: film,
    amounts: film,
  },
  crossed_barrel: barrel,
  crossed_barrel_noisy: { ...barrel, replicates: 'draw' },
  direct_arylation: {
    file: 'direct_arylation/data.csv',
    target: 'yield_pct',
    goal: 'max',
    inputs: ['ligand', 'base', 'solvent', 'concentration_M', 'temperature_C'],
    categories: ['ligand', 'base', 'solvent'],
  },
};

const analytic = Object.fromEntries(
  Object.entries(functions).flatMap(([name, { goal, inputs, amounts = [], noise }]) => {
    const pool = { function: name, target: 'value', goal, inputs, amounts };
    return [[name, pool], ...(noise > 0 ? [[`${name}_noisy`, { ...pool, noise }]] : [])];
  }),
);

export const pools = Object.fromEntries(
  Object.entries({ ...measured, ...analytic }).map(([name, pool]) => [
    name,
    {
      name,
      transform: 'none',
      categories: [],
      amounts: [],
      logarithms: [],
      replicates: 'mean',
      noise: 0,
      ...pool,
    },
  ]),
);

/** Candidates in the order of the file: their inputs as they are written, and everything measured of each. */
export function loadPool(name, { rows: points = 2000 } = {}) {
  const pool = pools[name];
  if (pool === undefined)
    throw new Error(`there is no pool ${name}; there are ${Object.keys(pools).join(', ')}`);
  const rows = pool.function === undefined ? rowsOfFile(pool) : analyticRows(pool.function, points);
  const candidates = new Map();
  rows.forEach(({ cells, value }, at) => {
    const key = pool.replicates === 'rows' ? String(at) : JSON.stringify(cells);
    const candidate = candidates.get(key);
    if (candidate) candidate.measured.push(value);
    else candidates.set(key, { cells, measured: [value] });
  });
  const list = [...candidates.values()];
  const truth = list.map(({ measured: all }) => all.reduce((sum, value) => sum + value, 0) / all.length);
  const loaded = {
    ...pool,
    cells: list.map(({ cells }) => cells),
    measured: list.map((row) => row.measured),
    truth,
  };
  return { ...loaded, hash: hashOf(loaded) };
}

function rowsOfFile({ file, target, inputs }) {
  const table = readCsv(join(dataFolder, file));
  const at = columnIn(table, target);
  const places = inputs.map((input) => columnIn(table, input));
  return table.rows
    .filter(({ cells }) => cells[at] !== '')
    .map(({ cells }) => ({ cells: places.map((place) => cells[place]), value: Number(cells[at]) }));
}

function hashOf({ inputs, categories, transform, goal, replicates, noise, cells, measured: all }) {
  const content = JSON.stringify([inputs, categories, transform, goal, replicates, noise, cells, all]);
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/** What each row answers when it is asked for, by seed: the same for every contestant. */
export function observed({ name, replicates, noise, truth, measured: all }, seed) {
  const stream = Philox.fromSeed(`bench/discovery/${name}/${seed}`);
  if (replicates === 'draw') return all.map((values) => values[stream.integer(values.length)]);
  if (noise === 0) return truth;
  const sd = noise * spreadOf(truth);
  return truth.map((value) => value + sd * stream.normal());
}

function spreadOf(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** The rows that a seed begins with: those of `ionloop replay`. */
export const initialOf = ({ truth }, seed, count) =>
  initialRows({ candidates: truth.map((value, index) => ({ index, value })) }, seed, count).map(
    ({ index }) => index,
  );

/** The pool as a seed sees it, for whoever reads files. */
export function csvOf({ inputs, target, cells }, values) {
  const quoted = (cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = cells.map((row, i) => [...row.map(quoted), String(values[i])].join(','));
  return [[...inputs, target].map(quoted).join(','), ...lines, ''].join('\n');
}
