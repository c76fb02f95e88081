import { expect, test } from '@jest/globals';
import { cachedFor, ProcessMetrics, serveTelemetry } from '../src/index.js';

test('what is looked up at a scrape is in that very scrape', async () => {
  const metrics = new ProcessMetrics();
  const found = metrics.gauge('found', 'What was found.');
  metrics.atScrape(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    found.set(7);
  });
  expect(await metrics.text()).toMatch(/^found 7$/m);
});

test('a look is shared by all who ask in its time, and a failed one is repeated', async () => {
  let looks = 0;
  const look = cachedFor(60, () => Promise.resolve((looks += 1)));
  expect(await Promise.all([look(), look()])).toEqual([1, 1]);
  expect(await look()).toBe(1);
  let fails = 0;
  const failing = cachedFor(60, () => Promise.reject(new Error(String((fails += 1)))));
  await expect(failing()).rejects.toThrow('1');
  await expect(failing()).rejects.toThrow('2');
});

test('health says what is down, and draining before anything else', async () => {
  const metrics = new ProcessMetrics();
  let database: 'ok' | 'down' = 'ok';
  let draining = false;
  const server = await serveTelemetry(
    { host: '127.0.0.1', port: 0 },
    { metrics, checks: () => Promise.resolve({ database }), draining: () => draining },
  );
  const get = async (path: string, method = 'GET'): Promise<{ status: number; text: string }> => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
    return { status: response.status, text: await response.text() };
  };
  expect(await get('/health/live')).toEqual({ status: 200, text: '{"status":"live"}' });
  expect(await get('/health/ready')).toEqual({
    status: 200,
    text: '{"status":"ready","checks":{"database":"ok"}}',
  });
  database = 'down';
  expect((await get('/health/ready')).status).toBe(503);
  draining = true;
  expect((await get('/health/ready')).text).toContain('draining');
  metrics.drain();
  expect((await get('/metrics')).text).toMatch(/^ionloop_draining 1$/m);
  expect((await get('/elsewhere')).status).toBe(404);
  expect((await get('/metrics', 'POST')).status).toBe(405);
  await server.close();
});
