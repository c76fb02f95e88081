import { PersistenceError } from './errors.js';

interface Asked<K, V> {
  readonly key: K;
  readonly answer: (value: V) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * One question for everybody who asks while another is on its way: however many requests come in, the database hears one
 * statement at a time. Who asks gets an answer that was looked up after it asked.
 */
export class Gather<K, V> {
  private waiting: Asked<K, V>[] = [];
  private asking = false;

  /** `ask` answers key by key, in the order of the keys. */
  constructor(
    private readonly ask: (keys: readonly K[]) => Promise<readonly V[]>,
    private readonly atMost = 200,
  ) {}

  get(key: K): Promise<V> {
    return new Promise((answer, fail) => {
      this.waiting.push({ key, answer, fail });
      if (!this.asking) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.asking = true;
    // Who asks in the same turn of the event loop goes along.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.answerAll(this.waiting.splice(0, this.atMost));
    this.asking = false;
  }

  private async answerAll(group: readonly Asked<K, V>[]): Promise<void> {
    try {
      const values = await this.ask(group.map(({ key }) => key));
      for (const [i, { answer }] of group.entries()) answer(values[i] as V);
    } catch (error) {
      // One of them may be a question that cannot be asked: it must not spoil the others'.
      if (group.length > 1 && !(error instanceof PersistenceError))
        await Promise.all(group.map((asked) => this.answerAll([asked])));
      else for (const { fail } of group) fail(error);
    }
  }
}
