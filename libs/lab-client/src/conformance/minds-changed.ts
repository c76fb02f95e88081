import type { Case } from './case.js';
import type { Scene } from './scene.js';

const forever = 60;

/** What the server takes back: nothing moves, or it stops. */
export const mindsChanged: readonly Case[] = [
  ...(
    [
      ['spec-changed', 'SPEC_CHANGED'],
      ['lease-lost-before-start', 'LEASE_LOST'],
    ] as const
  ).map(([name, code]): Case => ({
    name,
    expected: `no result for an attempt whose start is refused with ${code}; the next experiment is made`,
    play: async (scene) => {
      scene.lab.plant('start', { kind: 'status', status: 409, code });
      scene.enqueue(1);
      scene.enqueue(2);
      scene.start(0.1);
      await scene.attempt('experiment 2 measured', 2, ({ result }) => result?.outcome === 'measured');
      const [first] = scene.attemptsOf(1);
      scene.must('nothing measured for experiment 1', first?.result?.outcome !== 'measured');
    },
  })),
  {
    name: 'lease-lost-while-running',
    expected: 'the work stops, nothing is measured for it, and the next experiment is taken',
    play: async (scene) => {
      const attemptId = await running(scene);
      scene.lab.command(attemptId, 'lease_lost');
      scene.enqueue(2);
      await scene.until('experiment 2 started', () => scene.attemptsOf(2)[0]?.state === 'started');
      const beaten = scene.beats(attemptId).length;
      await scene.pause(1000);
      scene.must('no more heartbeats for it', scene.beats(attemptId).length <= beaten + 1);
      scene.must('nothing measured for it', scene.attemptsOf(1)[0]?.result?.outcome !== 'measured');
    },
  },
  {
    name: 'cancel-while-running',
    expected: 'the work stops, and the station says so with an outcome other than measured',
    play: async (scene) => {
      const attemptId = await running(scene);
      scene.lab.command(attemptId, 'cancel');
      const { result } = await scene.attempt('a word that it has stopped', 1, (each) => each.result !== null);
      scene.must('an outcome other than measured', result?.outcome !== 'measured');
    },
  },
  {
    name: 'another-boot',
    expected: 'a station whose place was taken does not take it back, and starts nothing more',
    play: async (scene) => {
      await running(scene, 2);
      await scene.takePlace();
      const registered = scene.lab.seenOf('register').length;
      scene.enqueue(2);
      await scene.pause(5000);
      scene.must(
        'no register after that',
        scene.lab.seenOf('register').length === registered,
        'it registered again',
      );
      scene.must(
        'nothing started after that',
        scene.attemptsOf(2).every(({ starts }) => starts === 0),
      );
    },
  },
  {
    name: 'refused-result',
    expected: 'a result that is refused is not sent for ever, and the next experiment is made',
    play: async (scene) => {
      const refusal = { kind: 'status', status: 400, code: 'INVALID_INPUT' } as const;
      scene.lab.plant('submit', refusal);
      scene.enqueue(1);
      scene.enqueue(2);
      scene.start(0.1);
      await scene.attempt('experiment 2 measured', 2, ({ result }) => result?.outcome === 'measured');
      const [first] = scene.attemptsOf(1);
      const sent = scene.requests('submit', first?.assignment.attemptId ?? '').length;
      scene.must('one submit of the refused result', sent === 1, `${sent} submits`);
    },
  },
];

/** The id of the first attempt, once its work has begun. */
export async function running(scene: Scene, seconds = forever): Promise<string> {
  scene.enqueue(1);
  scene.start(seconds);
  const { assignment } = await scene.attempt('a start', 1, ({ state }) => state === 'started');
  return assignment.attemptId;
}
