export const verbs = ['register', 'claim', 'start', 'heartbeat', 'partials', 'submit'] as const;
export type Verb = (typeof verbs)[number] | 'artifacts';

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
  | { readonly kind: 'garbage' }
  /** Of an upload: so many bytes are taken, then the connection breaks. */
  | { readonly kind: 'cut-after'; readonly bytes: number }
  /** Of an upload: so many bytes are taken, then nothing more happens. */
  | { readonly kind: 'stall-after'; readonly bytes: number }
  /** Of an upload: its last bytes are said to have another hash, and all of it is forgotten. */
  | { readonly kind: 'wrong-checksum' }
  /** Of a submit: the files that it names are gone. */
  | { readonly kind: 'forget-artifacts' };

/** Faults in the order in which they were planted, one a request; null is none. */
export class Faults {
  readonly #planted = new Map<Verb, (Fault | null)[]>();

  plant(verb: Verb, ...faults: readonly (Fault | null)[]): void {
    this.#planted.set(verb, [...(this.#planted.get(verb) ?? []), ...faults]);
  }

  next(verb: Verb): Fault | null {
    return this.#planted.get(verb)?.shift() ?? null;
  }

  clear(): void {
    this.#planted.clear();
  }
}
