import { appendFileSync, mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { createCampaign, type Engine, issueToken, moveCampaign, quietEngine } from '@ionloop/engine';
import { mostConducting, ternarySpace } from '@ionloop/engine/testing';
import { openPersistence, type Persistence } from '@ionloop/persistence';
import { Network } from './network.js';
import { nodeProgram, Postgres, Program, redisServer, type Victim } from './processes.js';
import type { Role } from './plan.js';

const apps = resolve(__dirname, '../../apps');
const stations = 20;
const person = { kind: 'person', name: 'nemesis' } as const;

/** Everything that runs, each in a process of its own; the engine here is only a person at a desk. */
export class Installation {
  readonly victims = new Map<Role, Victim>();
  private opened = 0;

  private constructor(
    readonly folder: string,
    readonly postgres: Postgres,
    readonly network: Network,
    readonly redisUrl: string,
    readonly persistence: Persistence,
    readonly engine: Engine,
  ) {}

  static async open(folder: string, seed: string): Promise<Installation> {
    mkdirSync(join(folder, 'logs'), { recursive: true });
    const log = (name: string): string => join(folder, 'logs', `${name}.log`);
    const postgres = await Postgres.open(join(folder, 'postgres'), (line) =>
      appendFileSync(log('postgres'), `${line}\n`),
    );
    const [redisPort = 0, ...apiPorts] = await freePorts(3);
    const network = await Network.before(apiPorts);
    const persistence = await openPersistence({ url: postgres.url, poolSize: 3 });
    await persistence.migrate();
    const lab = { heartbeatSeconds: 1, leaseSeconds: 5, suspectSeconds: 15, attemptCap: 20 };
    const engine = quietEngine(persistence.store, { lab });
    const redisUrl = `redis://127.0.0.1:${redisPort}`;
    const it = new Installation(folder, postgres, network, redisUrl, persistence, engine);
    const names = Array.from({ length: stations }, (_, i) => `station-${i + 1}`);
    const tokens: Record<string, string> = {};
    for (const name of names) {
      const token = { name, role: 'lab', station: name, days: 1 } as const;
      tokens[name] = (await issueToken(engine, token)).secret;
    }
    const system = {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      NODE_ENV: 'production',
    };
    const service = {
      ...system,
      DATABASE_URL: postgres.url,
      REDIS_URL: redisUrl,
      IONLOOP_HOME: folder,
      IONLOOP_LOG_LEVEL: 'warn',
      IONLOOP_WORKER_THREADS: '1',
      IONLOOP_SWEEP_SECONDS: '1',
    };
    const run = (role: Role, start: ReturnType<typeof nodeProgram>, onDeath?: () => void): void => {
      it.victims.set(role, new Program({ role, logFile: log(role), start, ...(onDeath && { onDeath }) }));
    };
    it.victims.set('postgres', postgres);
    run('redis', redisServer(redisPort));
    for (const [i, port] of apiPorts.entries()) {
      const env = { ...service, IONLOOP_PORT: String(port) };
      run(`api-${i + 1}` as Role, nodeProgram(join(apps, 'api/dist/main.js'), [], env));
    }
    run('worker', nodeProgram(join(apps, 'worker/dist/main.js'), [], service));
    const arguments_ = [
      ...['--url', network.url, '--speed', '25', '--fail-rate', '0.05', '--seed', seed],
      ...['--spool', join(folder, 'spool'), '--journal', it.journal],
      ...names.flatMap((name) => ['--station', name]),
    ];
    const labEnv = { ...system, IONLOOP_LAB_TOKENS: JSON.stringify(tokens) };
    run('lab', nodeProgram(join(apps, 'lab-sim/dist/main.js'), arguments_, labEnv), () =>
      // With the process everything that it simulated stands still. A line of its own, after one that the kill tore.
      appendFileSync(it.journal, '\n{"event":"lab-killed","attemptId":""}\n'),
    );
    return it;
  }

  get journal(): string {
    return join(this.folder, 'journal.jsonl');
  }

  get ownEnds(): readonly string[] {
    return [...this.victims.values()].flatMap((victim) => (victim instanceof Program ? victim.ownEnds : []));
  }

  async openCampaign(budget: number, seed: string): Promise<string> {
    this.opened += 1;
    const { id } = await createCampaign(this.engine, person, {
      name: `Nemesis ${this.opened}`,
      space: ternarySpace(0.02),
      objective: mostConducting,
      strategy: 'gp-ucb',
      initial: 10,
      budget,
      parallel: 14,
      approval: 'automatic',
      seed: `${seed}/${this.opened}`,
    });
    await moveCampaign(this.engine, person, id, 'active');
    return id;
  }

  async close(): Promise<void> {
    for (const [role, victim] of this.victims) if (role !== 'postgres') await victim.end();
    await this.network.close();
    await this.persistence.close();
    await this.postgres.end();
  }
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
