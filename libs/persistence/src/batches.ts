interface Waiting<Task, Result> {
  readonly task: Task;
  readonly answer: (result: Result) => void;
  readonly fail: (error: unknown) => void;
}

export type Settled<Result> = { readonly result: Result } | { readonly error: unknown };

/**
 * For each name one piece of work at a time, in the order they came; what has piled up meanwhile is done together. The
 * database would make them wait as well, but each on a connection of its own: one busy campaign would take the whole
 * pool, and every request of it a commit.
 */
export class Batches<Task, Result> {
  private readonly waiting = new Map<string, Waiting<Task, Result>[]>();

  /** `work` settles each of the tasks, in their order. */
  constructor(
    private readonly work: (name: string, tasks: readonly Task[]) => Promise<readonly Settled<Result>[]>,
    private readonly atMost = 64,
  ) {}

  add(name: string, task: Task): Promise<Result> {
    return new Promise((answer, fail) => {
      const entry = { task, answer, fail };
      const line = this.waiting.get(name);
      if (line) {
        line.push(entry);
        return;
      }
      const own = [entry];
      this.waiting.set(name, own);
      void this.workOff(name, own);
    });
  }

  private async workOff(name: string, line: Waiting<Task, Result>[]): Promise<void> {
    while (line.length > 0) await this.settle(name, line.splice(0, this.atMost));
    this.waiting.delete(name);
  }

  private async settle(name: string, batch: readonly Waiting<Task, Result>[]): Promise<void> {
    try {
      const settled = await this.work(
        name,
        batch.map(({ task }) => task),
      );
      for (const [i, { answer, fail }] of batch.entries()) {
        const one = settled[i];
        if (one === undefined) fail(new Error(`${name} was left out of its batch`));
        else if ('error' in one) fail(one.error);
        else answer(one.result);
      }
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  }
}
