import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createCampaign, type Engine, importHistory, quietEngine, verifyCampaign } from '@ionloop/engine';
import { migratedDatabase, type Opened } from './support/database.js';

let opened: Opened;
let engine: Engine;
beforeAll(async () => {
  opened = await migratedDatabase();
  engine = quietEngine(opened.persistence.store);
});
afterAll(() => opened.close());

const ada = { kind: 'person', name: 'ada' } as const;
const fileOf = (name: string, lines: readonly string[]) => ({
  name,
  open: async function* () {
    await Promise.resolve();
    yield Buffer.from(['t,ionic_conductivity', ...lines].join('\n'));
  },
});

it.each([
  ['each event changes what the one before has changed', 40],
  ['each event changes others', 900],
  ['some of what an event changes was changed by the one before', 333],
])(
  'replicates that come after their points are kept, every one: %s',
  async (_, points) => {
    const { id } = await createCampaign(engine, ada, {
      name: 'Again',
      space: { parameters: [{ kind: 'continuous', name: 't', min: 0, max: 1000 }] },
      objective: { property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
      budget: 5,
    });
    const rows = 2000;
    const line = (i: number): string => `${i % points},${1e-6 + i * 1e-9}`;
    const first = Array.from({ length: points }, (_, i) => line(i));
    const again = Array.from({ length: rows - points }, (_, i) => line(points + i));
    await importHistory(engine, ada, id, fileOf('first.csv', first));
    expect(await importHistory(engine, ada, id, fileOf('again.csv', again))).toMatchObject({
      experiments: 0,
      replicates: rows - points,
    });
    const { read } = engine.store;
    const kept = await read.experiments(id);
    expect(kept).toHaveLength(points);
    for (const { number, results } of kept) {
      const wanted = Array.from({ length: rows }, (_, i) => i).filter((i) => i % points === number - 1);
      expect(results.map(({ value }) => value).sort((a, b) => a - b)).toEqual(
        wanted.map((i) => 1e-6 + i * 1e-9),
      );
    }
    const planner = { version: 'none', plan: () => Promise.reject(new Error('nothing was planned')) };
    expect(await verifyCampaign(read, planner, id)).toMatchObject({
      ok: true,
      faults: [],
      tablesCompared: true,
    });
  },
  120_000,
);
