import type { ProblemCode } from './problems.js';
import type { JsonSchema, Schema } from './schema.js';

export interface Parameter {
  readonly name: string;
  readonly about: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface Answer {
  readonly about: string;
  /** None where the answer has no body; bytes by their media type. */
  readonly body?: Schema<unknown> | { readonly mediaType: string; readonly schema: JsonSchema };
  readonly example?: unknown;
  readonly headers?: Readonly<Record<string, { readonly about: string; readonly schema: JsonSchema }>>;
  /** What can be asked next, and with what of this answer. */
  readonly links?: Readonly<Record<string, JsonSchema>>;
}

/** One operation of REST as the document has it. Who may use it is in access/operations.ts. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** As the router has it, with `:name` for a parameter. */
  readonly path: string;
  readonly id: string;
  readonly tag: 'lab' | 'artifacts' | 'data' | 'access' | 'operation';
  readonly summary: string;
  readonly about?: string;
  readonly inPath?: readonly Omit<Parameter, 'required'>[];
  readonly inQuery?: readonly Parameter[];
  readonly headers?: readonly Parameter[];
  readonly body?: { readonly json: Schema<unknown>; readonly example: unknown } | 'bytes';
  readonly answers: Readonly<Record<number, Answer>>;
  /** Besides those that any route of its kind may answer. */
  readonly problems?: readonly ProblemCode[];
  /** Also asked by HEAD, for the headers alone. */
  readonly head?: string;
}

/** `/a/:id` as OpenAPI writes it. */
export const template = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');
