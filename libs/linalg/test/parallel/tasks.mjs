import { setImmediate, setTimeout } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import { InvalidArgumentError, NotPositiveDefiniteError, OutOfMemoryError, moved } from '@ionloop/linalg';

const errors = {
  argument: () => new InvalidArgumentError('X', 'must be nicer'),
  definite: () => new NotPositiveDefiniteError('K', 1e-4),
  memory: () => new OutOfMemoryError(2 ** 33, 2 ** 32),
  range: () => new RangeError('too far'),
  own: () =>
    Object.assign(new Error('of my own', { cause: new TypeError('because') }), {
      name: 'OwnError',
      code: 7,
      secret: () => 0,
    }),
  text: () => 'only a word',
};

// Whether the kept object came over again: an object that is kept is one and the same.
const seen = new WeakSet();

/** What the tests of the pool ask their threads. */
export const tasks = {
  echo: (payload) => payload,
  thread: () => threadId,
  doubled: (values) => {
    const result = values.map((value) => 2 * value);
    return moved(result, result);
  },
  after: async ({ milliseconds, value }) => {
    await setTimeout(milliseconds);
    return value;
  },
  fail: ({ error, milliseconds = 0 }) =>
    setTimeout(milliseconds).then(() => {
      throw errors[error]();
    }),
  exit: (code) => process.exit(code),
  reject: () => {
    void Promise.reject(new Error('nobody caught this'));
    return setTimeout(60_000);
  },
  unsendable: () => () => 0,
  keptSum: (_, kept) => {
    const isNew = !seen.has(kept);
    seen.add(kept);
    return { sum: kept.values.reduce((sum, value) => sum + value, 0), isNew };
  },
  count: async (shared) => {
    for (;;) {
      Atomics.add(shared, 0, 1);
      await setImmediate();
    }
  },
};
