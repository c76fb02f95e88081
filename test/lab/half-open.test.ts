import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueToken } from '@ionloop/engine';
import { TestLoop } from '@ionloop/engine/testing';
import { LabClient } from '@ionloop/lab-client';
import { openPersistence } from '@ionloop/persistence';
import { TestServer } from '../../apps/api/test/support/server.js';
import { Network } from '../nemesis/network.js';
import { planner } from './servers.js';

/** Connections whose other end is gone without a word: nobody is told, and nothing comes back. */
describe('half-open TCP', () => {
  let server: TestServer;
  let loop: TestLoop;

  beforeAll(async () => {
    server = await TestServer.start({ silenceMs: 1500 });
    loop = new TestLoop(server.engine, planner);
  });
  afterAll(() => server.close());

  it('between station and server: the station asks again, and gets what it was given', async () => {
    const network = await Network.before([Number(new URL(server.url).port)]);
    const { secret } = await issueToken(server.engine, { name: 'far', role: 'lab', station: 'far', days: 1 });
    const retries: string[] = [];
    const client = new LabClient({
      url: network.url,
      token: secret,
      station: 'far',
      timeoutMs: 400,
      backoff: { firstMs: 20, longestMs: 100 },
    });
    const again = { onRetry: ({ message }: Error) => void retries.push(message) };
    await client.register({ properties: ['ionic_conductivity'] });
    // It waits for work on a connection that is lost, and work comes.
    const claimed = client.claim({ max: 1, waitSeconds: 1 }, again);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(network.halfOpen()).toBeGreaterThan(0);
    const { id } = await loop.campaign({ name: 'half-open' });
    const [assignment] = await claimed;
    if (!assignment) throw new Error('nothing was claimed');
    expect(retries[0]).toMatch(/no answer within/);
    const { attemptId, fence, specHash } = assignment;
    await client.start({ attemptId, fence, specHash });
    // The result is on its way when the line falls silent.
    const submitted = client.submit(
      {
        attemptId,
        fence,
        key: 'half-open',
        outcome: 'measured',
        measurements: [{ property: 'ionic_conductivity', value: 1e-4, unit: 'S/cm' }],
      },
      again,
    );
    network.halfOpen();
    expect((await submitted).disposition).toBe('accepted');
    expect(await server.engine.store.read.measurements(id)).toHaveLength(1);
    expect(await server.engine.store.read.attempts([assignment.experimentId])).toHaveLength(1);
    await network.close();
  }, 30_000);

  it('between station and server: the server gives up who has gone silent in the middle of a request', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const began = performance.now();
    const closed = new Promise<number>((resolve) => {
      socket.on('close', () => resolve(performance.now() - began));
    });
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(
      'POST /lab/v1/claim HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{"max"',
    );
    const ms = await closed;
    expect(ms).toBeGreaterThan(1000);
    expect(ms).toBeLessThan(6000);
  }, 20_000);

  it('between server and database: no lock outlives it, and the work is done again', async () => {
    const { id } = await loop.campaign({ name: 'silent database' });
    const url = new URL(server.database.url);
    const network = await Network.before([Number(url.port)]);
    url.port = new URL(network.url).port;
    const far = await openPersistence({ url: url.href, poolSize: 2, lockSeconds: 1, statementSeconds: 3 });
    let runs = 0;
    const stuck = far.store.transact(id, loop.person, (tx) => {
      runs += 1;
      // It has the lock of the campaign, and nothing that it says from here on arrives.
      if (runs === 1) network.halfOpen();
      tx.append({ type: 'campaign.switched', proposing: false, dispatch: tx.campaign.dispatch });
      return Promise.resolve();
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const began = performance.now();
    await server.engine.store.transact(id, loop.person, (tx) => {
      tx.append({ type: 'campaign.switched', proposing: tx.campaign.proposing, dispatch: false });
      return Promise.resolve();
    });
    expect(performance.now() - began).toBeLessThan(4000);
    await stuck;
    const { proposing, dispatch } = await loop.now(id);
    expect([runs, proposing, dispatch]).toEqual([2, false, false]);
    await network.close();
    await far.close();
  }, 40_000);
});
