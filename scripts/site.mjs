// The documentation as pages to read, on a server or from the disk: npm run docs -- [FOLDER]
import { join, resolve } from 'node:path';
import { buildSite } from './site/build.mjs';
import { root } from './steps.mjs';

const folder = resolve(process.argv[2] ?? join(root, 'site'));
try {
  const { pages } = buildSite(folder);
  console.log(`${pages} pages: open ${join(folder, 'index.html')}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
