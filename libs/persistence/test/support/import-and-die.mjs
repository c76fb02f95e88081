/** Imports rows, and ends as by a power cut when so many are written: DATABASE CAMPAIGN FILE ROWS. */
import { importHistory, randomIds } from '@ionloop/engine';
import { openPersistence } from '@ionloop/persistence';
import { createReadStream } from 'node:fs';

const [url, campaignId, path, until] = process.argv.slice(2);
const { store } = await openPersistence({ url, poolSize: 3 });
const lab = { heartbeatSeconds: 10, leaseSeconds: 60, suspectSeconds: 1800, attemptCap: 3 };
const engine = { store, ids: randomIds, wakeUps: { wake: () => Promise.resolve() }, lab };
const file = { name: 'old.csv', open: () => createReadStream(path) };
await importHistory(
  engine,
  { kind: 'person', name: 'ada' },
  campaignId,
  file,
  {},
  {
    onProgress: ({ phase, rows }) => {
      if (phase !== 'writing' || rows < Number(until)) return;
      process.stdout.write(`written ${rows}`);
      process.kill(process.pid, 'SIGKILL');
    },
  },
);
