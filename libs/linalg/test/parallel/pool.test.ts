import { afterEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  InvalidArgumentError,
  moved,
  NotPositiveDefiniteError,
  openPool,
  OutOfMemoryError,
  PoolClosedError,
  type Pool,
  type Moved,
  type PoolOptions,
} from '../../src/index.js';

type TestTasks = {
  echo(payload: unknown): unknown;
  thread(payload: null): number;
  doubled(values: Float64Array): Moved<Float64Array>;
  after(payload: { milliseconds: number; value: number }): Promise<number>;
  fail(payload: { error: string; milliseconds?: number }): Promise<never>;
  exit(code: number): never;
  reject(payload: null): Promise<void>;
  unsendable(payload: null): unknown;
  keptSum(payload: null, kept: { values: Float64Array }): { sum: number; isNew: boolean };
  count(shared: Int32Array): Promise<never>;
};

const tasks = pathToFileURL(resolve(__dirname, 'tasks.mjs'));
const pools: { close(): Promise<void> }[] = [];
function open(options: Omit<PoolOptions, 'tasks'> = {}): Pool<TestTasks> {
  const pool = openPool<TestTasks>({ threads: 1, ...options, tasks });
  pools.push(pool);
  return pool;
}
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

const caught = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );

describe('a pool', () => {
  it('does tasks of a module of its own, each thread one at a time', async () => {
    const pool = open({ threads: 2 });
    const answers = await Promise.all([1, 2, 3, 4].map((value) => pool.run('echo', { value })));
    expect(answers).toEqual([{ value: 1 }, { value: 2 }, { value: 3 }, { value: 4 }]);
    const both = await Promise.all([pool.run('thread', null), pool.run('thread', null)]);
    expect(new Set(both).size).toBe(2);
  });

  it('gives the answers of a map in the order of the payloads, whichever is ready first', async () => {
    const pool = open({ threads: 2 });
    const payloads = [40, 0, 20, 1, 10].map((milliseconds, value) => ({ milliseconds, value }));
    expect(await pool.map('after', payloads)).toEqual([0, 1, 2, 3, 4]);
  });

  it('copies a payload, and takes the memory that it is given', async () => {
    const pool = open();
    const values = Float64Array.of(1, 2, 3);
    expect(Array.from(await pool.run('doubled', values))).toEqual([2, 4, 6]);
    expect(values).toHaveLength(3);
    expect(Array.from(await pool.run('doubled', values, { transfer: [values.buffer] }))).toEqual([2, 4, 6]);
    expect(values).toHaveLength(0);
  });

  it('refuses a count of threads that is not a whole number of at least 1', () => {
    for (const threads of [0, -1, 1.5, NaN])
      expect(() => openPool({ threads })).toThrow('threads must be a whole number of at least 1');
    expect(openPool().threads).toBeGreaterThanOrEqual(1);
  });

  it('says which tasks there are when it is asked for another', async () => {
    const pool = open();
    const error = await caught(pool.run('dance' as 'echo', null));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error.message).toMatch(/task must be one of posteriorMarginals, .*echo.*, not dance/);
  });
});

