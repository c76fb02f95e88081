import { expect, it } from '@jest/globals';
import { patient, pauseMs } from '../src/api/patient-fetch.js';

const date = 'Sun, 01 Mar 2026 12:00:00 GMT';
const refused = (retryAfter: string) =>
  new Response('{}', { status: 429, headers: { 'retry-after': retryAfter, date } });

function server(answers: readonly (() => Response)[]) {
  const told: number[] = [];
  const waits: number[] = [];
  let asked = 0;
  const fetch = patient({
    fetch: () => Promise.resolve(answers[Math.min(asked++, answers.length - 1)]!()),
    wait: (ms, signal) => {
      waits.push(ms);
      return signal?.aborted ? Promise.reject(new Error('gone')) : Promise.resolve();
    },
    onWaiting: (count) => told.push(count),
  });
  return { fetch, told, waits, asked: () => asked };
}

it('waits as long as the server asks, tells of it, and gives the answer that comes then', async () => {
  const { fetch, told, waits } = server([() => refused('3'), () => refused('1'), () => new Response('here')]);
  expect(await (await fetch('/graphql')).text()).toBe('here');
  expect(waits).toEqual([3000, 1000]);
  expect(told).toEqual([1, 0, 1, 0]);
});

it('gives a refusal on after five times, and at once what is none', async () => {
  const busy = server([() => refused('1')]);
  expect((await busy.fetch('/graphql')).status).toBe(429);
  expect(busy.asked()).toBe(6);
  const broken = server([() => new Response('', { status: 500 })]);
  expect((await broken.fetch('/graphql')).status).toBe(500);
  expect(broken.waits).toEqual([]);
  const gone = server([() => new Response('', { status: 503 })]);
  expect((await gone.fetch('/graphql')).status).toBe(503);
  expect(gone.waits).toEqual([]);
});

it('asks no more for somebody who left', async () => {
  const { fetch, told, asked } = server([() => refused('9')]);
  await expect(fetch('/graphql', { signal: AbortSignal.abort() })).rejects.toThrow('gone');
  expect([asked(), told]).toEqual([1, [1, 0]]);
});

it.each([
  ['3', 3000],
  ['0', 250],
  ['Sun, 01 Mar 2026 12:00:10 GMT', 10_000],
  ['900', 60_000],
  ['soon', 1000],
  [null, 1000],
])('a pause of %s lasts %d ms', (text, ms) => {
  expect(pauseMs(text, Date.parse(date))).toBe(ms);
});
