import { describe, expect, it } from '@jest/globals';
import type { Engine } from '../../deps.js';
import { type Planner, submit } from '../../index.js';
import { sha256Of, someBytes } from '../artifact-files-contract.js';
import { hasty, pause, type TestLoop } from '../loop.js';
import { newLoopForEach, type OpenedEngine } from '../opened.js';

/** Files that come with a result, by the hash of their bytes. */
export function filesContract(open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe('the files that come with a result', () => {
    let engine: Engine;
    let loop: TestLoop;
    newLoopForEach(open, planner, (opened) => ({ engine, loop } = opened));

    const attemptState = async (id: string): Promise<string | undefined> =>
      (await engine.store.read.attempt(id))?.state;

    const bytes = someBytes(500);
    const sha256 = sha256Of(bytes);
    const keep = async (hash: string, mediaType = 'application/json'): Promise<void> => {
      const artifact = { sha256: hash, bytes: 500, mediaType, station: 'robot', tokenId: 'token' };
      await engine.store.artifacts.add(artifact);
    };

    it('are part of the log: with the measurement they belong to, or with the attempt', async () => {
      const { id } = await loop.campaign();
      const robot = await loop.station();
      const run = await loop.startOne(robot);
      const photo = sha256Of(someBytes(1));
      await keep(sha256);
      await keep(photo, 'image/png');
      const result = {
        ...loop.measured(run),
        artifacts: [
          { sha256, name: 'eis.json', kind: 'impedance_spectrum', measurement: 0 },
          { sha256: photo, name: 'pellet', mediaType: 'image/jpeg' },
        ],
      };
      const answer = await submit(engine, robot, result);
      expect(await submit(engine, robot, result)).toEqual(answer);
      const all = await engine.store.read.attachments(id);
      expect(all).toMatchObject([
        {
          attemptId: run.attemptId,
          experimentId: run.experimentId,
          measurementId: answer.measurementIds[0],
          sha256,
          name: 'eis.json',
          mediaType: 'application/json',
          bytes: 500,
          kind: 'impedance_spectrum',
        },
        { measurementId: null, sha256: photo, mediaType: 'image/jpeg', kind: null },
      ]);
      const events = await engine.store.read.events(id, 0, 100);
      const submitted = events.find(({ event }) => event.type === 'attempt.submitted');
      expect(submitted?.event).toMatchObject({ artifacts: all.map(({ id: own }) => ({ id: own })) });
    });

    it('torn-upload: one that is not here is named with its place, and the result is not lost by it', async () => {
      const { id } = await loop.campaign();
      const robot = await loop.station();
      const run = await loop.startOne(robot);
      const missing = sha256Of(someBytes(2, 77));
      await keep(sha256);
      const result = {
        ...loop.measured(run),
        artifacts: [
          { sha256, name: 'a' },
          { sha256: missing, name: 'b' },
        ],
      };
      await expect(submit(engine, robot, result)).rejects.toMatchObject({
        code: 'ARTIFACT_MISSING',
        field: 'artifacts[1].sha256',
        message: expect.stringContaining(missing) as unknown,
      });
      expect(await attemptState(run.attemptId)).toBe('started');
      await keep(missing);
      expect((await submit(engine, robot, result)).disposition).toBe('accepted');
      expect(await engine.store.read.attachments(id)).toHaveLength(2);
    });

    it('are kept with a late result and with a fault too', async () => {
      const { id } = await loop.campaign({ lab: hasty });
      const robot = await loop.station();
      await keep(sha256);
      const artifacts = [{ sha256, name: 'log.txt' }];
      const stale = await loop.claimOne(robot);
      await pause(90);
      await loop.look(id);
      const late = await submit(engine, robot, { ...loop.measured(stale), artifacts });
      expect(late.disposition).toBe('late');
      const faulty = await loop.startOne(robot);
      const fault = { outcome: 'instrument_fault', note: 'no argon', measurements: [] } as const;
      await submit(engine, robot, { ...loop.measured(faulty), ...fault, artifacts });
      const attempts = (await engine.store.read.attachments(id)).map(({ attemptId }) => attemptId);
      expect(attempts).toEqual([stale.attemptId, faulty.attemptId]);
    });

    it.each([
      ['artifacts[0].sha256', { sha256: 'nonsense', name: 'a' }],
      ['artifacts[0].name', { sha256, name: ' ' }],
      ['artifacts[0].mediaType', { sha256, name: 'a', mediaType: 'png' }],
      ['artifacts[0].measurement', { sha256, name: 'a', measurement: 1 }],
    ])('are refused by their field: %s', async (field, artifact) => {
      await loop.campaign();
      const robot = await loop.station();
      const run = await loop.startOne(robot);
      await keep(sha256);
      const wrong = submit(engine, robot, { ...loop.measured(run), artifacts: [artifact] });
      await expect(wrong).rejects.toMatchObject({ code: 'INVALID_INPUT', field });
    });
  });
}
