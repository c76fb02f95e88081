/**
 * The Python environments of the peers, each made from its list of requirements on first use and reused until that list changes: 'core' is light,
 * 'discovery' holds the planners that others would take.
 * By hand: node bench/peers/environment.mjs [core|discovery]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const places = {
  core: { requirements: join(folder, 'requirements.txt'), venv: join(folder, '.venv') },
  discovery: {
    requirements: join(folder, 'requirements-discovery.txt'),
    venv: join(folder, '.venv-discovery'),
  },
};
const candidates = ['python3.11', 'python3', 'python'];

/** Peers on one thread: their thread pools are not what is compared. */
const oneThread = {
  OPENBLAS_NUM_THREADS: '1',
  OMP_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
};

/** The environment's Python, or why there is none. */
export function openEnvironment(report = () => undefined, name = 'core') {
  const { requirements, venv } = places[name];
  const mark = join(venv, 'requirements.txt');
  const python = join(venv, 'bin', 'python');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === readFileSync(requirements, 'utf8'))
    return { python };
  const base = candidates.find((name) => run(name, ['--version']).status === 0);
  if (base === undefined) return { missing: `no Python: none of ${candidates.join(', ')} runs` };
  report(`Making the environment of the peers in ${venv}; this happens once.`);
  rmSync(venv, { recursive: true, force: true });
  for (const [what, command, args] of [
    ['a virtual environment', base, ['-m', 'venv', venv]],
    [
      'the packages',
      python,
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements],
    ],
  ]) {
    const made = run(command, args);
    if (made.status !== 0) {
      const reason = (made.stderr || made.error?.message || '').trim().split('\n').at(-1);
      return { missing: `${what} could not be made: ${reason}` };
    }
  }
  writeFileSync(mark, readFileSync(requirements));
  return { python };
}

function run(command, args) {
  return spawnSync(command, args, { encoding: 'utf8' });
}

/** A Python process that answers each line of JSON with one. */
export function openPeer(python, script, ...args) {
  const child = spawn(python, [script, ...args], {
    env: { ...process.env, ...oneThread },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting = [];
  const exited = new Promise((resolve) => {
    child.once('exit', (code) => {
      resolve();
      for (const { reject } of waiting.splice(0)) reject(new Error(`the peer ended with code ${code}`));
    });
  });
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line)));
  return {
    ask(request) {
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${JSON.stringify(request)}\n`);
      });
    },
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { python, missing } = openEnvironment(console.log, process.argv[2]);
  console.log(missing ?? `The peers run on ${python}.`);
  process.exitCode = missing === undefined ? 0 : 1;
}
