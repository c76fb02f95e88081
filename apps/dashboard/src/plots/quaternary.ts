/**
 * The quaternary plot: mixtures of four as places of a regular tetrahedron around the origin, its corners at distance
 * 1, seen from far away. x goes to the right, y up, and depth towards the eye.
 */
export interface Seen {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/** In degrees: round the upright axis, and then tipped towards the eye. */
export interface Turn {
  readonly around: number;
  readonly over: number;
}

export type Four<T> = readonly [T, T, T, T];

/** No corner hides another. */
export const usualTurn: Turn = { around: 20, over: 15 };
const steepest = 90;

const foot = Math.sqrt(8) / 3;
const atFoot = (degrees: number): Seen => ({
  x: foot * Math.cos((degrees * Math.PI) / 180),
  y: -1 / 3,
  depth: foot * Math.sin((degrees * Math.PI) / 180),
});
/** The first on top, the others at its foot: towards the eye, at the left and at the right behind. */
const corners: Four<Seen> = [{ x: 0, y: 1, depth: 0 }, atFoot(90), atFoot(210), atFoot(330)];

function turnedBy({ around, over }: Turn, { x, y, depth }: Seen): Seen {
  const [a, o] = [(around * Math.PI) / 180, (over * Math.PI) / 180];
  const near = depth * Math.cos(a) - x * Math.sin(a);
  return {
    x: x * Math.cos(a) + depth * Math.sin(a),
    y: y * Math.cos(o) - near * Math.sin(o),
    depth: y * Math.sin(o) + near * Math.cos(o),
  };
}

export interface View {
  readonly corners: Four<Seen>;
  /** Where amounts stand; they need not sum to one. */
  readonly place: (amounts: Four<number>) => Seen;
}

/** The tetrahedron as it is seen when it was turned. */
export function viewOf(turn: Turn): View {
  const [a, b, c, d] = corners.map((corner) => turnedBy(turn, corner)) as unknown as Four<Seen>;
  const place = ([p, q, r, s]: Four<number>): Seen => {
    const sum = p + q + r + s;
    const mean = (key: keyof Seen): number => (p * a[key] + q * b[key] + r * c[key] + s * d[key]) / sum;
    return { x: mean('x'), y: mean('y'), depth: mean('depth') };
  };
  return { corners: [a, b, c, d], place };
}

/** Both ends, and whether the body is before it. */
export interface Edge {
  readonly from: Seen;
  readonly to: Seen;
  readonly hidden: boolean;
}

/** The face across from a corner looks away where that corner is nearer than the middle; an edge is hidden by two of them. */
export const edgesOf = ({ corners: seen }: View): readonly Edge[] =>
  seen.flatMap((from, i) =>
    seen.slice(i + 1).map((to): Edge => {
      const others = seen.filter((corner) => corner !== from && corner !== to);
      return { from, to, hidden: others.every(({ depth }) => depth > 1e-9) };
    }),
  );

/** What is nearer is drawn later. */
export const backToFront = <S extends { readonly seen: Seen }>(marks: readonly S[]): readonly S[] =>
  [...marks].sort((one, other) => one.seen.depth - other.seen.depth);

/** From 0, as far back as a corner can be, to 1, as near as one can. */
export const nearness = ({ depth }: Seen): number => Math.min(1, Math.max(0, (depth + 1) / 2));

export function turnedFrom({ around, over }: Turn, right: number, down: number): Turn {
  return {
    around: (((around + right) % 360) + 360) % 360,
    over: Math.min(steepest, Math.max(-steepest, over + down)),
  };
}

/** `20,15` of an address; the usual turn where it says nothing that is one. */
export function turnOf(text: string): Turn {
  const found = /^(\d{1,3}),(-?\d{1,2})$/.exec(text);
  return found ? turnedFrom({ around: 0, over: 0 }, Number(found[1]), Number(found[2])) : usualTurn;
}

/** Nothing is said of the usual turn. */
export function turnText(turn: Turn): string {
  const [around, over] = [Math.round(turn.around) % 360, Math.round(turn.over) + 0];
  return around === usualTurn.around && over === usualTurn.over ? '' : `${around},${over}`;
}
