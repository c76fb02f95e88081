import { afterEach, describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';
import { check, ProcessMetrics, watchMishaps } from '../src/index.js';

function written(): { readonly lines: Record<string, unknown>[]; readonly log: Logger } {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  return { lines, log: pino(stream) };
}

describe('what nobody handled', () => {
  const events = ['unhandledRejection', 'uncaughtException'] as const;
  const before = new Map(events.map((event) => [event, process.listeners(event as 'uncaughtException')]));
  afterEach(() => {
    for (const event of events)
      for (const listener of process.listeners(event as 'uncaughtException'))
        if (!before.get(event)?.includes(listener)) process.removeListener(event, listener);
  });
  const tell = (event: 'unhandledRejection' | 'uncaughtException', error: Error) => {
    const added = process
      .listeners(event as 'uncaughtException')
      .filter((listener) => !before.get(event)?.includes(listener));
    for (const listener of added) listener(error, event);
  };

  it('is counted and logged; only an error of our own ends the process', () => {
    const { lines, log } = written();
    let [mishaps, ends] = [0, 0];
    watchMishaps({ log, onMishap: () => (mishaps += 1), end: () => (ends += 1) });
    tell('unhandledRejection', new Error('forgotten'));
    tell('uncaughtException', Object.assign(new Error('gone'), { code: 'ECONNRESET' }));
    expect([mishaps, ends]).toEqual([2, 0]);
    tell('uncaughtException', new TypeError('not a function'));
    expect([mishaps, ends]).toEqual([3, 1]);
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      [50, 'something failed that nobody waited for'],
      [50, 'a connection broke that nobody held'],
      [60, 'an error that nobody caught: the process ends'],
    ]);
  });
});

describe('a check', () => {
  it('is ok where something answers, and says in the log why not', async () => {
    const { lines, log } = written();
    expect(await check('database', log, () => Promise.resolve(1))).toBe('ok');
    expect(lines).toEqual([]);
    expect(await check('queue', log, () => Promise.reject(new Error('refused')))).toBe('down');
    expect(lines).toMatchObject([{ what: 'queue', err: { message: 'refused' }, msg: 'not ready' }]);
  });

  it('does not wait for ever', async () => {
    const { lines, log } = written();
    expect(await check('queue', log, () => new Promise(() => undefined))).toBe('down');
    expect(lines).toMatchObject([{ err: { message: 'no answer within 3000 ms' } }]);
  });
});

describe('the metrics of a process', () => {
  it('time statements and transactions by how they end, and count connections and mishaps', async () => {
    const metrics = new ProcessMetrics();
    metrics.statement(0.002, false);
    metrics.statement(0.002, true);
    expect(await metrics.transaction(() => Promise.resolve('done'))).toBe('done');
    await expect(metrics.transaction(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    metrics.watchPool(() => ({ busy: 2, idle: 3, waiting: 1, most: 10 }));
    metrics.mishap();
    const text = await metrics.text();
    for (const line of [
      'ionloop_database_statement_seconds_count{outcome="done"} 1',
      'ionloop_database_statement_seconds_count{outcome="failed"} 1',
      'ionloop_database_statement_seconds_bucket{le="0.001",outcome="done"} 0',
      'ionloop_database_statement_seconds_bucket{le="0.003",outcome="done"} 1',
      'ionloop_transaction_seconds_count{outcome="done"} 1',
      'ionloop_transaction_seconds_count{outcome="failed"} 1',
      'ionloop_database_connections{state="busy"} 2',
      'ionloop_database_connections{state="idle"} 3',
      'ionloop_database_connections{state="waiting"} 1',
      'ionloop_database_connections_max 10',
      'ionloop_unexpected_errors_total 1',
      'ionloop_draining 0',
    ])
      expect(text.split('\n')).toContain(line);
  });
});
