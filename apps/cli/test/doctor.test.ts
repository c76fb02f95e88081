import { afterAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import { numericalCore } from '../src/doctor/examine.js';
import { Folder, ionloop } from './support.js';

const folder = new Folder();
afterAll(() => folder.remove());

interface Checks {
  readonly ok: boolean;
  readonly checks: readonly { readonly what: string; readonly state: string; readonly finding: string }[];
}

async function doctor(env: Record<string, string>): Promise<Checks & { code: number | null; out: string }> {
  const { code, out } = await ionloop(['doctor', '--json', folder.at('checks.json')], {
    IONLOOP_HOME: folder.at('home'),
    IONLOOP_PORT: '0',
    ...env,
  });
  return { ...(folder.json('checks.json') as Checks), code, out };
}

const found = ({ checks }: Checks, what: string): string => {
  const check = checks.find((one) => one.what === what);
  return `${check?.state ?? 'none'}: ${check?.finding ?? ''}`;
};

describe('the doctor', () => {
  it('lists what it looked at, as a table and as JSON', async () => {
    const checks = await doctor({});
    expect(checks.checks.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['Node', 'memory', 'home', 'port', 'PostgreSQL', 'queues', 'dashboard']),
    );
    for (const { what } of checks.checks) expect(checks.out).toContain(what);
    expect(found(checks, 'PostgreSQL')).toMatch(/^ok: embedded/);
    expect(found(checks, 'numerical core')).toBe('ok: WebAssembly with SIMD');
    expect(found(checks, 'TensorFlow.js')).toMatch(/^ok: (native|portable) backend: \S/);
    expect(checks.code).toBe(checks.ok ? 0 : 1);
  });

  it('says why the numerical core is the slow one, which is no reason not to start', () => {
    expect(numericalCore({ path: 'portable', reason: 'no SIMD here' })).toEqual({
      what: 'numerical core',
      state: 'note',
      finding: 'portable, several times slower: no SIMD here',
    });
  });

  it('finds a port in use', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const checks = await doctor({ IONLOOP_PORT: String(port) });
    await new Promise((closed) => server.close(closed));
    expect(found(checks, 'port')).toMatch(/^bad: .*IONLOOP_PORT/);
    expect(checks).toMatchObject({ ok: false, code: 1 });
  });

  it('finds a home that cannot be written', async () => {
    const checks = await doctor({ IONLOOP_HOME: `${folder.file('file', '')}/sub` });
    expect(found(checks, 'home')).toMatch(/^bad: .*file\/sub/);
  });

  it('finds servers that do not answer, and keeps their passwords', async () => {
    const checks = await doctor({
      DATABASE_URL: 'postgres://ada:s3cret@127.0.0.1:1/loop',
      REDIS_URL: 'redis://:s3cret@127.0.0.1:1',
    });
    expect(found(checks, 'DATABASE_URL')).toMatch(/^bad: .*127\.0\.0\.1:1/);
    expect(found(checks, 'REDIS_URL')).toMatch(/^bad: .*127\.0\.0\.1:1/);
    expect(JSON.stringify(checks)).not.toContain('s3cret');
  });

  it('finds settings that are wrong', async () => {
    const checks = await doctor({ IONLOOP_PORT: 'http' });
    expect(found(checks, 'settings')).toMatch(/^bad: IONLOOP_PORT is "http"/);
  });
});
