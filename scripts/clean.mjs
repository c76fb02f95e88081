import './node-version.mjs';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './steps.mjs';

// What can be made again; the data under .ionloop cannot, and stay.
const made = [
  '.stamps',
  'coverage',
  ...['libs', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name, 'dist')),
  ),
  ...(process.argv.includes('--all') ? ['node_modules'] : []),
];
for (const path of made) rmSync(join(root, path), { recursive: true, force: true });
console.log(`Removed what was built${process.argv.includes('--all') ? ' and installed' : ''}.`);
