import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { ApiSettings } from '../parts.js';
import { committedManifest, KnownOperations, knownOperationsPlugin } from './known-operations.js';
import type { Limits } from './limits.js';
import { limitsPlugin } from './limits-plugin.js';

interface Trusted {
  readonly plugins: ApolloServerPlugin[];
  readonly persistedQueries: { readonly cache: PersistedOperations };
}

/**
 * Which documents are answered. A client may send an operation's SHA-256 instead of its text: those of the manifest are
 * known from the start, and where any operation is answered, others once they have been sent in full.
 */
export function trusted({ operations }: Pick<ApiSettings, 'operations'>, limits: Limits): Trusted {
  const known = new KnownOperations(committedManifest());
  const cache = new PersistedOperations(known);
  // Nothing is cached by hints on fields, and looking for some costs each field a turn.
  const always = [limitsPlugin(limits), ApolloServerPluginCacheControlDisabled()];
  return {
    plugins: operations === 'known' ? [knownOperationsPlugin(known), ...always] : always,
    persistedQueries: { cache },
  };
}

/** Documents by their SHA-256: what clients said is kept as long as there is room for it. */
class PersistedOperations {
  private readonly said = new Map<string, string>();
  private length = 0;

  constructor(private readonly known: KnownOperations) {}

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.known.body(key.replace(/^apq:/, '')) ?? this.said.get(key));
  }

  set(key: string, body: string): Promise<void> {
    this.forget(key);
    this.said.set(key, body);
    this.length += body.length;
    for (const oldest of this.said.keys()) {
      if (this.length <= mostCharacters) break;
      this.forget(oldest);
    }
    return Promise.resolve();
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.forget(key));
  }

  private forget(key: string): boolean {
    this.length -= this.said.get(key)?.length ?? 0;
    return this.said.delete(key);
  }
}

const mostCharacters = 4_000_000;
