/** The body of a compute thread: it knows linalg's own tasks and those of the module it was started with. */
import { parentPort, workerData } from 'node:worker_threads';
import { InvalidArgumentError } from '../errors.js';
import { ownTasks } from './ownTasks.js';
import { packError } from './packedError.js';
import type { FromThread, ThreadData, ToThread } from './protocol.js';
import { Moved, type Task, type Tasks } from './tasks.js';

if (!parentPort) throw new Error('this module is the body of a worker thread');
const port = parentPort;
const tasks = await knownTasks((workerData as ThreadData).tasks);
const kept = new Map<number, object>();

port.on('message', (message: ToThread) => {
  if (message.kind === 'forget') kept.delete(message.number);
  else void answer(message);
});
// What cannot be read ends the thread, which tells the pool why.
port.on('messageerror', (error) => {
  throw error;
});

async function answer(message: ToThread & { kind: 'run' }): Promise<void> {
  const { id } = message;
  try {
    const result = await run(message);
    if (result instanceof Moved) post({ id, answer: result.answer }, result.buffers);
    else post({ id, answer: result });
  } catch (error) {
    post({ id, error: packError(error) });
  }
}

function run({ task, payload, kept: needed }: ToThread & { kind: 'run' }): unknown {
  if (needed?.value) kept.set(needed.number, needed.value);
  const body = tasks.get(task);
  if (!body)
    throw new InvalidArgumentError('task', `must be one of ${[...tasks.keys()].join(', ')}, not ${task}`);
  return body(payload as never, (needed && kept.get(needed.number)) as never);
}

function post(message: FromThread, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

async function knownTasks(module: string | null): Promise<ReadonlyMap<string, Task>> {
  const known = new Map<string, Task>(Object.entries(ownTasks));
  if (module === null) return known;
  const { tasks: more } = (await import(module)) as { readonly tasks?: Tasks };
  if (more === undefined) throw new InvalidArgumentError('tasks', `must be exported by ${module}`);
  for (const [name, task] of Object.entries(more)) {
    if (known.has(name))
      throw new InvalidArgumentError('tasks', `of ${module} must not be called ${name}, a task of linalg`);
    known.set(name, task);
  }
  return known;
}
