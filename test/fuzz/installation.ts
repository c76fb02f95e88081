import { type Role, roles } from '@ionloop/domain';
import { issueToken, quietEngine } from '@ionloop/engine';
import { openPersistence } from '@ionloop/persistence';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { station } from '../../apps/api/test/support/server.js';
import { ServiceProcess } from '../operations/processes.js';
import { freshDatabase } from '../support/postgres.js';
import type { Who } from './requests.js';

/** The built API and a worker, each a process of its own, on a database of their own, with a token for everybody. */
export interface Installation {
  readonly url: string;
  readonly api: ServiceProcess;
  /** Does what the requests set going. */
  readonly worker: ServiceProcess;
  readonly tokens: Readonly<Record<Who, string>>;
  /** The ids of these tokens. */
  readonly tokenIds: ReadonlySet<string>;
  /** Of the API's process, in MB. */
  residentMb(): number;
  close(): Promise<void>;
}

export async function install(): Promise<Installation> {
  const database = await freshDatabase();
  const persistence = await openPersistence({ url: database.url, poolSize: 2 });
  await persistence.migrate();
  const engine = quietEngine(persistence.store);
  const tokenIds = new Set<string>();
  const issued = async (role: Role): Promise<string> => {
    const bound = role === 'lab' ? { station } : { instance: role === 'admin' };
    const { secret, token } = await issueToken(engine, { name: `a ${role}`, role, days: 7, ...bound });
    tokenIds.add(token.id);
    return secret;
  };
  const own = Object.fromEntries(
    await Promise.all(roles.map(async (role) => [role, await issued(role)] as const)),
  );
  await persistence.close();
  const home = mkdtempSync(join(tmpdir(), 'ionloop-fuzz-'));
  const common = { DATABASE_URL: database.url, IONLOOP_HOME: home, IONLOOP_LOG_LEVEL: 'error' };
  const api = new ServiceProcess('api', {
    ...common,
    // What is kept and never let go would end it.
    NODE_OPTIONS: '--max-old-space-size=256',
    IONLOOP_RATE: '100000',
    IONLOOP_RATE_BURST: '1000000',
    IONLOOP_LAB_RATE: '100000',
    IONLOOP_LAB_RATE_BURST: '1000000',
    IONLOOP_STRANGER_RATE: '1000000',
    IONLOOP_ARTIFACT_MEGABYTES: '4',
  });
  const url = await api.url();
  const worker = new ServiceProcess('worker', { ...common, IONLOOP_WORKER_THREADS: '1' });
  await worker.url();
  const { secret: elsewhere, token } = await adminElsewhere(url, own['admin'] ?? '');
  tokenIds.add(token.id);
  const tokens = { ...own, elsewhere, expired: 'ionloop_made-up', nobody: '' } as unknown as Record<
    Who,
    string
  >;
  return {
    ...{ url, api, worker, tokens, tokenIds },
    residentMb: () => residentMb(api.child.pid ?? 0),
    close: async () => {
      await Promise.all([api.end(), worker.end()]);
      await database.drop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

interface Issued {
  readonly secret: string;
  readonly token: { readonly id: string };
}

/** An admin of another workspace. */
async function adminElsewhere(url: string, admin: string): Promise<Issued> {
  const query = `mutation {
    createWorkspace(input: { id: "elsewhere", name: "Elsewhere" }) { workspace { id } userErrors { message } }
    createToken(input: { name: "admin elsewhere", role: admin, workspace: "elsewhere" }) { secret token { id } userErrors { message } }
  }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${admin}` },
    body: JSON.stringify({ query }),
  });
  const answer = (await response.json()) as { readonly data?: { readonly createToken: Issued } };
  if (!answer.data?.createToken.secret) {
    throw new Error(`no token for another workspace: ${JSON.stringify(answer)}`);
  }
  return answer.data.createToken;
}

const residentMb = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
