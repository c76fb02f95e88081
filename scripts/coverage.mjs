import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { linesOfCode } from './lines-of-code.mjs';
import { ensureReady } from './setup.mjs';
import { program, quietEnvironment, root } from './steps.mjs';

// npm run coverage [-- linalg space …] [--files]: which lines of each package its tests reach. Fails below this share of them.
const least = 90;
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { files: { type: 'boolean', default: false } },
});
const names = positionals.length > 0 ? positionals : readdirSync(join(root, 'libs'));

/**
 * Beside their own: the rules of the record are played by the engine's contracts, the store is held to the same contracts, the
 * client runs the cookbook.
 */
const testsOf = {
  client: ['libs/client/test', 'test/docs/cookbook.test.ts'],
  domain: ['libs/domain/test', 'libs/engine/test'],
  persistence: ['libs/persistence/test', 'test/contracts'],
};

await ensureReady();
let enough = true;
for (const name of names) {
  const files = await filesOf(name);
  const sum = (key) => files.reduce((total, file) => total + file[key], 0);
  const lines = percent(sum('reached'), sum('lines'));
  const branches = percent(sum('taken'), sum('branches'));
  console.log(
    `${name.padEnd(18)} lines ${lines} % of ${sum('lines')}, branches ${branches} %, by ${suitesOf(name).join(' ')}`,
  );
  for (const { path, reached, lines: all, missed } of files)
    if (values.files && reached < all * (least / 100))
      console.log(`  ${path} ${percent(reached, all)} %: ${missed.join(' ')}`);
  enough &&= Number(lines) >= least;
}
if (!enough) process.exitCode = 1;

function suitesOf(name) {
  return testsOf[name] ?? [`libs/${name}/test`];
}

function percent(part, whole) {
  return (whole === 0 ? 100 : (100 * part) / whole).toFixed(1);
}

async function filesOf(name) {
  const folder = mkdtempSync(join(tmpdir(), 'ionloop-coverage-'));
  const [node, jest] = program('jest/bin/jest.js');
  const { status } = spawnSync(
    node,
    [
      jest,
      ...suitesOf(name),
      '--coverage',
      '--coverageProvider=v8',
      `--collectCoverageFrom=libs/${name}/src/**/*.ts`,
      '--collectCoverageFrom=!**/{generated,testing}/**',
      '--coverageReporters=json',
      `--coverageDirectory=${folder}`,
      '--testTimeout=300000',
      '--silent',
    ],
    { cwd: root, env: quietEnvironment, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (status !== 0) {
    console.error(`${name}: its tests do not pass`);
    process.exit(1);
  }
  const report = JSON.parse(readFileSync(join(folder, 'coverage-final.json'), 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  return Object.values(report).map(({ path, statementMap, s, b }) => {
    // One statement of the report is one line of the file.
    const hits = new Map(Object.entries(statementMap).map(([id, { start }]) => [start.line, s[id]]));
    const lines = linesOfCode(readFileSync(path, 'utf8'));
    const missed = lines.filter((line) => hits.get(line) === 0);
    const ways = Object.values(b).flat();
    return {
      path: relative(root, path),
      lines: lines.length,
      reached: lines.length - missed.length,
      missed,
      branches: ways.length,
      taken: ways.filter((times) => times > 0).length,
    };
  });
}
