import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { HostileLab } from '@ionloop/lab-client/testing';
import { conductivityTruth, simulateLab, type SimulatedLab } from '../src/index.js';
import type { JournalLine } from '../src/journal.js';
import { linesOf, specOf, temporaryFolder, tokens, until } from './support.js';

describe('The journal of a simulated lab', () => {
  let lab: HostileLab;
  let folder: ReturnType<typeof temporaryFolder>;
  let stop: AbortController;
  beforeEach(async () => {
    lab = await HostileLab.open({ heartbeatSeconds: 0.05, tokens });
    folder = temporaryFolder();
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await lab.close();
    folder.remove();
  });

  const simulate = (more: Partial<SimulatedLab> = {}): Promise<void> =>
    simulateLab({
      url: lab.url,
      stations: new Map([['sim-1', 'token of sim-1']]),
      speed: 1000,
      seed: 'a seed',
      failRate: 0,
      spool: folder.path,
      journal: join(folder.path, 'journal.jsonl'),
      signal: stop.signal,
      backoff: { firstMs: 5, longestMs: 50 },
      ...more,
    });
  const journal = (): readonly JournalLine[] =>
    linesOf(join(folder.path, 'journal.jsonl')).map((line) => JSON.parse(line) as JournalLine);

  it('has what moved, what came of it beside the truth, and what the server said, in this order', async () => {
    lab.plant('submit', { kind: 'lost-reply' });
    lab.enqueue(specOf(1));
    const ended = simulate();
    await until('it is acknowledged', () => journal().length === 3);
    stop.abort();
    await ended;
    const [moved, still, acknowledged] = journal();
    const { assignment, result } = lab.attempts[0]!;
    const { attemptId, fence, specHash, experimentId } = assignment;
    const spec = specOf(1);
    expect(moved).toEqual({
      event: 'moved',
      station: 'sim-1',
      attemptId,
      fence,
      campaignId: 'c0ffee',
      experimentId,
      experiment: 1,
      specHash,
      point: spec.point,
      hours: expect.any(Number),
    });
    const truth = conductivityTruth(
      spec.point['composition'] as unknown as Parameters<typeof conductivityTruth>[0],
      300,
    );
    expect(still).toMatchObject({
      event: 'stood-still',
      attemptId,
      outcome: 'measured',
      unit: 'S/cm',
      truth,
    });
    const { found } = still as { found: number };
    expect(Math.abs(Math.log10(found / truth))).toBeLessThan(0.3);
    expect(found).not.toBe(truth);
    expect(acknowledged).toEqual({
      event: 'acknowledged',
      station: 'sim-1',
      attemptId,
      fence,
      key: result?.key,
      outcome: 'measured',
      disposition: 'accepted',
      measurementIds: [expect.any(String)],
    });
  });

  it('has a refused result with what the server said', async () => {
    lab.plant('submit', { kind: 'status', status: 400, code: 'INVALID_INPUT' });
    lab.enqueue(specOf(1));
    const ended = simulate();
    await until('it is refused', () => journal().some(({ event }) => event === 'refused'));
    stop.abort();
    await ended;
    expect(journal().at(-1)).toMatchObject({ event: 'refused', status: 400, code: 'INVALID_INPUT' });
  });

  it('has nothing moved where the start is refused, and a stop where the server cancels', async () => {
    lab.plant('start', { kind: 'status', status: 409, code: 'SPEC_CHANGED' });
    lab.enqueue(specOf(1), specOf(2));
    const ended = simulate({ speed: 0.1 });
    await until('the second moves', () => journal().length === 1);
    const second = lab.attempts.find(({ assignment }) => assignment.experimentNumber === 2)!;
    lab.command(second.assignment.attemptId, 'cancel');
    await until('it stands still and the server knows', () => journal().length === 3);
    stop.abort();
    await ended;
    expect(journal().map(({ event, attemptId }) => [event, attemptId])).toEqual(
      ['moved', 'stood-still', 'acknowledged'].map((event) => [event, second.assignment.attemptId]),
    );
    expect(journal()[1]).toMatchObject({ outcome: 'instrument_fault', truth: null, found: null });
  });
});
