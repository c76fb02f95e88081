import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addExperiment, approve, createCampaign, points } from '../../apps/api/test/support/campaign.js';
import { station, TestServer } from '../../apps/api/test/support/server.js';
import { until } from '../support/running.js';

const cli = resolve(__dirname, '../../apps/cli/dist/main.js');
const instrument = resolve(__dirname, 'fixtures/instrument.mjs');
const fileBytes = 900_000;

/** A line that carries so many bytes towards the server and then no more, until it is mended. */
class SlowLine {
  private left = Infinity;
  private readonly sockets = new Set<Socket>();
  private constructor(private readonly server: Server) {}

  static async to(url: string): Promise<SlowLine> {
    const { hostname, port } = new URL(url);
    const server = createServer();
    const line = new SlowLine(server);
    server.on('connection', (client) => {
      const upstream = connect(Number(port), hostname);
      for (const socket of [client, upstream]) {
        line.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          line.sockets.delete(socket);
          client.destroy();
          upstream.destroy();
        });
      }
      upstream.pipe(client);
      client.on('data', (chunk: Buffer) => {
        const passed = chunk.subarray(0, Math.max(0, line.left));
        line.left -= chunk.length;
        if (passed.length > 0) upstream.write(passed);
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stallAfter(bytes: number): void {
    this.left = bytes;
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

describe('torn-upload: a station that is killed in the middle of an upload', () => {
  let server: TestServer;
  let line: SlowLine;
  let folder: string;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    server = await TestServer.start();
    line = await SlowLine.to(server.url);
    folder = mkdtempSync(join(tmpdir(), 'ionloop-torn-'));
  }, 120_000);
  afterEach(async () => {
    for (const child of children.splice(0)) await end(child);
    line.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(bytes: number): ChildProcess {
    const child = spawn(process.execPath, [cli, 'station', '--run', `node ${instrument}`], {
      env: {
        PATH: process.env['PATH'],
        IONLOOP_URL: line.url,
        IONLOOP_TOKEN: server.tokens.lab,
        IONLOOP_STATION: station,
        IONLOOP_SPOOL: folder,
        IONLOOP_WAIT_SECONDS: '1',
        IONLOOP_RUN_SECONDS: '0.1',
        IONLOOP_ARTIFACT_BYTES: String(bytes),
      },
      stdio: 'ignore',
    });
    children.push(child);
    return child;
  }

  async function end(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  }

  const incoming = (): readonly string[] =>
    readdirSync(join(server.home, 'artifacts', 'incoming'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);

  interface Experiment {
    readonly state: string;
    readonly measurements: readonly {
      readonly artifacts: readonly { readonly bytes: number; readonly sha256: string }[];
    }[];
  }
  const experiment = async (campaign: string): Promise<Experiment> => {
    const { data } = await server.query<{ campaign: { experiments: { edges: { node: Experiment }[] } } }>(
      'viewer',
      `query ($id: ID!) { campaign(id: $id) { experiments(first: 1) { edges { node {
        state measurements { artifacts { bytes sha256 } } } } } } }`,
      { id: campaign },
    );
    return data.campaign.experiments.edges[0]!.node;
  };

  it('goes on with it after its restart, and hands the result in once', async () => {
    const campaign = await createCampaign(server);
    await approve(server, [await addExperiment(server, campaign, points[0]!)]);
    const first = start(fileBytes);
    await until('the experiment is started', async () => (await experiment(campaign)).state === 'running');
    line.stallAfter(400_000);
    await until('a part of the file has arrived', () => Promise.resolve(incoming().length > 0));
    await new Promise((later) => setTimeout(later, 500));
    await end(first);
    expect((await experiment(campaign)).measurements).toEqual([]);

    line.stallAfter(Infinity);
    // Its instrument would give another file now: what arrives is what was found before the kill.
    start(fileBytes + 1);
    const done = await until('the result', async () => {
      const now = await experiment(campaign);
      return now.state === 'accepted' ? now : null;
    });
    expect(done.measurements.map(({ artifacts }) => artifacts.map(({ bytes }) => bytes))).toEqual([
      [fileBytes],
    ]);
    expect(incoming()).toEqual([]);
    await until('the spool is empty', () =>
      Promise.resolve(readdirSync(join(folder, 'artifacts')).length === 0),
    );
    const sha256 = done.measurements[0]?.artifacts[0]?.sha256 ?? '';
    const { text } = await server.rest('GET', `/artifacts/${sha256}`, { secret: server.tokens.viewer });
    expect(text).toHaveLength(fileBytes);
  }, 120_000);
});
