import { describe, expect, it } from '@jest/globals';
import { ionloop } from './support.js';

const replay = ['replay', '--pool', 'p.csv', '--target', 'y'];

describe('wrong usage', () => {
  it.each([
    ['an unknown command', ['brew'], "unknown command 'brew'"],
    ['an unknown option', ['doctor', '--fast'], "unknown option '--fast'"],
    ['a missing option', ['replay', '--pool', 'p.csv', '--goal', 'max'], "'--target <column>' not specified"],
    ['a goal that is none', [...replay, '--goal', 'sideways'], 'It must be max, min, or window:a:b'],
    [
      'a strategy that is none',
      [...replay, '--goal', 'max', '--strategy', 'auto,luck'],
      'There is no "luck"',
    ],
    ['a number that is none', [...replay, '--goal', 'max', '--budget', 'many'], 'whole number of at least 2'],
    ['a column named twice', [...replay, '--goal', 'max', '--inputs', 'a,b,a'], '"a" is named twice'],
    ['a missing campaign', ['verify'], "missing required argument 'campaign'"],
    [
      'a role that is none',
      ['token', 'create', '--name', 'x', '--role', 'king'],
      'Allowed choices are viewer',
    ],
    [
      'a lab token without station',
      ['token', 'create', '--name', 'x', '--role', 'lab'],
      'name it with --station',
    ],
    ['a rehearsal of nothing', ['rehearse'], 'either --campaign with a file or --running'],
    ['a range that is none', ['rehearse', '--campaign', 'c.json', '--expect', '3:1'], 'numbers low < high'],
    ['too much', ['migrate', 'now'], 'too many arguments'],
  ])('%s ends with 2 and says what is wrong', async (_what, args, words) => {
    const { code, err } = await ionloop(args);
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });
});

describe('help', () => {
  it.each([
    ['start'],
    ['demo'],
    ['propose'],
    ['rehearse'],
    ['replay'],
    ['verify'],
    ['export'],
    ['import'],
    ['backup'],
    ['restore'],
    ['doctor'],
    ['migrate'],
    ['token'],
    ['station'],
    ['conform'],
  ])('%s shows an example', async (command) => {
    const { code, out } = await ionloop([command, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`Examples?:\\n(.*\\n)*?.*ionloop ${command}`));
  });

  it('tells the version', async () => {
    expect(await ionloop(['--version'])).toMatchObject({ code: 0, out: '0.1.0' });
  });
});
