import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';

const checkout = resolve(__dirname, '../..');
const pages = (folder: string): string[] =>
  readdirSync(join(checkout, folder), { withFileTypes: true }).flatMap((entry) => {
    if (
      ['node_modules', 'dist', '.git', '.ionloop', '.stamps', 'coverage'].includes(entry.name) ||
      entry.name.startsWith('.venv')
    )
      return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? pages(path) : entry.name.endsWith('.md') ? [path] : [];
  });

it.each(pages('.'))('every link of %s leads somewhere', (page) => {
  const text = readFileSync(join(checkout, page), 'utf8');
  const broken = [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
    .map((match) => match[1] ?? '')
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => !existsSync(join(checkout, dirname(page), link)));
  expect(broken).toEqual([]);
});
