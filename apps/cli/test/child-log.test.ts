import { afterAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { ChildLog } from '../src/launch/child-log.js';
import { Folder } from './support.js';

const folder = new Folder();
afterAll(() => folder.remove());

describe("a child's log", () => {
  it('is followed by two older ones, each of about 10 MB', () => {
    const log = new ChildLog(folder.at('api.log'));
    const megabyte = `${'x'.repeat(2 ** 20 - 1)}\n`;
    for (let i = 0; i < 45; i += 1) log.write(megabyte);
    log.write('last\n');
    log.close();
    expect(readdirSync(folder.path).sort()).toEqual(['api.log', 'api.log.1', 'api.log.2']);
    for (const name of readdirSync(folder.path))
      expect(statSync(folder.at(name)).size).toBeLessThan(12 * 2 ** 20);
    expect(readFileSync(folder.at('api.log'), 'utf8')).toMatch(/last\n$/);
  });

  it('has its last lines at hand', () => {
    const log = new ChildLog(folder.at('worker.log'));
    for (let i = 0; i < 100; i += 1) log.write(`line ${i}\nhal`.slice(0, -3));
    log.close();
    expect(log.tail.split('\n')).toHaveLength(20);
    expect(log.tail).toMatch(/line 99$/);
  });
});
