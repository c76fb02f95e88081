import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { cases, conform, type Finding } from '../src/conformance/index.js';

const run = (name: string, names?: readonly string[]): Promise<readonly Finding[]> =>
  conform({
    command: [process.execPath, resolve(__dirname, `../examples/${name}.mjs`)],
    env: { PATH: process.env['PATH'] },
    ...(names === undefined ? {} : { names }),
  });

describe('the conformance kit', () => {
  it('lets a station pass that keeps to the protocol, in every case', async () => {
    const findings = await run('simulator');
    const failures = findings.filter(({ passed }) => !passed);
    expect(failures.map(({ name, seen, output }) => `${name}: ${seen}\n${output}`)).toEqual([]);
    expect(findings.map(({ name }) => name)).toEqual(cases.map(({ name }) => name));
  }, 300_000);

  it('says of one that does not what was expected and what was seen', async () => {
    const [finding] = await run('naive-station', ['lost-reply-submit']);
    expect(finding).toMatchObject({ name: 'lost-reply-submit', passed: false });
    expect(finding?.expected).not.toBe('');
    expect(finding?.seen).toMatch(/^expected .*; seen: /);
  }, 120_000);
});
