import asc from 'assemblyscript/asc';
import { Buffer } from 'node:buffer';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprint } from './fingerprint.mjs';

// Compiles each libs/*/assembly to a module whose bytes stand in src/generated/assembly.ts: no file to find at run time.
const root = fileURLToPath(new URL('..', import.meta.url));

const flags = [
  '-O3',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--use',
  'abort=',
  '--enable',
  'simd',
  '--maximumMemory',
  '65536',
];

for (const name of readdirSync(join(root, 'libs'))) {
  const folder = `libs/${name}/assembly`;
  if (existsSync(join(root, folder, 'index.ts')))
    await compile(folder, `libs/${name}/src/generated/assembly.ts`);
}

async function compile(folder, target) {
  const source = fingerprint(root, [
    folder,
    'scripts/assembly.mjs',
    'node_modules/assemblyscript/package.json',
  ]);
  const file = join(root, target);
  if (existsSync(file) && readFileSync(file, 'utf8').includes(source)) return;
  const bytes = await bytesOf(folder);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    [
      `// Made from ${folder} by scripts/assembly.mjs; ${bytes.length} bytes of WebAssembly.`,
      `// ${source}`,
      `export const moduleBytes =\n  '${Buffer.from(bytes).toString('base64')}';`,
      '',
    ].join('\n'),
  );
}

async function bytesOf(folder) {
  let bytes;
  const { error, stderr } = await asc.main([`${folder}/index.ts`, '--outFile', 'out.wasm', ...flags], {
    readFile: (name, base) => readIfThere(join(root, base === '.' ? '' : base, name)),
    writeFile: (name, contents) => {
      if (name === 'out.wasm') bytes = contents;
    },
    listFiles: () => [],
  });
  if (error) {
    console.error(stderr.toString());
    throw error;
  }
  return bytes;
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
