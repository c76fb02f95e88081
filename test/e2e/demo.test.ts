import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningIonloop, until } from '../support/running.js';
import { acceptedOf, alive, demoOf, temporaryHome, verify } from './support.js';

describe('npm start on an empty data folder', () => {
  const home = temporaryHome();
  const env = { IONLOOP_DEMO_SPEED: '400', IONLOOP_DEMO_EXPERIMENTS: '12' };
  let running: RunningIonloop;

  beforeAll(async () => {
    running = await RunningIonloop.start({ home: home.path, env });
  }, 120_000);
  afterAll(async () => {
    await running.stop();
    home.remove();
  }, 60_000);

  it('runs a demo campaign to its end by itself', async () => {
    const done = await until('the demo to complete', async () => {
      const demo = await demoOf(running);
      return demo.state === 'completed' ? demo : null;
    });
    expect(done.experiments.totalCount).toBeGreaterThanOrEqual(12);
    expect(acceptedOf(done).size).toBeGreaterThanOrEqual(9);
    expect(running.output).toMatch(/first measurement/i);
  }, 120_000);

  it('prints one link, and it opens once', async () => {
    expect(running.output.match(/#token=/g)).toHaveLength(1);
    const again = await fetch(`${running.url}/auth/exchange`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: new URL(running.link).hash.replace('#token=', '') }),
    });
    expect(again.status).toBe(401);
  });

  it('can be verified while it runs: every proposal, byte for byte', async () => {
    const demo = await demoOf(running);
    const { code, verdict } = verify(home.path, demo.id);
    expect(verdict.faults).toEqual([]);
    expect(verdict.plans.filter(({ identical }) => !identical)).toEqual([]);
    expect(verdict.plans.length).toBeGreaterThan(3);
    expect(code).toBe(0);
  }, 120_000);

  it('ends everything it started, and finds its record again at the next start', async () => {
    const before = await demoOf(running);
    const started = running.processes().map(({ pid }) => pid);
    expect(started.length).toBeGreaterThanOrEqual(4);
    await running.stop();
    await until('the processes to end', () => Promise.resolve(!started.some(alive)), { seconds: 5 });
    running = await RunningIonloop.start({ home: home.path, env });
    expect(acceptedOf(await demoOf(running))).toEqual(acceptedOf(before));
  }, 120_000);

  it('verifies without a running server too', async () => {
    const demo = await demoOf(running);
    await running.stop();
    expect(verify(home.path, demo.id).code).toBe(0);
  }, 120_000);
});
