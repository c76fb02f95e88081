import { fork } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedPostgres } from '../../libs/embedded-postgres/dist/index.js';
import { issueToken, randomIds } from '../../libs/engine/dist/index.js';
import { openPersistence } from '../../libs/persistence/dist/index.js';
import { buildCampaign } from './campaign.mjs';

/** The embedded database as it comes with a large campaign in it, and the API as a process. */
export async function openGround(experiments, say) {
  const folder = mkdtempSync(join(tmpdir(), 'ionloop-bench-'));
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres') });
  const databaseUrl = postgres.url();
  const persistence = await openPersistence({ url: databaseUrl, poolSize: 2 });
  await persistence.migrate();
  const campaignId = await buildCampaign(databaseUrl, experiments, say);
  const engine = { store: persistence.store, ids: randomIds };
  const { secret } = await issueToken(engine, { name: 'bench', role: 'viewer', days: 1 });
  const main = fileURLToPath(new URL('../../apps/api/dist/main.js', import.meta.url));
  const child = fork(main, [], {
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' },
      ...{ DATABASE_URL: databaseUrl, IONLOOP_HOME: folder, IONLOOP_PORT: '0' },
      IONLOOP_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const url = await new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message.url));
    child.once('exit', (code) => reject(new Error(`the API ended with ${code} before it was ready`)));
  });
  return {
    campaignId,
    /** Something happens, whatever it is: answers that were given are over. */
    async happen() {
      await issueToken(engine, { name: 'somebody else', role: 'viewer', days: 1 });
    },
    async query(query, variables) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = await response.json();
      if (errors) throw new Error(errors[0].message);
      return data;
    },
    async close() {
      await new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGTERM');
      });
      await persistence.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
