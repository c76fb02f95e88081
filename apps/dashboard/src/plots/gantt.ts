/** A station's work on one experiment, with its times in milliseconds. */
export interface Work {
  readonly id: string;
  readonly station: string;
  readonly campaign: string;
  readonly experiment: number;
  readonly label: string;
  readonly how: 'claimed' | 'running' | 'done' | 'failed' | 'lost';
  /** What came of it, or what it is at, in words. */
  readonly what: string;
  readonly from: number;
  /** When it began to be made; null of what has not. */
  readonly started: number | null;
  /** Null of what is going on. */
  readonly to: number | null;
}

export interface Bar extends Work {
  /** Its place among those of its station that go on at the same time. */
  readonly lane: number;
  readonly end: number;
}

export interface StationRow {
  readonly station: string;
  readonly lanes: number;
  readonly bars: readonly Bar[];
  /** The share of the time shown in which the station was working on something. */
  readonly busy: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A row a station; what goes on at one station at once lies in lanes, as few as do. */
export function ganttOf(work: readonly Work[], { from, to }: Span): readonly StationRow[] {
  const shown = work.filter((own) => (own.to ?? to) >= from && own.from <= to);
  const stations = [...new Set(shown.map(({ station }) => station))].sort((a, b) => a.localeCompare(b));
  return stations.map((station) => {
    const free: number[] = [];
    const own = shown.filter((each) => each.station === station).sort((a, b) => a.from - b.from);
    const bars = own.map((each): Bar => {
      const end = Math.max(each.to ?? to, each.from);
      const found = free.findIndex((until) => until <= each.from);
      const lane = found < 0 ? free.length : found;
      free[lane] = end;
      return { ...each, lane, end };
    });
    return { station, lanes: Math.max(1, free.length), bars, busy: busyShare(bars, { from, to }) };
  });
}

/** How much of a span is covered by bars, each moment once. */
export function busyShare(
  bars: readonly { readonly from: number; readonly end: number }[],
  span: Span,
): number {
  let until = span.from;
  let busy = 0;
  for (const { from, end } of [...bars].sort((a, b) => a.from - b.from)) {
    const [start, stop] = [Math.max(from, until), Math.min(end, span.to)];
    if (stop > start) busy += stop - start;
    until = Math.max(until, stop);
  }
  return span.to > span.from ? busy / (span.to - span.from) : 0;
}

export const windows = [
  { value: '600', label: '10 min' },
  { value: '3600', label: 'Hour' },
  { value: '86400', label: 'Day' },
  { value: '604800', label: 'Week' },
] as const;
export type WindowSeconds = (typeof windows)[number]['value'];

const enough = 8;

/** The shortest window that shows something worth looking at. */
export function windowFor(work: readonly Work[], now: number): WindowSeconds {
  const shows = (seconds: string): number =>
    work.filter(({ to }) => (to ?? now) >= now - Number(seconds) * 1000).length;
  const wanted = Math.min(enough, work.length);
  return windows.find(({ value }) => shows(value) >= wanted && wanted > 0)?.value ?? '604800';
}

/** The time that is looked at: as far back as is wanted, but not farther than there was work. */
export function spanOf(work: readonly Work[], now: number, seconds: number): Span {
  const wanted = now - seconds * 1000;
  const first = work
    .filter(({ to }) => (to ?? now) >= wanted)
    .reduce((earliest, { from }) => Math.min(earliest, from), now);
  return { from: Math.max(wanted, first - 0.03 * (now - first)), to: now };
}
