import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { settingsMarkdown, settingsTable } from '@ionloop/config';

const page = readFileSync(resolve(__dirname, '../../docs/settings.md'), 'utf8');
const cells = (table: string): string[][] =>
  table
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));

it('the page of settings says what the program reads', () => {
  expect(cells(page)).toEqual(cells(settingsMarkdown()));
  expect(cells(page)).toHaveLength(Object.keys(settingsTable).length);
});