describe('an object that is kept', () => {
  it('is sent once to a thread, and again after it was released', async () => {
    const pool = open();
    const kept = { values: Float64Array.of(1, 2) };
    const ask = () => pool.run('keptSum', null, { kept });
    expect([await ask(), await ask()]).toEqual([
      { sum: 3, isNew: true },
      { sum: 3, isNew: false },
    ]);
    pool.release(kept);
    expect(await ask()).toEqual({ sum: 3, isNew: true });
  });

  it('is sent to each thread that needs it', async () => {
    const pool = open({ threads: 2 });
    const kept = { values: Float64Array.of(5) };
    const ask = () => pool.run('keptSum', null, { kept });
    const rounds = [await Promise.all([ask(), ask()]), await Promise.all([ask(), ask()])];
    expect(rounds.map((round) => round.map(({ isNew }) => isNew))).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it('makes room for others, the one used longest ago first', async () => {
    const pool = open({ mostKept: 2 });
    const [a, b, c] = [1, 2, 3].map((value) => ({ values: Float64Array.of(value) }));
    const news = [];
    for (const kept of [a!, b!, a!, c!, a!, b!]) news.push((await pool.run('keptSum', null, { kept })).isNew);
    expect(news).toEqual([true, true, false, true, false, true]);
  });

  it('stays with its owner', async () => {
    const kept = { values: Float64Array.of(1, 2) };
    await open().run('keptSum', null, { kept });
    expect(kept.values).toHaveLength(2);
  });
});

describe('what goes wrong in a thread', () => {
  it.each([
    ['argument', InvalidArgumentError, { message: 'X must be nicer', argument: 'X' }],
    ['definite', NotPositiveDefiniteError, { argument: 'K', largestJitter: 1e-4 }],
    ['memory', OutOfMemoryError, { neededBytes: 2 ** 33, availableBytes: 2 ** 32 }],
    ['range', RangeError, { message: 'too far' }],
  ])('arrives with its class and its fields: %s', async (error, itsClass, fields) => {
    const arrived = await caught(open().run('fail', { error }));
    expect(arrived).toBeInstanceOf(itsClass);
    expect(arrived).toMatchObject({ name: itsClass.name, ...fields });
    expect(arrived.stack).toContain('tasks.mjs');
  });

  it('keeps name, cause and what can be sent of an error of an unknown class', async () => {
    const arrived = await caught(open().run('fail', { error: 'own' }));
    expect(arrived).toMatchObject({ name: 'OwnError', message: 'of my own', code: 7 });
    expect(arrived).not.toHaveProperty('secret');
    expect(arrived.cause).toBeInstanceOf(TypeError);
  });

  it('is an error even where something else was thrown', async () => {
    const arrived = await caught(open().run('fail', { error: 'text' }));
    expect(arrived).toBeInstanceOf(Error);
    expect(arrived.message).toBe('only a word');
  });

  it('leaves the thread as it is', async () => {
    const pool = open();
    const before = await pool.run('thread', null);
    await caught(pool.run('fail', { error: 'range' }));
    await expect(pool.run('unsendable', null)).rejects.toThrow('could not be cloned');
    expect(await pool.run('thread', null)).toBe(before);
  });

  it('ends the thread where nothing catches it: its task fails with the reason, and the next has a new thread', async () => {
    const pool = open();
    const kept = { values: Float64Array.of(4) };
    await pool.run('keptSum', null, { kept });
    const first = await pool.run('thread', null);
    const waiting = [pool.run('exit', 3), pool.run('reject', null), pool.run('thread', null)];
    await expect(waiting[0]).rejects.toThrow('a compute thread ended with code 3');
    await expect(waiting[1]).rejects.toThrow('nobody caught this');
    expect(await waiting[2]).not.toBe(first);
    // The new thread keeps nothing yet.
    expect(await pool.run('keptSum', null, { kept })).toEqual({ sum: 4, isNew: true });
  });

  it('ends a map with the failure of its first payload that fails, and starts no more', async () => {
    const pool = open({ threads: 2 });
    let asked = 0;
    function* payloads() {
      for (const [error, milliseconds] of [
        ['definite', 60],
        ['range', 0],
        ...Array.from({ length: 40 }, () => ['memory', 0] as const),
      ] as const) {
        asked += 1;
        yield { error, milliseconds };
      }
    }
    expect(await caught(pool.map('fail', payloads()))).toBeInstanceOf(NotPositiveDefiniteError);
    expect(asked).toBeLessThanOrEqual(5);
  });

  it('names a module that is missing or has no tasks', async () => {
    for (const [module, sentence] of [
      ['nowhere.mjs', /Cannot find module .*nowhere\.mjs/],
      ['../../dist/errors.js', /tasks must be exported by .*errors\.js/],
    ] as const) {
      const pool = openPool<TestTasks>({ threads: 1, tasks: pathToFileURL(resolve(__dirname, module)) });
      pools.push(pool);
      await expect(pool.run('echo', 1)).rejects.toThrow(sentence);
      await expect(pool.run('echo', 2)).rejects.toThrow(sentence);
    }
  });

  it('is a payload that cannot be sent, which harms no thread', async () => {
    const pool = open();
    await expect(pool.run('echo', () => 0)).rejects.toThrow('could not be cloned');
    await expect(pool.run('keptSum', null, { kept: { values: (() => 0) as never } })).rejects.toThrow(
      'could not be cloned',
    );
    expect(await pool.run('echo', 1)).toBe(1);
  });
});

describe('closing', () => {
  it('rejects what runs and what waits, and what comes after', async () => {
    const pool = open();
    const running = pool.run('after', { milliseconds: 60_000, value: 1 });
    const waiting = pool.run('echo', 1);
    const refused = Promise.all([running, waiting].map(caught));
    await pool.close();
    for (const error of [...(await refused), await caught(pool.run('echo', 1))])
      expect(error).toBeInstanceOf(PoolClosedError);
    await pool.close();
  });

  it('leaves no thread behind', async () => {
    const pool = open({ threads: 2 });
    const counter = new Int32Array(new SharedArrayBuffer(4));
    const counting = Promise.all([1, 2].map(() => caught(pool.run('count', counter))));
    while (Atomics.load(counter, 0) < 100) await pause(5);
    await pool.close();
    await counting;
    const last = Atomics.load(counter, 0);
    await pause(50);
    expect(Atomics.load(counter, 0)).toBe(last);
  });

  describe('is not needed for a process to end, whatever its flags:', () => {
    const program = resolve(__dirname, 'program.mjs');
    const imported = `await import(${JSON.stringify(pathToFileURL(program).href)})`;
    it.each([
      [[program]],
      [['--max-old-space-size=512', '--liftoff-only', program]],
      [['--input-type=module', '-e', imported]],
    ])('%j', (args) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        encoding: 'utf8',
        timeout: 20_000,
      });
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '[ 0, 1, 2 ]\n', stderr: '' });
    });
  });
});

describe('moved', () => {
  it('gives the memory of several views away once', () => {
    const values = new Float64Array(8);
    expect(moved(1, values.subarray(0, 4), values.subarray(4)).buffers).toEqual([values.buffer]);
  });
});
