import { expect, test } from '@jest/globals';
import { createServer } from 'node:net';
import { pino } from 'pino';
import { isPassing, startPatiently } from '../src/index.js';

const log = pino({ level: 'silent' });
const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const wrongPassword = Object.assign(new Error('password authentication failed'), { code: '28P01' });

test('what is away is waited for', async () => {
  let tries = 0;
  const start = () => (++tries < 4 ? Promise.reject(refused) : Promise.resolve('there'));
  expect(await startPatiently('it', { seconds: 30, log }, start)).toBe('there');
  expect(tries).toBe(4);
});

test('what is wrong for good is told at once, and what stays away after a while', async () => {
  let tries = 0;
  const start = (error: Error) => () => {
    tries += 1;
    return Promise.reject(error);
  };
  await expect(startPatiently('it', { seconds: 30, log }, start(wrongPassword))).rejects.toBe(wrongPassword);
  expect(tries).toBe(1);
  await expect(startPatiently('it', { seconds: 0, log }, start(refused))).rejects.toBe(refused);
  expect(tries).toBe(2);
});

test('a refusal is told apart behind other errors', async () => {
  const port = await closedPort();
  const failure: unknown = await fetch(`http://127.0.0.1:${port}/`).catch((error: unknown) => error);
  expect(isPassing(failure)).toBe(true);
  expect(isPassing(new Error('outer', { cause: wrongPassword }))).toBe(false);
  expect(isPassing(new AggregateError([refused, wrongPassword]))).toBe(false);
  expect(isPassing(new AggregateError([refused, refused]))).toBe(true);
  expect(isPassing(null)).toBe(false);
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  await new Promise<void>((closed) => void server.close(() => closed()));
  return port;
}
