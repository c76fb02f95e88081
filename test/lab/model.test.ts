import { expect, it } from '@jest/globals';
import { seed } from '../support/seed.js';
import { tell } from './campaign-of-runs.js';
import { soundVerbs } from './verbs.js';

/** What people bring about of their own accord. */
const ofPeople = [
  'measurement.recorded',
  'measurement.superseded',
  'experiment.added',
  'experiments.reordered',
  'campaign.proposalsAsked',
  'campaign.updated',
  'task.assigned',
  'task.extended',
] as const;

const runs = Number(process.env['IONLOOP_RUNS'] ?? 1000);

it(`the record holds I1 to I8 after every step of ${runs} random stories (seed ${seed})`, async () => {
  const lanes = await Promise.all(
    [0, 1].map((lane) =>
      tell(soundVerbs, { seed: seed + lane, runs: Math.ceil(runs / 2), episodes: 6, shrink: true }),
    ),
  );
  for (const { verdict, complaint } of lanes) if (verdict.failed) throw new Error(complaint ?? '');
  // Stories in which nothing goes wrong prove nothing: each of these came about many times.
  for (const type of ['attempt.expired', 'attempt.suspected', 'attempt.late', 'attempt.flagged'] as const) {
    const times = lanes.reduce((sum, { happened }) => sum + (happened.get(type) ?? 0), 0);
    expect(times).toBeGreaterThan(runs / 100);
  }
  for (const type of ofPeople)
    expect([type, lanes.some(({ happened }) => happened.has(type))]).toEqual([type, true]);
  expect(lanes.reduce((sum, { verdict }) => sum + verdict.numRuns, 0)).toBeGreaterThanOrEqual(runs);
}, 600_000);
