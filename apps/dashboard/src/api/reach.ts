/** Whether the server answers: told by whoever asks it something. */
type State = 'reached' | 'lost';

const listeners = new Set<() => void>();
let state: State = 'reached';

const set = (next: State): void => {
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
};

export const reach = {
  get: (): State => state,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  answered: (): void => set('reached'),
  silent: (): void => set('lost'),
  /** Looks whether anybody answers. */
  look: (): void => {
    fetch('/health/live', { cache: 'no-store' }).then(
      ({ ok, status }) => {
        if (ok) set('reached');
        else if (status >= 502) set('lost');
      },
      () => set('lost'),
    );
  },
};
