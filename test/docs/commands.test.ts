import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const checkout = resolve(__dirname, '../..');
const markdown = (folder: string): string[] =>
  readdirSync(join(checkout, folder), { withFileTypes: true }).flatMap((entry) => {
    if (
      ['node_modules', 'dist', '.git', '.ionloop', '.stamps', 'site', 'coverage'].includes(entry.name) ||
      entry.name.startsWith('.venv')
    )
      return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? markdown(path) : entry.name.endsWith('.md') ? [path] : [];
  });

/** Each `npx ionloop …` of a shell block, lines that go on joined, what belongs to another program left out. */
const commands = markdown('.').flatMap((page) =>
  [...readFileSync(join(checkout, page), 'utf8').matchAll(/```(?:sh|bash)\n([\s\S]*?)```/g)].flatMap(
    (block) =>
      (block[1] ?? '')
        .replace(/\\\n\s*/g, ' ')
        .split('\n')
        .flatMap((line) => /npx ionloop (.*)$/.exec(line)?.[1] ?? [])
        .map((line) => {
          const own = line.replace(/\s#.*$/, '').split(/\s(?:--\s|\||>)/)[0] ?? '';
          return {
            page,
            line: own,
            name: own.split(' ')[0] ?? '',
            words: own.replace(/"[^"]*"/g, '…').split(/\s+/),
          };
        }),
  ),
);

const help = new Map<string, string>();
const helpOf = (path: readonly string[]): string => {
  const key = path.join(' ');
  const known = help.get(key);
  if (known !== undefined) return known;
  const run = spawnSync(process.execPath, [join(checkout, 'apps/cli/dist/main.js'), ...path, '--help'], {
    encoding: 'utf8',
  });
  const text = run.status === 0 ? run.stdout : '';
  help.set(key, text);
  return text;
};

describe('commands in the documentation', () => {
  it('are there', () => expect(commands.length).toBeGreaterThan(10));

  it.each(commands)('$page: ionloop $line', ({ name, words }) => {
    const options = words.filter((word) => word.startsWith('--')).map((word) => word.split('=')[0] ?? '');
    const below = words[1] !== undefined && /^[a-z]+$/.test(words[1]) ? helpOf([name, words[1]]) : '';
    const text = `${helpOf(name.startsWith('--') ? [] : [name])}\n${below}`;
    expect(text).toContain(name.startsWith('--') ? name : `ionloop ${name}`);
    expect(options.filter((option) => option !== '--help' && !text.includes(option))).toEqual([]);
  });
});
