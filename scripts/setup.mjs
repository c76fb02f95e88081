import './node-version.mjs';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { matchesLockFile } from './installed.mjs';
import { holding } from './lock.mjs';
import { npm, program, root, step } from './steps.mjs';

const stamps = join(root, '.stamps');

/** Installs and builds what has changed since the last time; quick when nothing has. */
export async function ensureReady() {
  if (tasks.every((task) => !task.isDue(task.wanted()))) return;
  const waiting = (pid) => console.log(`Another setup is under way here (process ${pid}); waiting for it.`);
  await holding(join(stamps, 'lock'), waiting, async () => {
    for (const task of tasks) {
      const wanted = task.wanted();
      if (!task.isDue(wanted)) continue;
      rmSync(stampFile(task), { force: true });
      if (!(await task.run())) process.exit(1);
      writeFileSync(stampFile(task), wanted);
    }
  });
}

const packages = ['libs', 'apps'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .map((name) => `${folder}/${name}`)
    .filter((path) => existsSync(join(root, path, 'package.json'))),
);
const compiled = packages.filter((path) => existsSync(join(root, path, 'tsconfig.json')));

const install = {
  name: 'install',
  wanted: () => fingerprint(root, ['package-lock.json']),
  isDue: (wanted) => {
    if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return true;
    if (stampOf(install) === wanted) return false;
    if (!matchesLockFile(root)) return true;
    mkdirSync(stamps, { recursive: true });
    writeFileSync(stampFile(install), wanted);
    return false;
  },
  // No package of ours needs its install script, and a machine's policy may block them anyway.
  run: () =>
    step('Installed packages', [
      ...npm(),
      'ci',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ]),
};

const assemblies = packages.filter((path) => existsSync(join(root, path, 'assembly')));

const assembly = {
  name: 'assembly',
  wanted: () =>
    fingerprint(root, [
      'package-lock.json',
      'scripts/assembly.mjs',
      ...assemblies.map((path) => `${path}/assembly`),
    ]),
  isDue: (wanted) =>
    stampOf(assembly) !== wanted ||
    !assemblies.every((path) => existsSync(join(root, path, 'src/generated/assembly.ts'))),
  run: () => step('Built the numerical core', [process.execPath, 'scripts/assembly.mjs']),
};

const build = {
  name: 'build',
  wanted: () =>
    fingerprint(root, [
      'package-lock.json',
      'tsconfig.json',
      'tsconfig.base.json',
      ...packages.flatMap((path) => [`${path}/package.json`, `${path}/tsconfig.json`, `${path}/src`]),
    ]),
  isDue: (wanted) =>
    stampOf(build) !== wanted || !compiled.every((path) => existsSync(join(root, path, 'dist'))),
  run: () => step('Built the packages', [...program('typescript/bin/tsc'), '-b']),
};

const dashboard = {
  name: 'dashboard',
  wanted: () =>
    fingerprint(root, [
      'package-lock.json',
      'apps/api/schema.graphql',
      ...[
        'package.json',
        'tsconfig.json',
        'vite.config.ts',
        'vite.config.mjs',
        'index.html',
        'public',
        'src',
      ].map((name) => `apps/dashboard/${name}`),
    ]),
  isDue: (wanted) =>
    stampOf(dashboard) !== wanted || !existsSync(join(root, 'apps/dashboard/dist/site/index.html')),
  run: () => step('Built the dashboard', [...npm(), 'run', 'build', '-w', '@ionloop/dashboard']),
};

const tasks = [install, assembly, build, dashboard];

function stampFile(task) {
  return join(stamps, task.name);
}

function stampOf(task) {
  try {
    return readFileSync(stampFile(task), 'utf8');
  } catch {
    return undefined;
  }
}
