export interface SpectrumPoint {
  readonly frequencyHz: number;
  readonly realOhm: number;
  readonly imaginaryOhm: number;
}

export interface NyquistPoint {
  /** Z′ in the plot's unit. */
  readonly x: number;
  /** −Z″, so that a capacitive sample is drawn upwards. */
  readonly y: number;
  readonly frequencyHz: number;
  /** The power of ten that this point is the nearest to, where there is room to write it. */
  readonly decade: number | null;
}

export interface Nyquist {
  readonly points: readonly NyquistPoint[];
  readonly unit: string;
  /** The plot's unit in Ω. */
  readonly ohm: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

const prefixes = [
  ['mΩ', 1e-3],
  ['Ω', 1],
  ['kΩ', 1e3],
  ['MΩ', 1e6],
  ['GΩ', 1e9],
] as const;

/** The curve in a unit that reads well, from the highest frequency down. */
export function nyquistOf(spectrum: readonly SpectrumPoint[]): Nyquist {
  const largest = spectrum.reduce(
    (most, { realOhm, imaginaryOhm }) => Math.max(most, Math.abs(realOhm), Math.abs(imaginaryOhm)),
    0,
  );
  const [unit, ohm] = prefixes.findLast(([, size]) => largest >= size) ?? prefixes[0];
  const decades = legible(nearestToDecades(spectrum), spectrum);
  const points = spectrum.map(({ frequencyHz, realOhm, imaginaryOhm }, i) => ({
    x: realOhm / ohm,
    y: -imaginaryOhm / ohm,
    frequencyHz,
    decade: decades.get(i) ?? null,
  }));
  return { points, unit, ohm, x: spanOf(points.map(({ x }) => x)), y: spanOf(points.map(({ y }) => y)) };
}

/** With zero in it, and a little room at the far ends. */
function spanOf(values: readonly number[]): readonly [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), 0);
  const high = values.reduce((most, value) => Math.max(most, value), 0);
  const ends = (high - low) * 0.06 || 1;
  return [low < 0 ? low - ends : 0, high + ends];
}

/** Which point stands for which power of ten. */
function nearestToDecades(spectrum: readonly SpectrumPoint[]): ReadonlyMap<number, number> {
  const nearest = new Map<number, { readonly i: number; readonly off: number }>();
  for (const [i, { frequencyHz }] of spectrum.entries()) {
    const decade = Math.round(Math.log10(frequencyHz));
    const off = Math.abs(Math.log10(frequencyHz) - decade);
    if (off < 0.1 && off < (nearest.get(decade)?.off ?? Infinity)) nearest.set(decade, { i, off });
  }
  return new Map([...nearest].map(([decade, { i }]) => [i, decade]));
}

const room = { along: 0.16, across: 0.07 } as const;

/** Without those whose words would lie on another's; the higher frequency stays. */
function legible(
  decades: ReadonlyMap<number, number>,
  spectrum: readonly SpectrumPoint[],
): ReadonlyMap<number, number> {
  const span = spectrum.reduce((most, { realOhm }) => Math.max(most, Math.abs(realOhm)), 0);
  const kept: [number, number][] = [];
  for (const [i, decade] of [...decades].sort(([, a], [, b]) => b - a)) {
    const hidden = kept.some(([j]) => {
      const [one, other] = [spectrum[i], spectrum[j]];
      if (!one || !other) return false;
      return (
        Math.abs(one.realOhm - other.realOhm) < room.along * span &&
        Math.abs(one.imaginaryOhm - other.imaginaryOhm) < room.across * span
      );
    });
    if (!hidden) kept.push([i, decade]);
  }
  return new Map(kept);
}

/** As large as fits with one scale for both axes: an arc must look like an arc. */
export function sizeOf(
  { x, y }: Pick<Nyquist, 'x' | 'y'>,
  most: { readonly width: number; readonly height: number },
): { readonly width: number; readonly height: number } {
  const [wide, high] = [x[1] - x[0], y[1] - y[0]];
  const scale = Math.min(most.width / wide, most.height / high);
  return { width: wide * scale, height: high * scale };
}

const frequencyUnits = [
  ['mHz', -3],
  ['Hz', 0],
  ['kHz', 3],
  ['MHz', 6],
  ['GHz', 9],
] as const;

/** "10 kHz" for the fourth power of ten. */
/** Of the marked points those whose names can stand beside each other in a frame of so many pixels, the higher frequency first. */
export function namedPoints(
  { points, x, y }: Pick<Nyquist, 'points' | 'x' | 'y'>,
  { width, height }: { readonly width: number; readonly height: number },
): readonly NyquistPoint[] {
  const placed: { readonly left: number; readonly top: number }[] = [];
  return points.filter((point) => {
    if (point.decade === null) return false;
    const left = ((point.x - x[0]) / (x[1] - x[0])) * width;
    const top = ((point.y - y[0]) / (y[1] - y[0])) * height;
    const isFree = placed.every(
      (other) => Math.abs(other.left - left) > nameRoom.wide || Math.abs(other.top - top) > nameRoom.high,
    );
    if (isFree) placed.push({ left, top });
    return isFree;
  });
}

const nameRoom = { wide: 58, high: 15 };

export function decadeText(decade: number): string {
  const [unit, exponent] = frequencyUnits.findLast(([, from]) => decade >= from) ?? frequencyUnits[0];
  return `${String(Number((10 ** (decade - exponent)).toPrecision(1)))} ${unit}`;
}
