import { measuredOnce } from './answers-lost.js';
import type { Case } from './case.js';
import { running } from './minds-changed.js';
import { station, token } from './scene.js';

/** The server, the station or the token goes away for a while: what was found is not lost, nothing is made twice. */
export const outages: readonly Case[] = [
  {
    name: 'heartbeats',
    expected: 'a heartbeat at least as often as heartbeatSeconds asks, while the work goes on',
    play: async (scene) => {
      const attemptId = await running(scene, 3);
      await measuredOnce(scene);
      const beats = scene.beats(attemptId).length;
      scene.must('at least 4 heartbeats in 3 s of work', beats >= 4, `${beats}`);
    },
  },
  {
    name: 'server-restart',
    expected: 'work goes on while the server is away, and its result is handed in when it is back',
    play: async (scene) => {
      await running(scene, 2);
      const { port } = scene.lab;
      await scene.lab.close();
      await scene.pause(1000);
      await scene.lab.listen(port);
      await measuredOnce(scene);
    },
  },
  {
    name: 'killed-with-a-result',
    expected: 'a result that was found while the server was away outlives a kill of the station',
    play: async (scene) => {
      await running(scene, 1);
      const { port } = scene.lab;
      await scene.lab.close();
      await scene.pause(4000);
      await scene.kill();
      await scene.lab.listen(port);
      scene.start(0.1);
      await measuredOnce(scene);
    },
  },
  {
    name: 'killed-while-running',
    expected: 'what was begun is not made again by itself; the server is told of it',
    play: async (scene) => {
      const attemptId = await running(scene);
      const [before] = scene.lab.seenOf('register');
      await scene.kill();
      scene.start(0.1);
      const heard = (): boolean =>
        [...scene.beats(attemptId), ...scene.requests('submit', attemptId)].some(
          ({ boot }) => boot !== before?.body['bootId'],
        );
      await scene.until('a word about the attempt from the new boot', heard);
      await scene.pause(1000);
      const starts = scene.requests('start', attemptId).length;
      scene.must('one start', starts === 1, `${starts} starts`);
      scene.must(
        'nothing measured for it',
        scene.attemptsOf(1).find(({ assignment }) => assignment.attemptId === attemptId)?.result?.outcome !==
          'measured',
      );
    },
  },
  {
    name: 'new-boot-id',
    expected: 'another bootId at each start',
    play: async (scene) => {
      scene.start(0.1);
      await scene.until('a register', () => scene.lab.seenOf('register').length === 1);
      await scene.kill();
      scene.start(0.1);
      await scene.until('another register', () => scene.lab.seenOf('register').length === 2);
      const [one, two] = scene.lab.seenOf('register').map(({ body }) => String(body['bootId']));
      scene.must('two boot ids', one !== two, `${one} twice`);
    },
  },
  {
    name: 'token-expired',
    expected: 'a token that expires during the work does not cost the result, once it is valid again',
    play: async (scene) => {
      await running(scene, 1.5);
      scene.lab.setToken(token, null);
      await scene.pause(3500);
      scene.lab.setToken(token, station);
      await measuredOnce(scene);
    },
  },
];
