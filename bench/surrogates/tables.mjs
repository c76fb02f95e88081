/** The shared data sets as training data, and `ionloop fit` on OBELiX. Read from IONLOOP_DATA or beside the checkout. */
import { matrix } from '@ionloop/linalg';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = process.env.IONLOOP_DATA ?? resolve(root, '../shared/data');

const wanted = [
  {
    name: 'latp_bo',
    target: 'log10_conductivity_S_cm',
    inputs: ['h3po4_deviation_wtpct', 'sintering_temperature_C', 'sintering_time_min'],
  },
  {
    name: 'pvlab_p3ht_cnt',
    target: 'conductivity_S_cm',
    inputs: ['p3ht_pct', 'cnt_d1_pct', 'cnt_d2_pct', 'cnt_d6_pct', 'cnt_d8_pct'],
  },
  { name: 'pvlab_crossed_barrel', target: 'toughness_J', inputs: ['n_struts', 'theta_deg', 'r_mm', 't_mm'] },
  {
    name: 'calisol23',
    file: 'pool_303K_molkg_mass.csv',
    target: 'log10_conductivity_S_cm',
    inputs: 'salt salt_concentration x_EC x_PC x_DMC x_EMC x_DEC x_TFP x_EA x_MA'.split(' '),
  },
  {
    name: 'direct_arylation',
    target: 'yield_pct',
    inputs: ['ligand', 'base', 'solvent', 'concentration_M', 'temperature_C'],
  },
  {
    name: 'oer_plate_3860',
    target: 'overpotential_V',
    inputs: ['x_Co', 'x_Cu', 'x_Fe', 'x_Mn', 'x_Sn', 'x_Ta'],
  },
];

/** At most so many rows of each, drawn. None of the columns needed holds a quoted comma. */
export function tables(most, rng) {
  return wanted.map(({ name, file = 'data.csv', target, inputs }) => {
    const [header, ...all] = readFileSync(join(folder, name, file), 'utf8')
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','));
    const rows =
      all.length > most
        ? rng
            .split(name)
            .choose(all.length, most)
            .map((at) => all[at])
        : all;
    const columns = inputs.map((input) => rows.map((cells) => cells[header.indexOf(input)]));
    const categorical = columns.flatMap((column, j) =>
      column.some((cell) => Number.isNaN(Number(cell))) ? [j] : [],
    );
    const coded = columns.map((column, j) => {
      if (!categorical.includes(j)) return column.map(Number);
      const levels = [...new Set(column)].sort();
      return column.map((cell) => levels.indexOf(cell));
    });
    const values = rows.flatMap((_, i) => coded.map((column) => column[i]));
    return {
      name,
      data: {
        X: matrix(rows.length, inputs.length, Float64Array.from(values)),
        y: Float64Array.from(rows, (cells) => Number(cells[header.indexOf(target)])),
        categorical,
      },
    };
  });
}

/** Metrics in five folds that keep papers together. */
export function obelix(model, inputs) {
  const out = mkdtempSync(join(tmpdir(), 'ionloop-bench-'));
  const json = join(out, 'fit.json');
  const args = ['--data', join(folder, 'obelix/data.csv'), '--target', 'log10_conductivity_S_cm'];
  const more = inputs.length > 0 ? ['--inputs', inputs.join(',')] : [];
  try {
    execFileSync(
      process.execPath,
      [
        ...[join(root, 'apps/cli/dist/main.js'), 'fit', ...args, ...more],
        ...['--formula', 'formula_cell', '--groups', 'doi', '--model', model, '--json', json],
      ],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    return JSON.parse(readFileSync(json, 'utf8')).metrics;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
