/**
 * What a thread can be asked, by name. Payload and answer are plain data; `kept` is an object that the thread was sent before, if the
 * task is run with one.
 */
export type Task<Payload = never, Kept = never> = (payload: Payload, kept: Kept) => unknown;

/** A module of tasks exports an object of this shape as `tasks`. */
export type Tasks = Readonly<Record<string, Task>>;

export type PayloadOf<T extends Task> = Parameters<T>[0];
export type KeptOf<T extends Task> = Parameters<T>[1] & object;
export type AnswerOf<T extends Task> =
  Awaited<ReturnType<T>> extends Moved<infer Answer> ? Answer : Awaited<ReturnType<T>>;

/** An answer whose memory goes over to the caller instead of being copied. */
export class Moved<Answer> {
  constructor(
    readonly answer: Answer,
    readonly buffers: readonly ArrayBuffer[],
  ) {}
}

/** `answer`, giving away the memory of these arrays, which the task must not use again. */
export function moved<Answer>(
  answer: Answer,
  ...arrays: readonly { readonly buffer: ArrayBufferLike }[]
): Moved<Answer> {
  // Views of one buffer give it away once; WebAssembly's and shared memory cannot be given away and is none of a task's answers.
  return new Moved(answer, [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]);
}
