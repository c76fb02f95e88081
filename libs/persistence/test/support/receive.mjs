// Receives an artifact into a folder for ever, a byte at a time, until it is killed.
import { Buffer } from 'node:buffer';
import { ArtifactFolder } from '@ionloop/persistence';
import { setTimeout as sleep } from 'node:timers/promises';

const [folder, sha256] = process.argv.slice(2);
const files = await ArtifactFolder.open(folder);

async function* drip() {
  for (let sent = 1; ; sent += 1) {
    yield Buffer.from('a');
    if (sent === 20) process.stdout.write('ready\n');
    await sleep(5);
  }
}
await files.receive({ sha256, owner: 'robot', offset: 0, total: 1_000_000 }, drip());
