import { useCallback, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useQuiet } from './hooks.js';

export type Change = Readonly<Record<string, string | null>>;

/** The address with some of what it says changed; nothing is said of what is null or empty. */
export const changedSearch = (search: URLSearchParams, change: Change): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...Object.fromEntries(search), ...change }).flatMap(
      ([key, value]): [string, string][] => (value === null || value === '' ? [] : [[key, value]]),
    ),
  );

/** Changes what the address says of what is looked at, and leaves the rest of it. */
export function useAddressChange(): readonly [URLSearchParams, (change: Change) => void] {
  const [search, setSearch] = useSearchParams();
  const change = useCallback(
    (next: Change): void =>
      setSearch((before) => changedSearch(before, next), { replace: true, preventScrollReset: true }),
    [setSearch],
  );
  return [search, change];
}

/** A choice that is kept in the address, so that it can be sent to somebody; the first of them is not written there. */
export function useChoice<T extends string>(
  key: string,
  options: readonly { readonly value: T }[],
  usual: T,
): readonly [T, (next: T) => void] {
  const [search, change] = useAddressChange();
  const asked = search.get(key);
  const value = options.find((option) => option.value === asked)?.value ?? usual;
  const choose = useCallback(
    (next: T): void => change({ [key]: next === usual ? null : next }),
    [change, key, usual],
  );
  return [value, choose];
}

interface Typed {
  readonly text: string;
  readonly type: (text: string) => void;
  /** What it was when the typing last paused: so it is asked for, and stands in the address. */
  readonly words: string;
}

/** What somebody types to find something: in the address once the typing pauses, so that each key costs a field and no page. */
export function useTyped(key: string): Typed {
  const [search, change] = useAddressChange();
  const told = search.get(key) ?? '';
  const [text, type] = useState(told);
  const [known, setKnown] = useState(told);
  const words = useQuiet(text);
  if (told !== known) {
    setKnown(told);
    // Somebody went back, or followed a link; what was written from here is what was typed.
    if (told !== words) type(told);
  }
  useEffect(() => {
    change({ [key]: words });
  }, [words]);
  return { text, type, words };
}
