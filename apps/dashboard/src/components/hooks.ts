import { useEffect, useState, useSyncExternalStore } from 'react';
import { reach } from '../api/reach.js';

export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Ionloop`;
  }, [title]);
}

/** The time, moving on every `everyMs`. */
export function useNow(everyMs: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** Runs again and again while somebody looks. */
export function usePolling(run: () => void, everyMs: number): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') run();
    }, everyMs);
    return () => clearInterval(timer);
  }, [run, everyMs]);
}

const listen = (listener: () => void): (() => void) => {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
};

export const useOnline = (): boolean => useSyncExternalStore(listen, () => navigator.onLine);

export const useReach = (): 'reached' | 'lost' => useSyncExternalStore(reach.subscribe, reach.get);

export const useAskedToWait = (): boolean => useSyncExternalStore(reach.subscribe, reach.isAskedToWait);

const quietMs = 250;

/** The value once it has not changed for a moment. */
export function useQuiet(value: string): string {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), quietMs);
    return () => clearTimeout(timer);
  }, [value]);
  return quiet;
}
