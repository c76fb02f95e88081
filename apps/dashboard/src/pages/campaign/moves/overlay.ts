/** What a person did and the server has not said yet: shown at once, and taken back where it is refused. */
export interface Overlay {
  /** Ids of rows that were decided on. */
  readonly gone: ReadonlySet<string>;
  /** Ids of rows that were put first, the first of them first. */
  readonly first: readonly string[];
}

export const noOverlay: Overlay = { gone: new Set(), first: [] };

interface Turn {
  readonly id: string;
  readonly rank: number;
  readonly number: number;
}

/** By turn, with what was just put first in front, and without what was just decided on. */
export function shownRows<R extends Turn>(rows: readonly R[], { gone, first }: Overlay): readonly R[] {
  const place = ({ id }: R): number => {
    const at = first.indexOf(id);
    return at < 0 ? first.length : at;
  };
  return rows
    .filter(({ id }) => !gone.has(id))
    .sort((a, b) => place(a) - place(b) || a.rank - b.rank || a.number - b.number);
}

export const withGone = (overlay: Overlay, ids: readonly string[]): Overlay => ({
  ...overlay,
  gone: new Set([...overlay.gone, ...ids]),
});

export const withoutGone = (overlay: Overlay, ids: readonly string[]): Overlay => ({
  ...overlay,
  gone: new Set([...overlay.gone].filter((id) => !ids.includes(id))),
});

export const withFirst = (overlay: Overlay, id: string): Overlay => ({
  ...overlay,
  first: [id, ...overlay.first.filter((other) => other !== id)],
});

export const withoutFirst = (overlay: Overlay, id: string): Overlay => ({
  ...overlay,
  first: overlay.first.filter((other) => other !== id),
});

/** Once the server has told of its rows: those that it does not have any more need no covering, nor what it has put first. */
export function settled(overlay: Overlay, rows: readonly Turn[]): Overlay {
  const ids = new Set(rows.map(({ id }) => id));
  const gone = new Set([...overlay.gone].filter((id) => ids.has(id)));
  const lowest = Math.min(0, ...rows.map(({ rank }) => rank));
  const isFirst = (id: string): boolean =>
    rows.some((row) => row.id === id && row.rank < 0 && row.rank === lowest);
  const first = overlay.first.some(isFirst) ? [] : overlay.first;
  return gone.size === overlay.gone.size && first === overlay.first ? overlay : { gone, first };
}
