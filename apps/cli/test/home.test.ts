import { afterAll, describe, expect, it } from '@jest/globals';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { claimHome, prepareHome } from '../src/launch/home.js';
import { lives, markOf } from '@ionloop/embedded-postgres';
import { readRunFile, runningOn, writeRunFile } from '../src/launch/run-file.js';
import { Folder } from './support.js';

const folder = new Folder();
afterAll(() => folder.remove());

describe('the home folder', () => {
  it('is taken by one process at a time, which the second is told', () => {
    const giveBack = claimHome(folder.path);
    expect(() => claimHome(folder.path)).toThrow(`process ${process.pid}`);
    giveBack();
    claimHome(folder.path)();
  });

  it.each([
    ['of a process that has ended', JSON.stringify({ pid: 2 ** 22 + 1, stamp: null })],
    ['of an earlier process of the same number', JSON.stringify({ pid: process.pid, stamp: 'boot/1' })],
    ['that is no lock', 'half a l'],
  ])('is taken over from a lock %s', (_whose, text) => {
    writeFileSync(folder.at('ionloop.lock'), text);
    claimHome(folder.path)();
    expect(existsSync(folder.at('ionloop.lock'))).toBe(false);
  });

  it('is named where it cannot be made', () => {
    const file = folder.file('file', '');
    expect(() => prepareHome(`${file}/sub`)).toThrow(`${file}/sub cannot be written`);
  });
});

describe('the run file', () => {
  it('tells other commands where a running Ionloop is, and nobody else', () => {
    writeRunFile(folder.path, { url: 'http://127.0.0.1:4680', databaseUrl: 'postgres://x', children: [] });
    expect(statSync(folder.at('run.json')).mode & 0o777).toBe(0o600);
    expect(runningOn(folder.path)).toMatchObject({ ...markOf(process.pid), databaseUrl: 'postgres://x' });
  });

  it('of a process that has ended counts for nothing', () => {
    writeFileSync(
      folder.at('run.json'),
      JSON.stringify({ pid: process.pid, stamp: 'boot/1', url: null, databaseUrl: 'x', children: [] }),
    );
    expect(readRunFile(folder.path)).not.toBeNull();
    expect(runningOn(folder.path)).toBeNull();
  });

  it('that is damaged counts for nothing', () => {
    writeFileSync(folder.at('run.json'), '{"pid": 1');
    expect(readRunFile(folder.path)).toBeNull();
  });

  it('tells a process from a later one of the same number', () => {
    const mark = markOf(process.pid);
    expect(lives(mark)).toBe(true);
    expect(lives({ ...mark, stamp: mark.stamp === null ? null : `${mark.stamp}0` })).toBe(
      mark.stamp === null,
    );
  });
});
