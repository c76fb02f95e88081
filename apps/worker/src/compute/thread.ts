import { parentPort } from 'node:worker_threads';
import type { PlanRequest, PosteriorRequest } from '@ionloop/domain';
import { plan, posterior } from '@ionloop/planner';
import type { TaskMessage, ThreadAnswer } from './protocol.js';

/** The body of a compute thread: numbers only, no sockets, no state between tasks. */
const port = parentPort;
if (!port) throw new Error('this module is the body of a worker thread');

port.on('message', ({ id, task, request }: TaskMessage) => {
  let answer: ThreadAnswer;
  try {
    answer = {
      id,
      answer: task === 'plan' ? plan(request as PlanRequest) : posterior(request as PosteriorRequest),
    };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    answer = { id, error: { name, message } };
  }
  port.postMessage(answer);
});
