import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { freshDatabase, type TestDatabase } from '../../../test/support/postgres.js';

const entry = resolve(__dirname, '../dist/main.js');

/** The built server as the launcher starts it. */
class ServerProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly told: Promise<{ readonly ready: true; readonly url: string }>;
  errors = '';
  output = '';

  constructor(env: Readonly<Record<string, string>>) {
    this.child = fork(entry, [], {
      env: { PATH: process.env['PATH'], IONLOOP_PORT: '0', ...env },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    const said = new Promise((over) => this.child.stderr?.once('end', over));
    this.ended = new Promise((resolveEnd) => {
      this.child.once('exit', (code, signal) => void said.then(() => resolveEnd({ code, signal })));
    });
    this.told = new Promise((resolveTold) => {
      this.child.once('message', (message) => resolveTold(message as { ready: true; url: string }));
    });
  }
}

let database: TestDatabase;
beforeAll(async () => (database = await freshDatabase()));
afterAll(() => database.drop());

describe('the server as a process', () => {
  test('tells its parent where it listens, logs lines of JSON, and ends when it is asked to', async () => {
    const server = new ServerProcess({ DATABASE_URL: database.url });
    const { ready, url } = await server.told;
    expect(ready).toBe(true);
    expect(new URL(url).hostname).toBe('127.0.0.1');
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    const startedAt = performance.now();
    server.child.kill('SIGTERM');
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(server.output).toBe('');
    const lines = server.errors
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    expect(lines.map(({ msg }) => msg)).toContain('listening');
  });

  test('ends with its parent', async () => {
    const server = new ServerProcess({ DATABASE_URL: database.url });
    await server.told;
    server.child.disconnect();
    expect(await server.ended).toEqual({ code: 0, signal: null });
  });

  test('says in one line that its port is in use', async () => {
    const holder = createServer();
    await new Promise<void>((listening) => void holder.listen(0, '127.0.0.1', listening));
    const { port } = holder.address() as { port: number };
    const server = new ServerProcess({ DATABASE_URL: database.url, IONLOOP_PORT: String(port) });
    expect((await server.ended).code).toBe(1);
    holder.close();
    expect(server.errors).toBe(`ionloop api: port ${port} is in use; set IONLOOP_PORT to another one\n`);
  });

  test.each([
    ['missing', {}],
    ['of nobody', { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/nothing' }],
    ['no URL', { DATABASE_URL: 'not a url' }],
  ])('says in one line that its database is %s', async (_what, env: Record<string, string>) => {
    const server = new ServerProcess({ IONLOOP_START_SECONDS: '0', ...env });
    expect((await server.ended).code).toBe(1);
    expect(server.errors).toMatch(/^ionloop api: [^\n]*DATABASE_URL[^\n]*\n$/);
    expect(server.errors).not.toContain('secret');
  });
});
