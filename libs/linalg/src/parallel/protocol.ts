import type { PackedError } from './packedError.js';

/** What a thread is started with: the address of a module of tasks, or none. */
export interface ThreadData {
  readonly tasks: string | null;
}

export type ToThread =
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly task: string;
      readonly payload: unknown;
      /** The number of the kept object; its value comes with the first task that needs it. */
      readonly kept: { readonly number: number; readonly value?: object } | null;
    }
  | { readonly kind: 'forget'; readonly number: number };

export type FromThread =
  { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly error: PackedError };
