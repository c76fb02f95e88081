import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

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
