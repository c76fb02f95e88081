import { expect, test } from '@jest/globals';
import { cachedFor, ProcessMetrics, scraping, serveTelemetry } from '../src/index.js';

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

test('metrics are for who shows the token, and without one for who is on this machine', async () => {
  const here = { host: '127.0.0.1', token: undefined };
  expect(scraping(here)(undefined)).toBe(true);
  for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example']) {
    expect({ host, may: scraping({ host, token: undefined })('Bearer x') }).toEqual({ host, may: false });
  }
  const mayScrape = scraping({ host: '127.0.0.1', token: 'of-the-scraper' });
  const shown = ['Bearer of-the-scraper', 'Bearer of-the-scrapers', 'of-the-scraper', '', undefined];
  expect(shown.map(mayScrape)).toEqual([true, false, false, false, false]);
  const sources = {
    metrics: new ProcessMetrics(),
    checks: () => Promise.resolve({}),
    draining: () => false,
  };
  const server = await serveTelemetry({ host: '0.0.0.0', port: 0, token: 'of-the-scraper' }, sources);
  const ask = (headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${server.port}/metrics`, { headers }).then(({ status }) => status);
  expect(await ask({})).toBe(401);
  expect(await ask({ authorization: 'Bearer of-the-scraper' })).toBe(200);
  expect((await fetch(`http://127.0.0.1:${server.port}/health/live`)).status).toBe(200);
  await server.close();
});
