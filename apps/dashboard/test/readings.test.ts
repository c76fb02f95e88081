import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readingAddress, readingId, readingKeys, readings } from '../src/plots/readings.js';

const source = join(__dirname, '..', 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.tsx') && !name.endsWith('PlotFigure.tsx'))
  .map((name) => ({ name, text: readFileSync(join(source, name), 'utf8') }));
/** Each figure of the dashboard, as it is written: from its tag to the next one. */
const figures = files.flatMap(({ name, text }) =>
  text
    .split('<PlotFigure')
    .slice(1)
    .map((rest) => ({ name, learns: [...rest.matchAll(/\slearn="([a-z]+)"/g)].map(([, key]) => key ?? '') })),
);

describe('how figures are read', () => {
  test('each figure links to one text of the help, and each text is linked', () => {
    expect(figures.length).toBeGreaterThanOrEqual(25);
    for (const { name, learns } of figures) expect([name, learns]).toEqual([name, [expect.any(String)]]);
    expect(new Set(figures.flatMap(({ learns }) => learns))).toEqual(new Set(readingKeys));
  });

  test.each(readingKeys)('%s has a title and some sentences', (key) => {
    const { title, text } = readings[key];
    expect(title).toMatch(/^[A-Z]/);
    expect(text).toMatch(/^[A-Z].{60,}\.$/);
  });

  test('no title is given twice', () => {
    const titles = readingKeys.map((key) => readings[key].title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('the address is that of its place on the help page, which shows all of them', () => {
    expect(readingAddress('parity')).toBe(`/help#${readingId('parity')}`);
    const help = files.find(({ name }) => name.endsWith('HelpPage.tsx'))?.text ?? '';
    expect(help).toMatch(/readingKeys\.map\(\(key\) => \(\s*<div key=\{key\} id=\{readingId\(key\)\}/);
  });
});
