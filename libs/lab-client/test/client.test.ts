import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LabRefusal, LabUnavailable } from '../src/index.js';
import { retryAfterMs, waitAfter } from '../src/backoff.js';
import type { Fault, HostileLab } from '../src/testing/index.js';
import { clientOf, measured, openLab, quick, specOf, token, until } from './support.js';

describe('The client of the lab protocol', () => {
  let lab: HostileLab;
  beforeEach(async () => {
    lab = await openLab();
  });
  afterEach(() => lab.close());

  async function claimed() {
    const client = clientOf(lab);
    await client.register({ properties: ['ionic_conductivity'] });
    lab.enqueue(specOf(1));
    const [assignment] = await client.claim({ max: 1, waitSeconds: 0 });
    await client.start(assignment!);
    return { client, assignment: assignment! };
  }

  it('carries one assignment through all six verbs', async () => {
    const { client, assignment } = await claimed();
    const { attemptId, fence } = assignment;
    expect(assignment.spec).toEqual(specOf(1));
    expect(await client.heartbeat([{ attemptId, stage: 'mill', progress: 0.5 }])).toEqual([
      { attemptId, command: 'continue' },
    ]);
    expect(await client.append({ attemptId, seq: 0, partial: { a: 1 } })).toEqual({ stored: true });
    expect(await client.append({ attemptId, seq: 0, partial: { a: 1 } })).toEqual({ stored: false });
    const receipt = await client.submit({ attemptId, fence, key: 'k', ...measured() });
    expect(receipt.disposition).toBe('accepted');
    expect(receipt.measurementIds).toHaveLength(1);
    expect(lab.seenOf('register')[0]!.body).toMatchObject({ bootId: client.bootId, schemaVersion: 1 });
    expect(new Set(lab.seen.map(({ boot }) => boot))).toEqual(new Set([client.bootId]));
  });

  const passing: readonly (readonly [string, Fault])[] = [
    ['a lost reply', { kind: 'lost-reply' }],
    ['a cut connection', { kind: 'cut' }],
    ['a page of somebody else', { kind: 'garbage' }],
    ['500', { kind: 'status', status: 500 }],
    ['503', { kind: 'status', status: 503 }],
    ['429', { kind: 'status', status: 429 }],
  ];
  it.each(passing)('sends a submit again with the same key and body after %s', async (_, fault) => {
    const { client, assignment } = await claimed();
    lab.plant('submit', fault, fault);
    const { attemptId, fence } = assignment;
    const receipt = await client.submit({ attemptId, fence, key: 'kept', ...measured() });
    expect(receipt.disposition).toBe('accepted');
    const tries = lab.seenOf('submit');
    expect(tries.map(({ key }) => key)).toEqual(['kept', 'kept', 'kept']);
    expect(new Set(tries.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it('gets the same leases for a claim whose answer was lost', async () => {
    const client = clientOf(lab);
    await client.register({ properties: [] });
    lab.enqueue(specOf(1), specOf(2));
    lab.plant('claim', { kind: 'lost-reply' });
    const assignments = await client.claim({ max: 2, waitSeconds: 0 });
    expect(assignments.map(({ attemptId }) => attemptId)).toEqual(
      lab.attempts.map(({ assignment }) => assignment.attemptId),
    );
    expect(assignments).toHaveLength(2);
  });

  it('throws a refusal at once, with its code, detail and field', async () => {
    const { client, assignment } = await claimed();
    const wrong = client.start({ ...assignment, specHash: 'other' });
    await expect(wrong).rejects.toMatchObject({
      name: 'LabRefusal',
      status: 409,
      code: 'SPEC_CHANGED',
      detail: 'not what was claimed',
      field: 'specHash',
    });
    expect(lab.seenOf('start')).toHaveLength(2);
  });

  it('is refused another body under a used key, and does not try again', async () => {
    const { client, assignment } = await claimed();
    const { attemptId, fence } = assignment;
    await client.submit({ attemptId, fence, key: 'k', ...measured(1e-4) });
    await expect(client.submit({ attemptId, fence, key: 'k', ...measured(2e-4) })).rejects.toMatchObject({
      status: 422,
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(lab.seenOf('submit')).toHaveLength(2);
  });

  it('asks again where an earlier try is still being answered, with the same key', async () => {
    const { client } = await claimed();
    const inFlight = { kind: 'status', status: 409, code: 'IDEMPOTENCY_KEY_IN_FLIGHT' } as const;
    lab.plant('claim', { ...inFlight, retryAfter: '1' });
    const waits: number[] = [];
    await client.claim({ max: 1, waitSeconds: 0 }, { onRetry: (_, ms) => waits.push(ms) });
    expect(waits).toEqual([1000]);
    const [one, two] = lab.seenOf('claim').slice(-2);
    expect(two?.key).toBe(one?.key);
  });

  it('looks past what a newer server adds to its answers', async () => {
    const { client, assignment } = await claimed();
    const { attemptId, fence } = assignment;
    const server = createServer((request, response) => {
      const answer = request.url?.endsWith('/submit')
        ? { attemptId, disposition: 'accepted', measurementIds: [], notice: 'thanks', receiptNumber: 7 }
        : {
            assignments: [{ ...assignment, priority: 'high', spec: { ...assignment.spec, colour: 'blue' } }],
            next: 3,
          };
      request.resume().on('end', () => response.end(JSON.stringify(answer)));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const newer = clientOf(lab, {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      bootId: client.bootId,
    });
    expect(await newer.claim({ max: 1, waitSeconds: 0 })).toEqual([assignment]);
    expect(await newer.submit({ attemptId, fence, key: 'k', ...measured() })).toEqual({
      attemptId,
      disposition: 'accepted',
      measurementIds: [],
      notice: 'thanks',
    });
    server.close();
    server.closeAllConnections();
  });

  it('gives up after the tries it was allowed, and says why', async () => {
    lab.plant('register', { kind: 'status', status: 503 }, { kind: 'status', status: 503 });
    const failure = clientOf(lab).register({ properties: [] }, { tries: 2 });
    await expect(failure).rejects.toBeInstanceOf(LabUnavailable);
    await expect(failure).rejects.toThrow('the server answered 503');
    expect(lab.seenOf('register')).toHaveLength(2);
  });

  it('does not wait for ever for an answer that never comes', async () => {
    lab.plant('register', { kind: 'silence' });
    const client = clientOf(lab, { timeoutMs: 50 });
    await expect(client.register({ properties: [] }, { tries: 1 })).rejects.toThrow('no answer within 50 ms');
  });

  it('waits as long as Retry-After asks', async () => {
    lab.plant('register', { kind: 'status', status: 503, retryAfter: '1' });
    const waits: number[] = [];
    const before = performance.now();
    await clientOf(lab).register({ properties: [] }, { onRetry: (_, ms) => waits.push(ms) });
    expect(waits).toEqual([1000]);
    expect(performance.now() - before).toBeGreaterThan(950);
  });

  it('stops at once when its signal is aborted, during a request and between two', async () => {
    const stop = new AbortController();
    lab.plant('register', { kind: 'silence' });
    const pending = clientOf(lab).register({ properties: [] }, { signal: stop.signal });
    await until('the request is there', () => lab.seen.length === 1);
    stop.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');

    const between = new AbortController();
    lab.plant('register', { kind: 'status', status: 503, retryAfter: '60' });
    const waiting = clientOf(lab).register(
      { properties: [] },
      { signal: between.signal, onRetry: () => setTimeout(() => between.abort(new Error('enough')), 10) },
    );
    await expect(waiting).rejects.toThrow('enough');
  });

  it('asks for its token before every request, so that it can be renewed', async () => {
    const tokens = ['expired', token];
    const client = clientOf(lab, { token: () => Promise.resolve(tokens.shift() ?? token) });
    await expect(client.register({ properties: [] })).rejects.toMatchObject({ status: 401 });
    await expect(client.register({ properties: [] })).resolves.toEqual({ stationId: 'id of sim-1' });
  });

  it('follows no redirection, but says where to', async () => {
    const { createServer } = await import('node:http');
    const server = createServer((_, response) => response.writeHead(308, { location: 'https://x/' }).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const client = clientOf(lab, { url: `http://127.0.0.1:${port}` });
    const refusal = client.register({ properties: [] });
    await expect(refusal).rejects.toBeInstanceOf(LabRefusal);
    await expect(refusal).rejects.toThrow('REDIRECTED: the server is at https://x/');
    server.close();
  });
});

describe('The wait before another try', () => {
  const failure = new LabUnavailable('away');

  it('doubles up to the longest, and is cut by at most half by the jitter', () => {
    const waits = (random: number) =>
      [1, 2, 3, 4, 50].map((n) => waitAfter(failure, n, { ...quick, random: () => random }));
    expect(waits(1)).toEqual([5, 10, 20, 40, 40]);
    expect(waits(0)).toEqual([2.5, 5, 10, 20, 20]);
  });

  it('reads Retry-After as seconds, or as a date against the answer’s own', () => {
    const of = (headers: Record<string, string>) => retryAfterMs(new Headers(headers));
    expect(of({})).toBeNull();
    expect(of({ 'retry-after': '2' })).toBe(2000);
    const date = 'Wed, 21 Oct 2015 07:28:00 GMT';
    expect(of({ 'retry-after': 'Wed, 21 Oct 2015 07:28:30 GMT', date })).toBe(30_000);
    expect(of({ 'retry-after': 'Wed, 21 Oct 2015 07:27:00 GMT', date })).toBe(0);
    expect(of({ 'retry-after': 'soon' })).toBeNull();
  });

  it('is never longer than five minutes, whatever Retry-After asks', () => {
    expect(waitAfter(new LabUnavailable('away', 503, 1e9), 1, quick)).toBe(300_000);
  });
});
