/**
 * Makes libs/chemistry/src/charge/oxidationStates.ts from how often SMACT counts each oxidation state of an element in crystal structures, held against the
 * states that the table of element properties beside the checkout (or in IONLOOP_DATA) lists:
 *   pip download --no-deps smact==4.0.2 && unzip smact-4.0.2-py3-none-any.whl -d smact-wheel
 *   node scripts/oxidation-states.mjs smact-wheel
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [wheel] = process.argv.slice(2);
if (wheel === undefined) throw new Error('say where the unpacked wheel of smact 4.0.2 lies');
const root = fileURLToPath(new URL('..', import.meta.url));
const data = process.env['IONLOOP_DATA'] ?? resolve(root, '../shared/data');
const target = join(root, 'libs/chemistry/src/charge/oxidationStates.ts');
/** SMACT's own filter: fewer reports are taken for errors. */
const fewestReports = 6;

const [header, ...lines] = readFileSync(join(data, 'element_properties/data.csv'), 'utf8')
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(','));
const symbolAt = header.indexOf('symbol');
const statesAt = header.indexOf('oxidation_states');
if (symbolAt < 0 || statesAt < 0) throw new Error('the table lacks symbol or oxidation_states');
const counts = JSON.parse(
  readFileSync(join(wheel, 'smact/data/oxidation_states_icsd24_counts.json'), 'utf8'),
);

const rows = lines.map((cells) => {
  const symbol = cells[symbolAt];
  const listed = (cells[statesAt] ?? '')
    .split(' ')
    .filter((cell) => cell !== '' && cell !== '0')
    .map(Number);
  const reported = counts
    .filter(({ element, results_count: reports }) => element === symbol && reports >= fewestReports)
    .map(({ oxidation_state: state, results_count: reports }) => ({ state, reports }))
    .filter(({ state }) => listed.includes(state));
  const states = reported.length > 0 ? reported : listed.map((state) => ({ state, reports: 1 }));
  const common = states.sort((a, b) => b.reports - a.reports || b.state - a.state);
  return [symbol, ...common.map(({ state, reports }) => `${state}:${reports}`)].join(' ');
});

writeFileSync(
  target,
  `/**
 * Made by scripts/oxidation-states.mjs: the oxidation states other than 0 that SMACT 4.0.2 (MIT) counts at least ${fewestReports} times in the crystal structures of the
 * ICSD and L. Mentel's "mendeleev" (MIT) lists as well, the most common first, each with its count; where SMACT counts none, those that mendeleev lists, with 1.
 * The notices are in notices/element-properties.txt and notices/oxidation-states.txt.
 */
export const oxidationStateTable = \`
${rows.map((row) => `  ${row}`).join('\n')}
\`;
`,
);
