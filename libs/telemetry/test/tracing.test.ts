import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import { Collector } from '../../../test/operations/collector.js';
import { carried, continuing, openTracing, spanBetween, traced, traceOf } from '../src/index.js';

const log = pino({ level: 'silent' });

jest.setTimeout(120_000);

describe('traces', () => {
  let collector: Collector;
  beforeEach(async () => (collector = await Collector.open()));
  afterEach(() => collector.close());

  /** The end waits for a collector no longer than a moment: on a slow machine spans are still on their way. */
  const spanNamed = async (name: string) => {
    for (let waited = 0; waited < 60_000; waited += 50) {
      const span = collector.spans.find((one) => one.name === name);
      if (span) return span;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`no span ${name} among ${collector.spans.map((one) => one.name).join(', ')}`);
  };

  it('go on in another process where its parent says so, and come in before the end', async () => {
    const tracing = await openTracing({ endpoint: `${collector.url}/`, service: 'bench', log });
    let parent: string | undefined;
    await traced('request', { campaign: 'c1' }, async () => {
      parent = carried();
      expect(parent).toContain(traceOf()?.traceId);
      await traced('inside', {}, () => Promise.resolve());
    });
    await continuing(parent, 'job', { kind: 'job' }, () => Promise.resolve());
    await continuing('nonsense', 'alone', { kind: 'server' }, () => Promise.resolve());
    const then = Date.UTC(2026, 0, 5);
    spanBetween('timed elsewhere', then, then + 2500);
    await tracing.close();

    const request = await spanNamed('request');
    expect(request.service).toBe('bench');
    for (const name of ['inside', 'job']) expect(collector.above(await spanNamed(name))).toContain(request);
    expect((await spanNamed('alone')).traceId).not.toBe(request.traceId);
    expect((await spanNamed('timed elsewhere')).seconds).toBe(2.5);
    expect(carried()).toBeUndefined();
  });

  it('tell of a failure by its kind, not by its words, and pass it on', async () => {
    const tracing = await openTracing({ endpoint: collector.url, service: 'bench', log });
    const failing = traced('failing', {}, () => Promise.reject(new RangeError('the secret 4711')));
    await expect(failing).rejects.toThrow('the secret 4711');
    await tracing.close();
    expect((await spanNamed('failing')).seconds).toBeGreaterThanOrEqual(0);
    const told = collector.bodies.join('');
    expect(told).toContain('"message":"RangeError"');
    expect(told).not.toContain('4711');
  });

  it('are in nobody’s way where there is no collector', async () => {
    const tracing = await openTracing({ endpoint: undefined, service: 'bench', log });
    expect(await traced('request', {}, () => Promise.resolve(traceOf()))).toBeUndefined();
    expect(await continuing(undefined, 'job', { kind: 'job' }, () => Promise.resolve(7))).toBe(7);
    await tracing.close();
    expect(collector.spans).toEqual([]);
  });
});
