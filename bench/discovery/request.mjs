/** What the bench asks our planner outside of the replay's code, in one place: candidates are rows of a pool, `seen` are {row, value}. */
export function requestOf({ space, property = 'value', goal, initial, seed, seen, failures = [], done }) {
  return {
    space,
    objectives: [{ property, goal: goal === 'max' ? 'maximise' : 'minimise', transform: 'none', unit: '' }],
    strategy: { name: 'auto', initial },
    ...{ seed, count: 1, experimentsSoFar: done ?? seen.length },
    observations: seen.map(({ row, value }) => ({ point: pointOf(row), values: [value] })),
    failures: failures.map(pointOf),
    pending: [],
  };
}

/** With several properties, each wanted high; `seen` are {row, values}. */
export function severalOf({ space, properties, initial, seed, seen }) {
  return {
    space,
    objectives: properties.map((property) => ({ property, goal: 'maximise', transform: 'none', unit: '' })),
    strategy: { name: 'auto', initial },
    ...{ seed, count: 1, experimentsSoFar: seen.length },
    observations: seen.map(({ row, values }) => ({ point: pointOf(row), values })),
    ...{ failures: [], pending: [] },
  };
}

const pointOf = (row) => ({ row: String(row) });

export const rowsSpace = (names, X) => ({
  parameters: [
    {
      ...{ kind: 'pool', name: 'row', features: names.map((name) => ({ name, kind: 'number' })) },
      candidates: X.map((values, i) => ({ id: String(i), values })),
    },
  ],
});
