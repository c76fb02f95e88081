import { readSession, type Session } from './session.js';

const key = 'ionloop.session';
const listeners = new Set<() => void>();
let current: Session | null = load();
let hasEnded = false;

function load(): Session | null {
  try {
    return readSession(JSON.parse(localStorage.getItem(key) ?? 'null'));
  } catch {
    return null;
  }
}

const tell = (): void => {
  for (const listener of listeners) listener();
};

export const sessionStore = {
  get: (): Session | null => current,
  /** Whether the last session was ended by the server and not by a person. */
  hasEnded: (): boolean => hasEnded,
  end: (): void => {
    if (current === null) return;
    hasEnded = true;
    sessionStore.put(null);
  },
  set: (session: Session | null): void => {
    hasEnded = false;
    sessionStore.put(session);
  },
  put: (session: Session | null): void => {
    current = session;
    if (session) localStorage.setItem(key, JSON.stringify(session));
    else localStorage.removeItem(key);
    tell();
  },
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

// Signing out in one tab signs out in all of them.
addEventListener('storage', (event) => {
  if (event.key !== key) return;
  current = load();
  tell();
});
