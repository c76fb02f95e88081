import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureReady } from './setup.mjs';
import { program, quietEnvironment, root } from './steps.mjs';

// npm run mutation -- acquisition|engine [--files 'lab/*.ts'] [--force] [--sample 500 [--seed 1]]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string' },
    force: { type: 'boolean', default: false },
    sample: { type: 'string' },
    seed: { type: 'string', default: '20261121' },
  },
});
const [name] = positionals;
if (!['acquisition', 'engine'].includes(name)) {
  console.error('Name the package: npm run mutation -- acquisition, or engine');
  process.exit(1);
}

const size = values.sample === undefined ? undefined : Number(values.sample);
if (size !== undefined && !(Number.isInteger(size) && size > 0)) {
  console.error('--sample takes how many mutants are tried');
  process.exit(1);
}

await ensureReady();
const [node, stryker] = program('@stryker-mutator/core/bin/stryker.js');
const { status } = spawnSync(
  node,
  [stryker, 'run', 'test/mutation/stryker.config.mjs', ...(values.force ? ['--force'] : [])],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      // The tests run in a copy, from which what lies beside the checkout is not found.
      IONLOOP_REFERENCE: join(root, '../shared/reference'),
      IONLOOP_DATA: join(root, '../shared/data'),
      ...quietEnvironment,
      IONLOOP_MUTATION_PACKAGE: name,
      ...(values.files !== undefined && { IONLOOP_MUTATION_FILES: values.files }),
      ...(size !== undefined && { IONLOOP_MUTATION_SAMPLE: JSON.stringify({ size, seed: values.seed }) }),
    },
  },
);
process.exitCode = status ?? 1;
