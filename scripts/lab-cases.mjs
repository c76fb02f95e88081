import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { program, root } from './steps.mjs';

// Runs the tests that docs/lab-protocol-cases.md names and writes which of the cases passed: docs/lab-cases-report.md.
const page = readFileSync(join(root, 'docs/lab-protocol-cases.md'), 'utf8');
const cases = page
  .split('\n')
  .filter((line) => /^\| \d+ /.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, number, name, tests]) => ({ number, name, tests: namedTests(tests) }));

/** `file`: "name"; "name"; `file`: "name" */
function namedTests(cell) {
  let file = '';
  return [...cell.matchAll(/`([^`]+)`|"([^"]+)"/g)].flatMap(([, path, name]) => {
    if (path !== undefined) file = path;
    return name === undefined ? [] : [{ file, name }];
  });
}

/** A contract has no tests of its own: it is played by those who are held to it. */
const contract = 'libs/engine/src/testing/loop/';
const players = ['libs/engine/test/loop.test.ts', 'test/contracts/loop-on-postgres.test.ts'];
const filesOf = (file) => (file.startsWith(contract) ? players : [file]);

const files = [...new Set(cases.flatMap(({ tests }) => tests.flatMap(({ file }) => filesOf(file))))];
const folder = mkdtempSync(join(tmpdir(), 'ionloop-cases-'));
const output = join(folder, 'results.json');
const [command, ...args] = program('jest/bin/jest.js');
spawnSync(command, [...args, '--json', '--outputFile', output, '--runTestsByPath', ...files], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
const { testResults } = JSON.parse(readFileSync(output, 'utf8'));
rmSync(folder, { recursive: true, force: true });

/** The titles of some hold a number that is only known when they run: `${n} kills: …`. */
function endsOf({ file, name }) {
  return filesOf(file).map((path) => {
    const ran = testResults.find((one) => one.name.endsWith(`/${path}`))?.assertionResults ?? [];
    const own = ran.filter(({ title }) => title.includes(name));
    if (own.length === 0) return 'not run';
    return own.every(({ status }) => status === 'passed') ? 'passed' : 'FAILED';
  });
}

const verdicts = cases.map(({ number, name, tests }) => {
  const ends = tests.flatMap(endsOf);
  const verdict =
    tests.length === 0
      ? 'no test'
      : ends.every((end) => end === 'passed')
        ? 'passed'
        : ends.includes('FAILED')
          ? 'FAILED'
          : 'not run';
  return { number, name, count: ends.length, verdict };
});
const rows = verdicts.map(({ number, name, count, verdict }) => [number, name, String(count), verdict]);
const header = ['#', 'case', 'tests', ''];
const widths = header.map((cell, i) => Math.max(3, cell.length, ...rows.map((row) => row[i].length)));
const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
const passed = verdicts.filter(({ verdict }) => verdict === 'passed').length;
writeFileSync(
  join(root, 'docs/lab-cases-report.md'),
  [
    '# The cases of the lab protocol, played',
    '',
    `Written by \`npm run lab:cases\`, which runs the tests that [lab-protocol-cases](lab-protocol-cases.md) names: ${passed} of ${cases.length} passed,`,
    `Node ${process.versions.node}, load ${loadavg()[1].toFixed(1)} over the last five minutes. A contract's test counts once for each record it is played on.`,
    '',
    line(header),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map(line),
    '',
  ].join('\n'),
);
for (const { number, name, verdict } of verdicts)
  if (verdict !== 'passed') console.error(`${number} ${name}: ${verdict}`);
process.exit(passed === cases.length ? 0 : 1);
