import { useCallback, useEffect, useState } from 'react';
import {
  noOverlay,
  type Overlay,
  settled,
  shownRows,
  withFirst,
  withGone,
  withoutFirst,
  withoutGone,
} from './overlay.js';

type Row = Parameters<typeof settled>[1][number];
type Act = () => Promise<string | null>;

export interface Overlaid<R> {
  readonly rows: readonly R[];
  /** Takes rows off the list at once, and puts them back where the act is refused. */
  readonly decide: (ids: readonly string[], act: Act) => Promise<string | null>;
  /** Puts a row first at once, and back where the act is refused. */
  readonly putFirst: (id: string, act: Act) => Promise<string | null>;
  readonly bringBack: (ids: readonly string[]) => void;
}

export function useOverlay<R extends Row>(rows: readonly R[]): Overlaid<R> {
  const [overlay, setOverlay] = useState<Overlay>(noOverlay);
  useEffect(() => setOverlay((before) => settled(before, rows)), [rows]);
  const bringBack = useCallback(
    (ids: readonly string[]) => setOverlay((before) => withoutGone(before, ids)),
    [],
  );
  const decide = useCallback(
    async (ids: readonly string[], act: Act) => {
      setOverlay((before) => withGone(before, ids));
      const problem = await act();
      if (problem !== null) bringBack(ids);
      return problem;
    },
    [bringBack],
  );
  const putFirst = useCallback(async (id: string, act: Act) => {
    setOverlay((before) => withFirst(before, id));
    const problem = await act();
    if (problem !== null) setOverlay((before) => withoutFirst(before, id));
    return problem;
  }, []);
  return { rows: shownRows(rows, overlay), decide, putFirst, bringBack };
}
