/**
 * The packages of libs/ as tarballs, each with the licence: what a registry would be given. After `npm run build`:
 *   npm run pack -- FOLDER
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, root } from './steps.mjs';

/** The tarballs' paths, in the order of the folders. */
export function pack(folder) {
  mkdirSync(folder, { recursive: true });
  return readdirSync(join(root, 'libs')).map((name) => {
    const home = join(root, 'libs', name);
    const licence = join(home, 'LICENSE');
    copyFileSync(join(root, 'LICENSE'), licence);
    try {
      return join(folder, packed(home, folder));
    } finally {
      rmSync(licence);
    }
  });
}

function packed(home, folder) {
  const [command, ...before] = npm();
  const { status, stdout, stderr } = spawnSync(
    command,
    [...before, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    { cwd: home, encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Error(`npm pack failed in ${home}: ${stderr}`);
  const [{ filename }] = JSON.parse(stdout);
  return filename;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    console.error('Say which folder the tarballs go to: npm run pack -- FOLDER');
    process.exit(2);
  }
  for (const path of pack(resolve(folder))) console.log(path);
}
