import { patient, waitFor } from './patient-fetch.js';

/** Whether the server answers: told by whoever asks it something. */
type State = 'reached' | 'lost';

const listeners = new Set<() => void>();
let state: State = 'reached';
let isAskedToWait = false;

const tell = (): void => {
  for (const listener of listeners) listener();
};
const set = (next: State): void => {
  if (state === next) return;
  state = next;
  tell();
};

export const reach = {
  get: (): State => state,
  /** Whether something waits because the server asked for a pause. */
  isAskedToWait: (): boolean => isAskedToWait,
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

/** Waits as long as the server asks, and asks again. */
export const patientFetch: typeof fetch = patient({
  fetch: (input, init) => fetch(input, init),
  wait: waitFor,
  onWaiting: (count) => {
    if (isAskedToWait === count > 0) return;
    isAskedToWait = count > 0;
    tell();
  },
});
