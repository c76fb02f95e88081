import { type Artifact, invalidInput, IonloopError, shown } from '@ionloop/domain';
import type { ArtifactFiles } from './ports.js';

/** The kind under which a result names an impedance spectrum. */
export const spectrumKind = 'impedance_spectrum';

/** One frequency of an impedance spectrum; capacitive samples have a negative imaginary part. */
export interface SpectrumPoint {
  readonly frequencyHz: number;
  readonly realOhm: number;
  readonly imaginaryOhm: number;
}

export interface Spectrum {
  /** From the highest frequency down, at most as many as were asked for. */
  readonly points: readonly SpectrumPoint[];
  /** How many the artifact has. */
  readonly total: number;
  /** Why there is nothing to draw; null where there is. */
  readonly problem: string | null;
}

const columns = ['frequencyHz', 'realOhm', 'imaginaryOhm'] as const;
const longest = { bytes: 4 * 1024 * 1024, points: 100_000 } as const;

/** A spectrum for drawing. One that cannot be read says why instead. */
export async function spectrumOf(
  files: ArtifactFiles,
  { sha256, bytes, mediaType }: Pick<Artifact, 'sha256' | 'bytes' | 'mediaType'>,
  maxPoints: number,
): Promise<Spectrum> {
  try {
    if (bytes > longest.bytes) {
      throw invalidInput('spectrum', `it has ${bytes} bytes; spectra of at most ${longest.bytes} are drawn`);
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of await files.read(sha256)) chunks.push(chunk);
    const points = readSpectrum(Buffer.concat(chunks), mediaType);
    return { points: decimated(points, maxPoints), total: points.length, problem: null };
  } catch (error) {
    if (!(error instanceof IonloopError)) throw error;
    return { points: [], total: 0, problem: error.message };
  }
}

/**
 * JSON (`{"frequencyHz": […], "realOhm": […], "imaginaryOhm": […]}`, whatever else it holds) or CSV with a header that
 * names the three columns. Refuses with INVALID_INPUT what is neither.
 */
export function readSpectrum(content: Uint8Array, mediaType: string): readonly SpectrumPoint[] {
  const text = textOf(content);
  const table = /json/i.test(mediaType) || /^\s*\{/.test(text) ? fromJson(text) : fromCsv(text);
  const [frequencies] = table;
  if (frequencies.length === 0) throw invalidInput('spectrum', 'the spectrum has no points');
  if (frequencies.length > longest.points) {
    throw invalidInput(
      'spectrum',
      `the spectrum has ${frequencies.length} points; at most ${longest.points} are drawn`,
    );
  }
  const points = frequencies.map((_, row): SpectrumPoint => {
    const [frequencyHz, realOhm, imaginaryOhm] = table.map((column, i) =>
      finite(column[row], `${columns[i as 0]}[${row}]`),
    ) as [number, number, number];
    if (frequencyHz <= 0) {
      throw invalidInput('spectrum', `frequencyHz[${row}] is ${frequencyHz}; it must be above zero`);
    }
    return { frequencyHz, realOhm, imaginaryOhm };
  });
  return points.sort((a, b) => b.frequencyHz - a.frequencyHz);
}

type Table = readonly [readonly unknown[], readonly unknown[], readonly unknown[]];

function textOf(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw invalidInput('spectrum', 'the spectrum is no text in UTF-8');
  }
}

function fromJson(text: string): Table {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw invalidInput('spectrum', `the spectrum is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidInput('spectrum', `the spectrum must be an object with ${columns.join(', ')}`);
  }
  return sameLength(
    columns.map((name) => {
      const column = (body as Readonly<Record<string, unknown>>)[name];
      if (!Array.isArray(column)) {
        throw invalidInput('spectrum', `${name} must be a list of numbers, not ${shown(column)}`);
      }
      return column as unknown[];
    }),
  );
}

function fromCsv(text: string): Table {
  const [header = '', ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const separator = [',', ';', '\t'].find((mark) => header.includes(mark)) ?? ',';
  const names = header.split(separator).map((name) => name.trim());
  const places = columns.map((name) => {
    const place = names.indexOf(name);
    if (place < 0)
      throw invalidInput('spectrum', `the header "${header.slice(0, 80)}" has no column ${name}`);
    return place;
  });
  const cells = rows.map((row) => row.split(separator));
  return sameLength(
    places.map((place) =>
      cells.map((row) => {
        const cell = row[place]?.trim() ?? '';
        return cell === '' ? undefined : Number(cell);
      }),
    ),
  );
}

function sameLength(table: readonly (readonly unknown[])[]): Table {
  const lengths = table.map(({ length }) => length);
  if (new Set(lengths).size > 1) {
    const told = columns.map((name, i) => `${name} ${lengths[i] ?? 0}`).join(', ');
    throw invalidInput('spectrum', `the columns differ in length: ${told}`);
  }
  return table as unknown as Table;
}

function finite(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalidInput('spectrum', `${where} must be a finite number, not ${shown(value)}`);
}

/**
 * At most so many points, the first and the last among them, that keep the curve's shape: of each stretch the one that
 * spans the largest triangle with its neighbours (Steinarsson, 2013).
 */
export function decimated(points: readonly SpectrumPoint[], most: number): readonly SpectrumPoint[] {
  const first = points[0];
  const last = points.at(-1);
  if (points.length <= most || !first || !last || most < 3) return points.slice(0, Math.max(0, most));
  const kept = [first];
  const stretch = (points.length - 2) / (most - 2);
  const between = (n: number): readonly SpectrumPoint[] =>
    points.slice(1 + Math.floor(n * stretch), 1 + Math.floor((n + 1) * stretch));
  for (let n = 0; n < most - 2; n += 1) {
    const from = kept.at(-1) ?? first;
    const next = n === most - 3 ? [last] : between(n + 1);
    const toReal = mean(next.map(({ realOhm }) => realOhm));
    const toImaginary = mean(next.map(({ imaginaryOhm }) => imaginaryOhm));
    let best: SpectrumPoint | undefined;
    let largest = -1;
    for (const point of between(n)) {
      const area = Math.abs(
        (from.realOhm - toReal) * (point.imaginaryOhm - from.imaginaryOhm) -
          (from.realOhm - point.realOhm) * (toImaginary - from.imaginaryOhm),
      );
      if (best && !(area > largest)) continue;
      best = point;
      largest = area;
    }
    if (best) kept.push(best);
  }
  return [...kept, last];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
