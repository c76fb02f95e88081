/** A part of the page, in the document. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

const cardWidth = 352;
/** In pixels, around the card. */
export const gap = 12;
/** A part that is no higher than that has the card below it. */
const lowPart = 360;

/** Beside the part where there is room, else below it or its upper edge, within the page. */
export function placeBeside(
  { top, left, width, height }: Box,
  page: number,
): { readonly width: number; readonly left: number; readonly top: number } {
  const wide = Math.min(cardWidth, page - 2 * gap);
  const right = left + width + gap;
  const beside = right + wide <= page - gap ? right : left - wide - gap >= gap ? left - wide - gap : null;
  const inside = Math.max(gap, Math.min(left + width - wide - gap, page - wide - gap));
  return {
    width: wide,
    left: beside ?? inside,
    top: beside !== null ? top : height < lowPart ? top + height + gap : top + 56,
  };
}

/** Heights of what is seen at once, of the whole page, of the head that stays in sight, and of the card. */
export interface Heights {
  readonly view: number;
  readonly page: number;
  readonly head: number;
  readonly card: number;
}

export interface PhonePlace {
  /** Of the screen, at which the card stands. */
  readonly edge: 'top' | 'bottom';
  /** How far the page is to be scrolled, so that the part lies in what the card leaves free. */
  readonly scroll: number;
}

/** On a phone there is no room beside a part: the card stands at the lower edge, and at the upper one where the page ends with the part. */
export function placeOnPhone(part: Pick<Box, 'top' | 'height'>, heights: Heights): PhonePlace {
  const { view, page, head, card } = heights;
  const free = Math.max(0, view - head - card - 2 * gap);
  const last = Math.max(0, page - view);
  const within = (scroll: number): number => Math.min(last, Math.max(0, scroll));
  // Of a part that is higher than the free place its upper end is seen, else the whole of it, in the middle.
  const before = (from: number): number => from + Math.max(gap / 2, (free - part.height) / 2);
  const wanted = part.top - before(head);
  const seen = Math.min(part.height, free);
  const covered = part.top + seen - within(wanted) > view - card - gap;
  return covered
    ? { edge: 'top', scroll: within(part.top - before(head + card + gap)) }
    : { edge: 'bottom', scroll: within(wanted) };
}
