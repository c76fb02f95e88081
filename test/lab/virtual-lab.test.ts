import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@ionloop/domain';
import { mostConducting, ternarySpace } from '@ionloop/engine/testing';
import {
  faultKinds,
  mistakeKinds,
  mistakes,
  readLab,
  standardLab,
  type FaultKind,
  type LabDescription,
} from '../../apps/lab-sim/src/index.js';
import { runVirtually, type VirtualRun } from './virtual-lab.js';

const labs = resolve(__dirname, '../../apps/lab-sim/labs');
const labOf = (name: string): LabDescription =>
  readLab(JSON.parse(readFileSync(resolve(labs, `${name}.json`), 'utf8')));

const campaignOf = (budget: number, change: JsonObject = {}): JsonObject => ({
  name: 'Ternary',
  space: ternarySpace(0.05),
  objective: mostConducting,
  ...{ strategy: 'random', budget, parallel: 8, approval: 'automatic', seed: 'virtual' },
  ...change,
});

const sound = { doubleStarts: [], lost: [], ghosts: [], state: 'completed' };
const eventsOf = (run: VirtualRun): readonly string[] => run.events.map(({ event }) => event.type);

describe('A lab in virtual time', () => {
  it('goes through weeks of 200 experiments, with all that goes wrong in them, in seconds', async () => {
    const { score, journal, days } = await runVirtually({
      lab: labOf('glass-line'),
      campaign: campaignOf(200),
    });
    expect(score).toMatchObject(sound);
    expect(days).toBeGreaterThan(14);
    expect(score.physicalStarts).toBeGreaterThan(200);
    expect(score.accepted).toBeGreaterThan(150);
    expect(score.regret).toHaveLength(score.accepted);
    expect([...score.regret].sort((a, b) => b - a)).toEqual(score.regret);
    expect(score.best.possible).toMatchObject({ certain: true });
    expect(score.best.found).toBeLessThanOrEqual(score.best.possible.value);
    const firings = journal.flatMap((line) => (line.event === 'stood-still' ? (line.firing ?? []) : []));
    expect(Math.max(...firings.map(({ samples }) => samples))).toBe(6);
    const notes = journal.map((line) => ('note' in line ? line.note : null));
    expect(notes).toContain('gold paste is empty; it is being refilled');
    expect(notes).toContain('the melt did not vitrify');
    expect(Object.keys(score.faults)).toEqual(
      expect.arrayContaining(['lost-reply', 'crash-after-start', 'partials-shuffled', 'instrument-fault']),
    );
  }, 180_000);

  it('goes the same way again for the same seed, to the last line of the journal', async () => {
    const once = (seed: string) =>
      runVirtually({ lab: labOf('night-shift'), campaign: campaignOf(16), seed, outageSeconds: 1200 });
    const [first, second, other] = [await once('a'), await once('a'), await once('b')];
    // Keys and boots are drawn by the stations' own chance: nothing may depend on them.
    const plain = ({ journal }: VirtualRun) =>
      journal.map((line) => ('key' in line ? { ...line, key: '' } : line));
    expect(plain(second)).toEqual(plain(first));
    expect(second.score).toEqual(first.score);
    expect(plain(other)).not.toEqual(plain(first));
  }, 180_000);

  describe('meets each fault on demand, and the campaign comes to its end with nothing lost or doubled:', () => {
    const [one, two] = standardLab(['one', 'two'], 0).stations;
    const hour = { weigh: 600, mill: 900, press: 300, sinter: 1200, contact: 300, measure: 600 };
    const lab: LabDescription = {
      ...standardLab([], 0),
      stations: [
        { ...one!, seconds: hour },
        { ...two!, seconds: hour },
      ],
    };
    const answers: Partial<Record<FaultKind, { status: number; code: string | null }>> = {
      'wrong-spec-hash': { status: 409, code: 'SPEC_CHANGED' },
      'stale-fence': { status: 400, code: 'INVALID_INPUT' },
      'key-reused': { status: 422, code: 'IDEMPOTENCY_KEY_REUSED' },
      'older-schema': { status: 400, code: 'UNSUPPORTED_SCHEMA' },
      'two-boots': { status: 200, code: null },
      'partials-shuffled': { status: 200, code: null },
    };
    /** What the record must tell of the attempt that met the fault. */
    const told: Partial<Record<FaultKind, string>> = {
      'crash-before-start': 'attempt.expired',
      'wrong-spec-hash': 'attempt.expired',
      'crash-after-start': 'attempt.aborted',
      'station-gone': 'attempt.suspected',
      'two-boots': 'attempt.suspected',
      'instrument-fault': 'attempt.aborted',
      'consumable-empty': 'attempt.aborted',
    };

    it.each(faultKinds.filter((kind) => kind !== 'poison'))(
      '%s',
      async (kind) => {
        const run = await runVirtually({
          lab,
          campaign: campaignOf(6, { parallel: 3 }),
          faults: [{ kind, nth: 2 }],
          outageSeconds: 1800,
        });
        const met = run.journal.filter((line) => line.event === 'fault' && line.fault === kind);
        expect(met.length).toBeGreaterThan(0);
        expect(run.score).toMatchObject(sound);
        expect(run.score.accepted + (kind === 'sample-dropped' ? 1 : 0)).toBeGreaterThanOrEqual(5);
        expect(run.score.wrongAccepted).toEqual([]);
        if (answers[kind]) expect(met.at(-1)).toMatchObject({ answer: answers[kind] });
        if (told[kind]) expect(eventsOf(run)).toContain(told[kind]);
      },
      60_000,
    );

    it('poison', async () => {
      const run = await runVirtually({
        lab,
        campaign: campaignOf(6, { parallel: 3 }),
        faults: [{ kind: 'poison', rate: 0.3 }],
      });
      expect(run.score).toMatchObject(sound);
      const given = run.campaign.experiments.filter(({ state }) => state === 'cancelled');
      expect(given.length).toBeGreaterThan(0);
      for (const { attempts } of given) expect(attempts).toHaveLength(3);
      expect(eventsOf(run)).toContain('experiment.moved');
    }, 60_000);

    it.each(mistakeKinds)(
      'the mistake %s',
      async (kind) => {
        const { score, journal } = await runVirtually({
          lab: { ...lab, mistakes: { [kind]: 0.4 } },
          campaign: campaignOf(8, { parallel: 3 }),
        });
        expect(score).toMatchObject(sound);
        const made = journal.flatMap((line) => (line.event === 'stood-still' ? (line.mistake ?? []) : []));
        expect(made.length).toBeGreaterThan(0);
        const { ends } = mistakes[kind];
        // A person has what is flagged made again; the one who handed in what is refused puts it right.
        const ended = ends === 'flagged' ? 'excluded' : ends;
        expect(new Set(score.mistakes.map((each) => each.ended))).toEqual(new Set([ended]));
        expect(score.wrongAccepted.length).toBe(ends === 'accepted' ? made.length : 0);
      },
      60_000,
    );
  });
});
