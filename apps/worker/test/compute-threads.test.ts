import { afterEach, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { constants, getPriority, platform } from 'node:os';
import type { PlanRequest } from '@ionloop/domain';
import { plan } from '@ionloop/planner';
import { openComputeThreads, type ComputeThreads } from '../src/compute/threads.js';

const request = (seed: string): PlanRequest => ({
  space: { parameters: [{ kind: 'continuous', name: 'T', min: 800, max: 1100, unit: '°C' }] },
  objectives: [{ property: 'value', goal: 'maximise', transform: 'none', unit: '1' }],
  strategy: { name: 'auto', initial: 3 },
  seed,
  count: 2,
  experimentsSoFar: 5,
  observations: [820, 900, 950, 1000, 1090].map((T) => ({ point: { T }, values: [-((T - 960) ** 2) / 1e4] })),
  failures: [],
  pending: [{ T: 970 }],
});

/** Of one of our threads, by what Linux says of it: the 19th field, the 17th behind the name. */
const niceOf = (thread: string): number =>
  Number(readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[16]);

describe('the compute threads', () => {
  let threads: ComputeThreads;
  afterEach(() => threads.close());

  it('plan the same bytes as the main thread, whichever of them is asked', async () => {
    threads = openComputeThreads(2);
    const seeds = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all(seeds.map((seed) => threads.run('plan', request(seed))));
    expect(answers.map((answer) => JSON.stringify(answer))).toEqual(
      seeds.map((seed) => JSON.stringify(plan(request(seed)))),
    );
  }, 60_000);

  it('leave the event loop free while they think', async () => {
    threads = openComputeThreads(1);
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 5);
    await Promise.all(['a', 'b', 'c'].map((seed) => threads.run('plan', request(seed))));
    clearInterval(beat);
    expect(longest).toBeLessThan(200);
  }, 60_000);

  const onLinux = platform() === 'linux' ? it : it.skip;
  onLinux(
    'are less urgent than whoever answers questions (where a thread can be, on Linux)',
    async () => {
      threads = openComputeThreads(1);
      await threads.run('plan', request('a'));
      const own = niceOf(String(process.pid));
      const others = readdirSync('/proc/self/task').map(niceOf);
      expect(Math.max(...others)).toBe(Math.max(own, constants.priority.PRIORITY_BELOW_NORMAL));
      expect(niceOf(String(process.pid))).toBe(getPriority());
    },
    60_000,
  );

  it('hand back what was wrong with a request, and go on', async () => {
    threads = openComputeThreads(1);
    const crooked = { ...request('x'), space: { parameters: [] } };
    await expect(threads.run('plan', crooked)).rejects.toThrow(/parameter/);
    await expect(threads.run('plan', request('a'))).resolves.toMatchObject({
      proposals: expect.anything() as unknown,
    });
  }, 60_000);

  it('refuse work once they are shut down', async () => {
    threads = openComputeThreads(1);
    const waiting = threads.run('plan', request('a'));
    const refused = expect(waiting).rejects.toThrow('shut down');
    await threads.close();
    await refused;
    await expect(threads.run('plan', request('a'))).rejects.toThrow('shut down');
  }, 60_000);
});
