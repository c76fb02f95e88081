import { Philox } from '@ionloop/linalg';
import { openStream, type SpaceStreamSpec } from '@ionloop/space';
import type { ScreenRequest, ScreenSettings } from '../../src/index.js';

export const quaternary: SpaceStreamSpec = {
  parameters: [
    {
      kind: 'mixture',
      name: 'salt',
      step: 0.02,
      components: [{ name: 'LiF' }, { name: 'LiCl' }, { name: 'LiBr' }, { name: 'LiI', max: 0.5 }],
    },
  ],
};

export const settings: ScreenSettings = {
  space: quaternary,
  top: 50,
  acquisition: 'ucb',
  beta: 1,
  filters: [],
  student: null,
  range: null,
  seed: 'screen',
};

/** Results that a smooth function of the columns with a peak inside gives. */
export function requestFor(changed: Partial<ScreenSettings>, count = 30): ScreenRequest {
  const own = { ...settings, ...changed };
  const stream = openStream(own.space);
  const rng = Philox.fromSeed('results');
  const points = Array.from({ length: count }, () =>
    stream.pointAt(BigInt(rng.integer(Number(stream.size < 1_000_000n ? stream.size : 1_000_000n)))),
  );
  const { data, cols } = stream.encode(points);
  const observations = points.map((point, i) => {
    const columns = [...data.subarray(i * cols, (i + 1) * cols)];
    return { point, values: [columns.reduce((sum, x, j) => sum - (x - 0.1 * (j + 1)) ** 2, 0)] };
  });
  return { settings: own, goal: 'maximise', model: 'gp', observations, failures: [] };
}
