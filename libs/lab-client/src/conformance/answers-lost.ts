import type { SeenRequest } from '../testing/hostile-lab.js';
import type { Fault } from '../testing/faults.js';
import type { Case } from './case.js';
import type { Scene } from './scene.js';

const quick = 0.1;

/** Answers that are lost, late, missing or not the server's: the request is repeated unchanged. */
export const answersLost: readonly Case[] = [
  {
    name: 'plain',
    expected: 'register, claim, start, submit, in this order, and one result',
    play: async (scene) => {
      scene.enqueue(1);
      scene.start(quick);
      await measuredOnce(scene);
      const order = scene.lab.seen.map(({ verb }): string => verb);
      const first = (verb: string): number => order.indexOf(verb);
      const inOrder =
        first('register') === 0 && first('claim') < first('start') && first('start') < first('submit');
      scene.must('register, claim, start, submit, in this order', inOrder, order.join(', '));
    },
  },
  ...(['claim', 'start', 'submit'] as const).map((verb): Case => ({
    name: `lost-reply-${verb}`,
    expected: `${verb} again, with the same key and body, and one result`,
    play: (scene) => repeated(scene, verb, { kind: 'lost-reply' }),
  })),
  ...(['start', 'submit'] as const).map((verb): Case => ({
    name: `no-answer-${verb}`,
    expected: `${verb} again after IONLOOP_TIMEOUT_SECONDS, unchanged, and one result`,
    play: (scene) => repeated(scene, verb, { kind: 'silence' }),
  })),
  ...(['claim', 'start', 'submit'] as const).map((verb): Case => ({
    name: `stranger-${verb}`,
    expected: `${verb} again when a gateway’s page comes with status 200, and one result`,
    play: (scene) => repeated(scene, verb, { kind: 'garbage' }),
  })),
  {
    name: 'slow-answers',
    expected: 'one result though every verb is answered late',
    play: async (scene) => {
      for (const verb of ['register', 'claim', 'start', 'heartbeat', 'submit'] as const) {
        scene.lab.plant(verb, { kind: 'slow', ms: 1200 });
      }
      scene.enqueue(1);
      scene.start(quick);
      await measuredOnce(scene);
    },
  },
  {
    name: 'busy-server',
    expected: 'to be left alone for as long as Retry-After says, then one result',
    play: async (scene) => {
      scene.lab.plant('submit', { kind: 'status', status: 503, retryAfter: '2' });
      scene.lab.plant('claim', { kind: 'status', status: 500 }, { kind: 'status', status: 429 });
      scene.enqueue(1);
      scene.start(quick);
      await measuredOnce(scene);
      const [one, two] = scene.lab.seenOf('submit');
      const waited = one && two ? two.atMs - one.atMs : 0;
      scene.must('at least 2 s between the submits', waited >= 1950, `${Math.round(waited)} ms`);
    },
  },
  ...(['claim', 'submit'] as const).map((verb): Case => ({
    name: `in-flight-${verb}`,
    expected: `${verb} again after Retry-After, unchanged, where an earlier try is still being answered (409)`,
    play: async (scene) => {
      const code = 'IDEMPOTENCY_KEY_IN_FLIGHT';
      await repeated(scene, verb, { kind: 'status', status: 409, code, retryAfter: '1' });
      const [one, two] = scene.lab.seenOf(verb);
      const waited = one && two ? two.atMs - one.atMs : 0;
      scene.must('at least 1 s in between', waited >= 950, `${Math.round(waited)} ms`);
    },
  })),
  {
    name: 'same-claim-twice',
    expected: 'an attempt that is offered again after its end is neither started nor handed in again',
    play: async (scene) => {
      scene.enqueue(1);
      scene.start(quick);
      const { assignment } = await measuredOnce(scene);
      const before = scene.lab.seenOf('claim').length;
      scene.lab.plant('claim', { kind: 'again' });
      await scene.until('more claims', () => scene.lab.seenOf('claim').length > before + 2);
      const starts = scene.requests('start', assignment.attemptId).length;
      const submits = scene.requests('submit', assignment.attemptId).length;
      scene.must('1 start, 1 submit', starts === 1 && submits === 1, `${starts} start, ${submits} submit`);
    },
  },
];

async function repeated(scene: Scene, verb: 'claim' | 'start' | 'submit', fault: Fault): Promise<void> {
  scene.lab.plant(verb, fault);
  scene.enqueue(1);
  scene.start(quick);
  await measuredOnce(scene);
  await scene.until(`${verb} again`, () => scene.lab.seenOf(verb).length > 1);
  const [one, two] = scene.lab.seenOf(verb);
  scene.must(
    `${verb} again, with the same key and body`,
    two !== undefined && same(one, two),
    told(one, two),
  );
}

const same = (one: SeenRequest | undefined, two: SeenRequest | undefined): boolean =>
  one?.key === two?.key && JSON.stringify(one?.body) === JSON.stringify(two?.body);

const told = (...requests: readonly (SeenRequest | undefined)[]): string =>
  requests.map((each) => (each ? `key ${each.key} ${JSON.stringify(each.body)}` : 'none')).join(' then ');

/** One attempt, one physical start, one result. */
export async function measuredOnce(scene: Scene): ReturnType<Scene['attempt']> {
  const attempt = await scene.attempt('a measured result', 1, ({ result }) => result?.outcome === 'measured');
  scene.must('one attempt, started once', scene.attemptsOf(1).length === 1 && attempt.starts === 1);
  return attempt;
}
