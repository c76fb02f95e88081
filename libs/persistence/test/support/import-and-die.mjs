/** Imports rows, and ends as by a power cut when so many are written: DATABASE CAMPAIGN FILE ROWS. */
import { importHistory, quietEngine } from '@ionloop/engine';
import { openPersistence } from '@ionloop/persistence';
import { createReadStream } from 'node:fs';

const [url, campaignId, path, until] = process.argv.slice(2);
const { store } = await openPersistence({ url, poolSize: 3 });
const engine = quietEngine(store);
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
