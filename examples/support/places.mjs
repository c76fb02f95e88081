import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const examplesFolder = join(root, 'examples');
/** Data sets lie beside the checkout, not in it. */
export const dataFolder = process.env.IONLOOP_DATA ?? resolve(root, '../shared/data');

export function dataFile(name) {
  const file = join(dataFolder, name);
  if (!existsSync(file)) {
    throw new Error(`${file} is not there; say where the data sets are with IONLOOP_DATA`);
  }
  return file;
}
