import type { Kind } from './kinds.js';

export interface Setting<Value> extends Kind<Value> {
  /** The variable's name in the environment. */
  readonly name: string;
  /** As it would be written; undefined where there is none. */
  readonly default: string | undefined;
  /** What the documentation says of the default, where that differs from machine to machine. */
  readonly defaultShown?: string;
  readonly meaning: string;
  /** Values hold a password and are masked before anyone sees them. */
  readonly secret?: boolean;
}

type Description = Omit<Setting<never>, 'default' | keyof Kind<never>>;
type WithDefault<Value> = Setting<Value> & { readonly default: string };
type Optional<Value> = Setting<Value> & { readonly default: undefined };

export const setting = <Value>(
  kind: Kind<Value>,
  fallback: string,
  description: Description,
): WithDefault<Value> => ({ ...kind, default: fallback, ...description });

export const optional = <Value>(kind: Kind<Value>, description: Description): Optional<Value> => ({
  ...kind,
  default: undefined,
  ...description,
});
