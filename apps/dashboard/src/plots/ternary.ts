/** The ternary plot: fractions (a, b, c) of sum one; a at the top, b at the right, c at the left; the side is 1. */
export const height = Math.sqrt(3) / 2;

export interface Position {
  readonly x: number;
  readonly y: number;
}

export const place = (a: number, b: number, c: number): Position => {
  const sum = a + b + c;
  return { x: (b + a / 2) / sum, y: (a / sum) * height };
};

export interface Segment {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

const segment = (from: Position, to: Position): Segment => ({ x1: from.x, y1: from.y, x2: to.x, y2: to.y });

/** Lines of equal a, b and c at each of the fractions. */
export const gridlines = (fractions: readonly number[]): readonly Segment[] =>
  fractions.flatMap((t) => [
    segment(place(t, 1 - t, 0), place(t, 0, 1 - t)),
    segment(place(1 - t, t, 0), place(0, t, 1 - t)),
    segment(place(1 - t, 0, t), place(0, 1 - t, t)),
  ]);

/** Where each fraction's number stands: a along the right side, b along the bottom, c along the left. */
export const tickPlaces = (
  fractions: readonly number[],
): readonly (Position & { readonly fraction: number; readonly side: 'a' | 'b' | 'c' })[] =>
  fractions.flatMap((fraction) => [
    { ...place(fraction, 1 - fraction, 0), fraction, side: 'a' as const },
    { ...place(0, fraction, 1 - fraction), fraction, side: 'b' as const },
    { ...place(1 - fraction, 0, fraction), fraction, side: 'c' as const },
  ]);

export const outline: readonly Position[] = [place(1, 0, 0), place(0, 1, 0), place(0, 0, 1), place(1, 0, 0)];
