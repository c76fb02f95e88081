/** What was measured more than once. */
export interface Replicates {
  readonly label: string;
  readonly experiments: readonly number[];
  readonly values: readonly number[];
}

interface Row {
  readonly number: number;
  readonly label: string;
  readonly point: unknown;
  readonly measurements: readonly {
    readonly property: string;
    readonly status: string;
    readonly value: number;
  }[];
}

const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

/** Accepted values of a property by the point that they were measured of, where there are several; the most first. */
export function replicatesOf(rows: readonly Row[], property: string): readonly Replicates[] {
  const groups = new Map<string, { label: string; experiments: number[]; values: number[] }>();
  for (const { number, label, point, measurements } of rows) {
    const values = measurements
      .filter((own) => own.status === 'accepted' && own.property === property)
      .map(({ value }) => value);
    if (values.length === 0) continue;
    const group = groups.get(keyOf(point)) ?? { label, experiments: [], values: [] };
    group.experiments.push(number);
    group.values.push(...values);
    groups.set(keyOf(point), group);
  }
  return [...groups.values()]
    .filter(({ values }) => values.length > 1)
    .sort((a, b) => b.values.length - a.values.length);
}

export interface Spread {
  /** On the scale given. */
  readonly sd: number;
  readonly degrees: number;
}

/** The standard deviation of one measurement, pooled over all groups; null where nothing was measured twice. */
export function pooledSpread(
  groups: readonly Pick<Replicates, 'values'>[],
  toScale: (value: number) => number,
): Spread | null {
  let squares = 0;
  let degrees = 0;
  for (const { values } of groups) {
    const seen = values.map(toScale);
    const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
    squares += seen.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    degrees += seen.length - 1;
  }
  return degrees > 0 ? { sd: Math.sqrt(squares / degrees), degrees } : null;
}
