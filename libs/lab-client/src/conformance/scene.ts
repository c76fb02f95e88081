import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostileLab, type AttemptRecord, type SeenRequest } from '../testing/hostile-lab.js';
import type { Spec } from '../wire.js';

export const station = 'conform-1';
export const token = 'conformance-token';
/** How long a client may take for what the server has made possible, on a busy machine too. */
const patienceMs = 20_000;

/** What a case asked for and did not get. */
export class Unmet extends Error {
  override readonly name = 'Unmet';

  constructor(
    readonly expected: string,
    readonly seen: string,
  ) {
    super(`expected ${expected}; seen: ${seen}`);
  }
}

/** One hostile server and one client, told apart from every other case's by port and folder. */
export class Scene {
  readonly #clients: ChildProcess[] = [];
  #said = '';

  private constructor(
    readonly lab: HostileLab,
    private readonly folder: string,
    private readonly command: readonly [string, ...string[]],
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {}

  static async open(
    command: readonly [string, ...string[]],
    env: Readonly<Record<string, string | undefined>>,
  ): Promise<Scene> {
    const lab = await HostileLab.open({ heartbeatSeconds: 0.3, tokens: { [token]: station } });
    const folder = await mkdtemp(join(tmpdir(), 'ionloop-conform-'));
    await mkdir(join(folder, 'spool'));
    return new Scene(lab, folder, command, env);
  }

  /** The last of what the client has written, for whoever has to find out why it failed. */
  get said(): string {
    return this.#said;
  }

  get latest(): ChildProcess {
    const client = this.#clients.at(-1);
    if (!client) throw new Error('no client was started');
    return client;
  }

  /** Starts the client, whose instrument takes so long for one sample and gives a file of so many bytes with it. */
  start(runSeconds: number, artifactBytes = 0): void {
    const [file, ...args] = this.command;
    const child = spawn(file, args, {
      env: {
        ...this.env,
        IONLOOP_URL: this.lab.url,
        IONLOOP_TOKEN: token,
        IONLOOP_STATION: station,
        IONLOOP_SPOOL: join(this.folder, 'spool'),
        IONLOOP_RUN_SECONDS: String(runSeconds),
        ...(artifactBytes === 0 ? {} : { IONLOOP_ARTIFACT_BYTES: String(artifactBytes) }),
        IONLOOP_WAIT_SECONDS: '0.5',
        IONLOOP_TIMEOUT_SECONDS: '2',
        IONLOOP_BACKOFF_SECONDS: '0.3',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that a kill reaches what the command has started too.
      detached: true,
    });
    const listen = (text: Buffer): void => void (this.#said = (this.#said + text.toString()).slice(-4000));
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', (error) => void (this.#said += String(error)));
    this.#clients.push(child);
  }

  /** As a power cut would end it. */
  async kill(): Promise<void> {
    await end(this.latest);
  }

  get hasEnded(): boolean {
    return ended(this.latest);
  }

  enqueue(experiment: number): void {
    this.lab.enqueue(specOf(experiment));
  }

  /** Another program registers under the same station's name. */
  async takePlace(): Promise<void> {
    const body = { station, bootId: 'another boot', properties: ['ionic_conductivity'], schemaVersion: 1 };
    const response = await fetch(`${this.lab.url}/lab/v1/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the other boot was not registered: ${response.status}`);
  }

  attemptsOf(experiment: number): readonly AttemptRecord[] {
    return this.lab.attempts.filter(({ assignment }) => assignment.experimentNumber === experiment);
  }

  requests(verb: SeenRequest['verb'], attemptId: string): readonly SeenRequest[] {
    return this.lab.seenOf(verb).filter((request) => request.attemptId === attemptId);
  }

  beats(attemptId: string): readonly SeenRequest[] {
    return this.lab.seenOf('heartbeat').filter(({ body }) => JSON.stringify(body).includes(attemptId));
  }

  /** Waits until something holds; says what was seen instead where it never does. */
  async until(
    expected: string,
    holds: () => boolean,
    seen: () => string = () => this.summary(),
  ): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (!holds()) {
      if (performance.now() > deadline || (this.hasEnded && !holds())) {
        throw new Unmet(expected, this.hasEnded ? `the client ended; ${seen()}` : seen());
      }
      await this.pause(20);
    }
  }

  must(expected: string, holds: boolean, seen = this.summary()): void {
    if (!holds) throw new Unmet(expected, seen);
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** The first attempt at an experiment, once it is as wanted. */
  async attempt(
    expected: string,
    experiment: number,
    wanted: (attempt: AttemptRecord) => boolean,
  ): Promise<AttemptRecord> {
    const found = (): AttemptRecord | undefined => this.attemptsOf(experiment).find(wanted);
    await this.until(expected, () => found() !== undefined);
    return found() as AttemptRecord;
  }

  summary(): string {
    const counts = new Map<string, number>();
    for (const { verb } of this.lab.seen) counts.set(verb, (counts.get(verb) ?? 0) + 1);
    const requests = [...counts].map(([verb, count]) => `${count} ${verb}`).join(', ') || 'no request';
    const attempts = this.lab.attempts.map(
      ({ assignment, state, result }) =>
        `experiment ${assignment.experimentNumber} ${state}${result ? ` with ${result.outcome}` : ''}`,
    );
    return [requests, ...attempts].join('; ');
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map(end));
    await this.lab.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const ended = ({ exitCode, signalCode, pid }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null || pid === undefined;

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const gone = ended(child)
    ? Promise.resolve()
    : new Promise<void>((done) => child.once('exit', () => done()));
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group has gone by itself.
  }
  await gone;
}

const specOf = (experiment: number): Spec => ({
  campaignId: 'conformance',
  experiment,
  point: { composition: { Li3PO4: 0.25, Li3BO3: 0.14, Li2SO4: 0.61 } },
  label: 'Li3PO4 25 % · Li3BO3 14 % · Li2SO4 61 %',
  property: 'ionic_conductivity',
  unit: 'S/cm',
  temperatureC: 300,
});
