import type { AttemptRecord } from '../testing/hostile-lab.js';
import { measuredOnce } from './answers-lost.js';
import type { Case } from './case.js';
import type { Scene } from './scene.js';

/** What the simulated instrument gives with each sample, in these cases alone. */
const fileBytes = 300_000;
const quick = 0.1;

/** Files that belong to a result: there, whole and checked, before the result that names them. */
export const uploads: readonly Case[] = [
  {
    name: 'upload',
    expected: 'the file is uploaded before the result, which names it by its hash',
    play: async (scene) => {
      scene.enqueue(1);
      scene.start(quick, fileBytes);
      named(scene, await measuredOnce(scene));
    },
  },
  {
    name: 'broken-upload',
    expected:
      'an upload whose connection breaks is finished, however often it breaks, and the result handed in after it',
    play: async (scene) => {
      scene.lab.plant('artifacts', null, { kind: 'cut-after', bytes: 100_000 }, null, {
        kind: 'cut-after',
        bytes: 50_000,
      });
      scene.enqueue(1);
      scene.start(quick, fileBytes);
      named(scene, await measuredOnce(scene));
    },
  },
  {
    name: 'slow-upload',
    expected:
      'an upload that is too slow for one request is gone on with from where it got to (HEAD, Upload-Offset)',
    play: async (scene) => {
      const slow = { kind: 'stall-after', bytes: 80_000 } as const;
      scene.lab.plant('artifacts', null, slow, null, slow, null, slow);
      scene.enqueue(1);
      scene.start(quick, fileBytes);
      named(scene, await measuredOnce(scene));
      const taken = scene.lab.uploads.reduce((sum, { bytes }) => sum + bytes, 0);
      scene.must(`${fileBytes} bytes taken, none twice`, taken === fileBytes, `${taken}`);
    },
  },
  {
    name: 'checksum-refused',
    expected:
      'what is refused with CHECKSUM_MISMATCH is sent again, all of it, and the result handed in after it',
    play: async (scene) => {
      scene.lab.plant('artifacts', null, { kind: 'wrong-checksum' });
      scene.enqueue(1);
      scene.start(quick, fileBytes);
      named(scene, await measuredOnce(scene));
    },
  },
  {
    name: 'artifact-lost',
    expected:
      'a result that is refused with ARTIFACT_MISSING is handed in again, under its key, after its file',
    play: async (scene) => {
      scene.lab.plant('submit', { kind: 'forget-artifacts' });
      scene.enqueue(1);
      scene.start(quick, fileBytes);
      const attempt = await measuredOnce(scene);
      named(scene, attempt);
      const keys = new Set(scene.requests('submit', attempt.assignment.attemptId).map(({ key }) => key));
      scene.must('one key', keys.size === 1, [...keys].join(', '));
    },
  },
  {
    name: 'killed-while-uploading',
    expected:
      'a file outlives a kill of the station in the middle of its upload, as the result that names it does',
    play: async (scene) => {
      scene.lab.plant('artifacts', null, { kind: 'stall-after', bytes: 100_000 });
      scene.enqueue(1);
      scene.start(quick, fileBytes);
      await scene.until('100 000 bytes', () => scene.lab.uploads.some(({ bytes }) => bytes === 100_000));
      await scene.kill();
      scene.lab.mend();
      // Another file than the one before: what is uploaded now can only come from the spool.
      scene.start(quick, fileBytes + 1);
      named(scene, await measuredOnce(scene));
    },
  },
];

/** By `ionloop conform` the file is told from any other by its length. */
function named(scene: Scene, { result }: AttemptRecord): void {
  const sizes = (result?.artifacts ?? []).map(({ sha256 }) => scene.lab.artifacts.get(sha256)?.length ?? 0);
  scene.must(
    `a file of ${fileBytes} bytes with the result`,
    sizes.join() === String(fileBytes),
    `files of ${sizes.join()} bytes`,
  );
}
