import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from '../steps.mjs';
import { contents } from './contents.mjs';
import { frame } from './frame.mjs';
import { addressOf, render } from './render.mjs';
import { searchIndex, searchOptions } from './search.mjs';

/** Writes the whole site into a folder; throws where a link leads nowhere. Answers what it wrote. */
export function buildSite(folder) {
  const sections = contents();
  const order = sections.flatMap(({ pages }) => pages);
  const known = new Set(order);
  const isPage = Object.assign((name) => known.has(name), {
    first: (name) => order.find((page) => page.startsWith(`${name}/`)),
  });
  const pages = order.map((page) => render(page, readFileSync(join(root, page), 'utf8'), isPage));
  checkFragments(pages);

  rmSync(folder, { recursive: true, force: true });
  const write = (name, text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const titles = new Map(pages.map(({ page, title }) => [page, title]));
  for (const page of pages)
    write(
      addressOf(page.page),
      frame(page, sections, (name) => titles.get(name)),
    );
  for (const file of new Set(pages.flatMap(({ files }) => [...files]))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
  }
  write('site/look.css', styles());
  write('site/reader.js', readFileSync(join(import.meta.dirname, 'reader.js'), 'utf8'));
  write('site/search.js', search(pages));
  return { pages: pages.length };
}

function checkFragments(pages) {
  const ids = new Map(pages.map(({ page, headings }) => [page, new Set(headings.map(({ id }) => id))]));
  for (const { page, links } of pages) {
    for (const { page: to, fragment } of links) {
      if (fragment !== undefined && !ids.get(to).has(fragment))
        throw new Error(`${page} links to #${fragment} of ${to}, which has no such heading`);
    }
  }
}

/** The dashboard's colours and sizes, then the site's own. */
const styles = () =>
  [join(root, 'apps/dashboard/src/design/tokens.css'), join(import.meta.dirname, 'look.css')]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

/** A script and no JSON, so that a page that was opened from a file may load it. */
function search(pages) {
  const library = readFileSync(
    join(dirname(createRequire(import.meta.url).resolve('minisearch')), '../umd/index.js'),
    'utf8',
  );
  const index = JSON.stringify(searchIndex(pages));
  return `${library}\nglobalThis.ionloopSearch = () => MiniSearch.loadJSON(${index}, ${JSON.stringify(searchOptions)});\n`;
}
