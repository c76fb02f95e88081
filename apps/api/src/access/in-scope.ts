import type { Engine, RecordStore, Scope } from '@ionloop/engine';
import { ScopedStore } from '@ionloop/engine';
import { AsyncLocalStorage } from 'node:async_hooks';

const scopes = new AsyncLocalStorage<Scope>();

/** Everything that `work` does, however long it goes on, sees what lies within the scope and nothing else. */
export const inScope = <T>(scope: Scope, work: () => T): T => scopes.run(scope, work);

/** Throws where nobody is known to be calling: without a caller nothing can be seen. */
export function currentScope(): Scope {
  const scope = scopes.getStore();
  if (!scope) throw new Error('the record is asked for, and nobody is known to be calling');
  return scope;
}

const atMost = 500;

/** The engine of all resolvers and routes: its record is the caller's part of the whole, whoever forgets to think of it. */
export function callersEngine(whole: Engine): Engine {
  const stores = new Map<string, RecordStore>();
  const of = (scope: Scope): RecordStore => {
    const name = JSON.stringify([scope.workspace, scope.campaign]);
    const known = stores.get(name) ?? new ScopedStore(whole.store, scope);
    stores.delete(name);
    stores.set(name, known);
    const [oldest] = stores.keys();
    if (oldest !== undefined && stores.size > atMost) stores.delete(oldest);
    return known;
  };
  return {
    ids: whole.ids,
    lab: whole.lab,
    wakeUps: whole.wakeUps,
    get store(): RecordStore {
      return of(currentScope());
    },
  };
}

/** An iterator each of whose steps is taken within the scope, whoever asks for it. */
export const iterateInScope = <T>(
  scope: Scope,
  steps: AsyncGenerator<T, void, undefined>,
): AsyncIterableIterator<T, void, undefined> => ({
  next: () => inScope(scope, () => steps.next()),
  return: () => inScope(scope, () => steps.return()),
  throw: (error: unknown) => inScope(scope, () => steps.throw(error)),
  [Symbol.asyncIterator]() {
    return this;
  },
});
