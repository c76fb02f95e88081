import { afterAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import { Folder, type Ran, spawned } from './support.js';

const folder = new Folder();
afterAll(() => folder.remove());

const start = (env: Record<string, string>): Promise<Ran> =>
  spawned(['start'], { IONLOOP_HOME: folder.at('home'), IONLOOP_PORT: '0', ...env });

async function taken(): Promise<{ server: Server; port: string }> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return { server, port: String(typeof address === 'object' && address !== null ? address.port : 0) };
}

/** One line, with these words, and nothing that only a programmer reads. */
function expectRefusal({ code, out, err }: Ran, ...words: readonly string[]): void {
  expect(code).toBe(1);
  for (const word of words) expect(err).toContain(word);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(out + err).not.toMatch(/\bat .*\.js:\d+/);
}

describe('a start that cannot work says why, in a line', () => {
  it('a port in use, with the variable that chooses another', async () => {
    const { server, port } = await taken();
    const ran = await start({ IONLOOP_PORT: port });
    await new Promise((closed) => server.close(closed));
    expectRefusal(ran, `port ${port}`, 'IONLOOP_PORT');
  });

  it('a home that cannot be written', async () => {
    const home = `${folder.file('file', '')}/sub`;
    expectRefusal(await start({ IONLOOP_HOME: home }), home, 'IONLOOP_HOME');
  });

  it('a database that does not answer', async () => {
    const ran = await start({ DATABASE_URL: 'postgres://ada:s3cret@127.0.0.1:1/loop' });
    expectRefusal(ran, 'DATABASE_URL', '127.0.0.1:1');
    expect(ran.err).not.toContain('s3cret');
  });

  it('a database of another kind', async () => {
    const ran = await start({ DATABASE_URL: 'mysql://ada:s3cret@db/loop' });
    expectRefusal(ran, 'DATABASE_URL', 'postgres://');
    expect(ran.err).not.toContain('s3cret');
  });

  it('a Redis that does not answer', async () => {
    const ran = await start({ REDIS_URL: 'redis://:s3cret@127.0.0.1:1' });
    expectRefusal(ran, 'REDIS_URL', '127.0.0.1:1');
    expect(ran.err).not.toContain('s3cret');
  });

  it('something else where Redis should be', async () => {
    const { server, port } = await taken();
    server.on('connection', (socket) =>
      socket
        .on('error', () => undefined)
        .resume()
        .end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    );
    const ran = await start({ REDIS_URL: `redis://127.0.0.1:${port}` });
    await new Promise((closed) => server.close(closed));
    expectRefusal(ran, 'REDIS_URL', 'not that of a Redis');
  });

  it('a setting that does not exist is only worth a warning', async () => {
    const { err } = await start({ IONLOOP_PROT: '1', DATABASE_URL: 'postgres://u@127.0.0.1:1/loop' });
    expect(err).toContain('IONLOOP_PROT is not a setting');
    expect(err).toContain('IONLOOP_PORT');
    expect(err).toContain('DATABASE_URL');
  });
});
