import type { PlanAnswer, PlanRequest, PosteriorAnswer, PosteriorRequest } from '@ionloop/domain';

/** What a compute thread can be asked; plain data both ways. */
export interface Tasks {
  readonly plan: { readonly request: PlanRequest; readonly answer: PlanAnswer };
  readonly posterior: { readonly request: PosteriorRequest; readonly answer: PosteriorAnswer };
}
export type TaskName = keyof Tasks;

export interface TaskMessage {
  readonly id: number;
  readonly task: TaskName;
  readonly request: unknown;
}

export type ThreadAnswer =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: { readonly name: string; readonly message: string } };
