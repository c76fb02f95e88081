import { Worker } from 'node:worker_threads';
import type { TaskName, Tasks, ThreadAnswer } from './protocol.js';

/** From src and from dist alike, this is the built thread: worker threads run JavaScript. */
const threadEntry = new URL('../../dist/compute/thread.js', import.meta.url);

interface Task {
  readonly id: number;
  readonly task: TaskName;
  readonly request: unknown;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** Keeps CPU work off the event loop. Tasks wait in one line; a thread that dies fails its task and is replaced. */
export class ThreadPool {
  private readonly waiting: Task[] = [];
  private readonly busy = new Map<Worker, Task>();
  private readonly idle: Worker[] = [];
  private count = 0;
  private nextId = 1;
  private closed = false;

  constructor(private readonly size: number) {}

  run<K extends TaskName>(task: K, request: Tasks[K]['request']): Promise<Tasks[K]['answer']> {
    if (this.closed) return Promise.reject(new Error('the compute threads are shut down'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ id: this.nextId++, task, request, resolve, reject });
      this.pump();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    const ended = new Error('the compute threads are shut down');
    for (const task of [...this.waiting.splice(0), ...this.busy.values()]) task.reject(ended);
    const threads = [...this.idle.splice(0), ...this.busy.keys()];
    this.busy.clear();
    await Promise.all(threads.map((thread) => thread.terminate()));
  }

  private pump(): void {
    while (this.waiting.length > 0) {
      const thread = this.idle.pop() ?? (this.count < this.size ? this.spawn() : undefined);
      const task = thread && this.waiting.shift();
      if (!thread || !task) return;
      this.busy.set(thread, task);
      thread.ref();
      thread.postMessage({ id: task.id, task: task.task, request: task.request });
    }
  }

  private spawn(): Worker {
    const thread = new Worker(threadEntry);
    this.count += 1;
    thread.on('message', (answer: ThreadAnswer) => {
      const task = this.busy.get(thread);
      if (task?.id !== answer.id) return;
      this.busy.delete(thread);
      this.idle.push(thread);
      thread.unref();
      if ('error' in answer)
        task.reject(Object.assign(new Error(answer.error.message), { name: answer.error.name }));
      else task.resolve(answer.answer as never);
      this.pump();
    });
    thread.on('error', (error: Error) => this.lose(thread, error));
    thread.on('exit', (code) => this.lose(thread, new Error(`a compute thread ended with code ${code}`)));
    return thread;
  }

  private lose(thread: Worker, error: Error): void {
    const task = this.busy.get(thread);
    const wasIdle = this.idle.indexOf(thread);
    if (!task && wasIdle < 0) return;
    this.busy.delete(thread);
    if (wasIdle >= 0) this.idle.splice(wasIdle, 1);
    this.count -= 1;
    task?.reject(error);
    if (!this.closed) this.pump();
  }
}
