/** A result in one row of a beeswarm. */
export interface SwarmDot {
  readonly number: number;
  readonly column: string;
  /** What the column adds to the prediction. */
  readonly value: number;
  /** The column as models see it, from 0 to 1 over what was tried; null where it is no number. */
  readonly at: number | null;
}

export interface Swarm {
  /** The most influential first. */
  readonly columns: readonly { readonly name: string; readonly meanAbsolute: number }[];
  readonly dots: readonly SwarmDot[];
}

interface Explained {
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly number: number;
    readonly at: readonly (number | null)[];
    readonly values: readonly number[];
  }[];
}

/** Shapley values of results as rows of dots, one a column, and of very many columns those that matter most. */
export function swarmOf({ columns, rows }: Explained, most: number): Swarm {
  const weighed = columns
    .map((name, i) => ({
      name,
      i,
      meanAbsolute:
        rows.reduce((sum, { values }) => sum + Math.abs(values[i] ?? 0), 0) / Math.max(1, rows.length),
    }))
    .sort((a, b) => b.meanAbsolute - a.meanAbsolute)
    .slice(0, most);
  return {
    columns: weighed.map(({ name, meanAbsolute }) => ({ name, meanAbsolute })),
    dots: weighed.flatMap(({ name, i }) => {
      const known = rows.flatMap(({ at }) => at[i] ?? []);
      const low = known.reduce((a, b) => Math.min(a, b), Infinity);
      const high = known.reduce((a, b) => Math.max(a, b), -Infinity);
      return rows.map(({ number, at, values }): SwarmDot => {
        const own = at[i] ?? null;
        return {
          number,
          column: name,
          value: values[i] ?? 0,
          at: own === null ? null : high > low ? (own - low) / (high - low) : 0.5,
        };
      });
    }),
  };
}
