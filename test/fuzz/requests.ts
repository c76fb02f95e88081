import type { Chance } from './chance.js';

export type Who = 'viewer' | 'planner' | 'approver' | 'lab' | 'admin' | 'elsewhere' | 'expired' | 'nobody';

/** All that is sent, so that it can be printed and sent again. */
export interface FuzzRequest {
  readonly who: Who;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

export const everybody: readonly Who[] = [
  ...(['viewer', 'planner', 'planner', 'planner', 'approver', 'approver'] as const),
  ...(['lab', 'admin', 'admin', 'admin', 'elsewhere', 'expired', 'nobody'] as const),
];

/** A surrogate alone can be in no URL and in no UTF-8. */
export const wellFormed = (text: string): string => Buffer.from(text).toString();

/** `undefined` is no JSON. */
export const jsonOf = (value: unknown): string => JSON.stringify(value ?? null);

export const drawWho = (chance: Chance): Who => chance.one(everybody);

/** As it can be written down and sent again; a body that is not text as base64. */
export function written({ who, method, path, headers, body }: FuzzRequest): string {
  const text = body?.toString('utf8');
  const isText = text !== undefined && Buffer.from(text).equals(body ?? Buffer.alloc(0));
  const shown = body === null ? {} : isText ? { body: text } : { bodyBase64: body.toString('base64') };
  return JSON.stringify({ who, method, path, headers, ...shown });
}
