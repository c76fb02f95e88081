import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromiumPath, openChromium } from '../support/chromium.js';

const checkout = resolve(__dirname, '../..');

describe('the documentation as a site', () => {
  let folder: string;

  beforeAll(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'ionloop-site-')), 'site');
    const built = spawnSync(process.execPath, [join(checkout, 'scripts/site.mjs'), folder], {
      encoding: 'utf8',
    });
    expect({ status: built.status, stderr: built.stderr }).toEqual({ status: 0, stderr: '' });
  });
  afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

  const pages = (): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));

  it('has every page of docs, of every package, and every decision', () => {
    const sources = ['docs', 'docs/adr'].flatMap((name) =>
      readdirSync(join(checkout, name))
        .filter((file) => file.endsWith('.md'))
        .map((file) => join(name, file.replace(/\.md$/, '.html'))),
    );
    const readmes = ['libs', 'apps'].flatMap((name) =>
      readdirSync(join(checkout, name)).map((each) => join(name, each, 'index.html')),
    );
    expect([...sources, ...readmes].filter((page) => !existsSync(join(folder, page)))).toEqual([]);
  });

  it('links only to what is there, headings included', () => {
    const broken = pages().flatMap((page) => {
      const html = readFileSync(join(folder, page), 'utf8');
      return [...html.matchAll(/(?:href|src)="([^"]+)"/g)]
        .map((match) => match[1] ?? '')
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => {
          const [path = '', fragment] = link.split('#');
          const target = path === '' ? join(folder, page) : join(folder, dirname(page), path);
          if (!existsSync(target) || !statSync(target).isFile()) return true;
          return fragment !== undefined && !readFileSync(target, 'utf8').includes(`id="${fragment}"`);
        })
        .map((link) => `${page}: ${link}`);
    });
    expect(broken).toEqual([]);
  });

  (chromiumPath === undefined ? describe.skip : describe)('opened from the disk', () => {
    it('finds a page by a word on it, asks nothing of the network, and breaks nothing at 390 pixels', async () => {
      const browser = await openChromium();
      try {
        const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
        const wrong: string[] = [];
        page.on('pageerror', (error) => wrong.push(error.message));
        page.on('request', (request) => {
          if (!request.url().startsWith('file:')) wrong.push(request.url());
        });
        await page.goto(pathToFileURL(join(folder, 'index.html')).href);
        await page.getByRole('searchbox').fill('quarantined');
        await page.locator('#found a').filter({ hasText: 'Glossary' }).click();
        await page.getByRole('heading', { name: 'Glossary' }).waitFor();
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect({ width, wrong }).toEqual({ width: 390, wrong: [] });
      } finally {
        await browser.close();
      }
    }, 60_000);
  });
});
