import { fork } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../../libs/embedded-postgres/dist/index.js';
import { issueToken, quietEngine } from '../../libs/engine/dist/index.js';
import { openPersistence } from '../../libs/persistence/dist/index.js';

const apps = new URL('../../apps/', import.meta.url);

/**
 * The embedded database as it comes, so many servers and one worker with one thread, each a process, and an engine beside
 * them. Who asks takes the servers by turns, as a balancer in front of them would.
 */
export async function openGround({ logLevel, apis = 1 }, prepare) {
  const folder = mkdtempSync(join(tmpdir(), 'ionloop-bench-'));
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres') });
  const databaseUrl = postgres.url();
  const persistence = await openPersistence({ url: databaseUrl, poolSize: 4 });
  await persistence.migrate();
  // Nobody looks at what is there before it is whole.
  const campaignIds = await prepare(databaseUrl);
  const engine = quietEngine(persistence.store);
  const { secret } = await issueToken(engine, { name: 'bench', role: 'admin', days: 1 });
  const env = {
    ...{ PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' },
    ...{ DATABASE_URL: databaseUrl, IONLOOP_HOME: folder, IONLOOP_PORT: '0', IONLOOP_LOG_LEVEL: logLevel },
    // What is measured is the server and not the limit on one token.
    ...{ IONLOOP_RATE: '100000', IONLOOP_RATE_BURST: '1000000', IONLOOP_WORKER_THREADS: '1' },
  };
  const servers = [];
  for (let number = 0; number < apis; number += 1) servers.push(await started('api', env));
  const [{ url }] = servers;
  const worker = await started('worker', env);
  let asked = 0;
  return {
    ...{ url, secret, engine, campaignIds },
    /** The first line of an API's log that says so. */
    told: (message) => servers.flatMap(({ lines }) => lines).find(({ msg }) => msg === message),
    async query(query, variables = {}) {
      const server = servers[asked++ % servers.length];
      const text = await post(`${server.url}/graphql`, secret, JSON.stringify({ query, variables }));
      const { data, errors } = JSON.parse(text);
      if (errors) throw new Error(errors[0].message);
      return data;
    },
    /** Of the servers, since somebody last looked: the longest delay of an event loop in milliseconds, their memory in MB. */
    async look() {
      const texts = await Promise.all(
        servers.map(async (server) => (await fetch(`${server.url}/metrics`)).text()),
      );
      const values = (name) =>
        texts.map((text) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]));
      const longest = (name) => 1000 * Math.max(...values(name));
      const sum = (name) => values(name).reduce((total, value) => total + value, 0);
      return {
        p50: longest('nodejs_eventloop_lag_p50_seconds'),
        p99: longest('nodejs_eventloop_lag_p99_seconds'),
        max: longest('nodejs_eventloop_lag_max_seconds'),
        memory: sum('process_resident_memory_bytes') / 1e6,
        /** In seconds, since they began: what other processes take of the machine is not in it. */
        cpu: sum('process_cpu_seconds_total'),
        /** How many queries were not answered by what another had been told. */
        made: sum('ionloop_graphql_answers_total\\{from="made"\\}'),
      };
    },
    async close() {
      agent.destroy();
      await Promise.all([...servers, worker].map(({ child }) => ended(child)));
      await persistence.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** As many at once as a proxy would keep open; whoever comes beyond that waits. */
const agent = new Agent({ keepAlive: true, maxSockets: 128 });

const post = (url, secret, body) =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` };
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve(text)).on('error', reject);
    });
    // The server may close a connection that was idle at the moment in which it is used again.
    const again = (error) => (asked.reusedSocket ? resolve(post(url, secret, body)) : reject(error));
    asked.on('error', again).end(body);
  });

function started(app, env) {
  const child = fork(fileURLToPath(new URL(`${app}/dist/main.js`, apps)), [], {
    env,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const lines = [];
  createInterface({ input: child.stderr }).on('line', (text) => {
    const line = text.startsWith('{') ? JSON.parse(text) : { level: 'error', msg: text };
    if (line.level === 'info' || line.level === 30) lines.push({ ...line, at: performance.now() });
    else console.error(`${app}: ${text}`);
  });
  return new Promise((resolve, reject) => {
    child.once('message', ({ url }) => resolve({ child, url, lines }));
    child.once('exit', (code) => reject(new Error(`${app} ended with ${code} before it was ready`)));
  });
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}
