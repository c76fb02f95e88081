export const verbs = ['register', 'claim', 'start', 'heartbeat', 'partials', 'submit'] as const;
export type Verb = (typeof verbs)[number];

/** What goes wrong with the next request of a verb. */
export type Fault =
  /** Carried out, but the connection breaks before the answer. */
  | { readonly kind: 'lost-reply' }
  /** The connection breaks before anything is carried out. */
  | { readonly kind: 'cut' }
  /** Carried out after a while. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Carried out, and never answered. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'status'; readonly status: number; readonly code?: string; readonly retryAfter?: string }
  /** Answered as the last such request was, as by a cache on the way. */
  | { readonly kind: 'again' }
  /** Something other than the server answers 200. */
  | { readonly kind: 'garbage' };

/** Faults in the order in which they were planted, one a request. */
export class Faults {
  readonly #planted = new Map<Verb, Fault[]>();

  plant(verb: Verb, ...faults: readonly Fault[]): void {
    this.#planted.set(verb, [...(this.#planted.get(verb) ?? []), ...faults]);
  }

  next(verb: Verb): Fault | null {
    return this.#planted.get(verb)?.shift() ?? null;
  }

  clear(): void {
    this.#planted.clear();
  }
}
