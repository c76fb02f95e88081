import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { addExperiment, approve, createCampaign, points } from '../../apps/api/test/support/campaign.js';
import { station, TestServer } from '../../apps/api/test/support/server.js';
import { describePython, python, pythonClient, pythonEnvironment } from '../support/python.js';
import { until } from '../support/running.js';

interface Experiment {
  readonly number: number;
  readonly state: string;
  readonly value: number | null;
  readonly attempts: readonly { readonly state: string; readonly stage: string | null }[];
  readonly measurements: readonly { readonly status: string; readonly raw: Record<string, unknown> }[];
}

describePython('a station in Python at the real server', () => {
  let server: TestServer;
  let folder: string;
  let programs: { kill(signal: NodeJS.Signals): void; readonly ended: Promise<number | string> }[];

  beforeEach(async () => {
    server = await TestServer.start();
    folder = mkdtempSync(join(tmpdir(), 'ionloop-python-'));
    programs = [];
  }, 120_000);
  afterEach(async () => {
    for (const program of programs) program.kill('SIGKILL');
    await Promise.all(programs.map(({ ended }) => ended));
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(example: string, seconds: number) {
    const child = spawn(python(), [join(pythonClient, 'examples', example)], {
      env: pythonEnvironment({
        IONLOOP_URL: server.url,
        IONLOOP_TOKEN: server.tokens.lab,
        IONLOOP_STATION: station,
        IONLOOP_SPOOL: folder,
        IONLOOP_WAIT_SECONDS: '2',
        IONLOOP_RUN_SECONDS: String(seconds),
      }),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise<number | string>((done) =>
      child.once('exit', (code, signal) => done(code ?? signal ?? '')),
    );
    const program = { kill: (signal: NodeJS.Signals) => void child.kill(signal), ended, said: () => said };
    programs.push(program);
    return program;
  }

  async function experiments(campaign: string): Promise<readonly Experiment[]> {
    const { data } = await server.query<{
      campaign: { experiments: { edges: readonly { node: Experiment }[] } };
    }>(
      'viewer',
      `query ($id: ID!) { campaign(id: $id) { experiments(first: 50) { edges { node {
         number state value attempts { state stage } measurements { status raw } } } } } }`,
      { id: campaign },
    );
    return data.campaign.experiments.edges.map(({ node }) => node);
  }

  async function queued(count: number): Promise<string> {
    const campaign = await createCampaign(server);
    const ids: string[] = [];
    for (const point of points.slice(0, count)) ids.push(await addExperiment(server, campaign, point));
    await approve(server, ids);
    return campaign;
  }

  it('measures a small campaign to its end, and ends when it is told to', async () => {
    const campaign = await queued(3);
    const program = start('mock_potentiostat.py', 0.2);
    const done = await until('three values', async () => {
      const all = await experiments(campaign);
      return all.every(({ state }) => state === 'accepted') ? all : null;
    });
    expect(done).toHaveLength(3);
    for (const { value, attempts, measurements } of done) {
      expect(value).toBeGreaterThan(0);
      expect(attempts.map(({ state }) => state)).toEqual(['accepted']);
      expect(measurements[0]?.raw).toMatchObject({
        impedance: { thicknessCm: 0.1, areaCm2: expect.closeTo(Math.PI / 4, 12) },
      });
    }
    program.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(program.said()).toContain('accepted');
    expect(program.said()).not.toContain('Traceback');
  }, 120_000);

  it('says what it was making when it was killed, and does not make it again', async () => {
    const campaign = await queued(1);
    const first = start('mock_potentiostat.py', 600);
    await until('it is started', async () => (await experiments(campaign))[0]?.state === 'running');
    first.kill('SIGKILL');
    expect(await first.ended).toBe('SIGKILL');

    const second = start('mock_potentiostat.py', 0.1);
    await until('it says so', async () => {
      const [attempt] = (await experiments(campaign))[0]?.attempts ?? [];
      return attempt?.stage === 'interrupted by a restart of the station';
    });
    await until('it has said who decides', () =>
      Promise.resolve(second.said().includes('begun before the restart; a person decides')),
    );
    second.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    const [experiment] = await experiments(campaign);
    expect(experiment?.attempts).toHaveLength(1);
    expect(experiment?.attempts[0]?.state).toBe('started');
    expect(experiment?.measurements).toEqual([]);
  }, 120_000);

  it('makes it again where it knows that nothing moves any more', async () => {
    const campaign = await queued(1);
    const first = start('simulator.py', 600);
    await until('it is started', async () => (await experiments(campaign))[0]?.state === 'running');
    first.kill('SIGKILL');
    await first.ended;

    start('simulator.py', 0.1);
    const [done] = await until('it is measured', async () => {
      const all = await experiments(campaign);
      return all[0]?.state === 'accepted' ? all : null;
    });
    expect(done?.attempts).toHaveLength(2);
    expect(done?.value).toBeGreaterThan(0);
  }, 120_000);
});
