/** The `ionloop` command, as from a terminal; answers what it wrote with --json. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './places.mjs';

const command = join(root, 'apps/cli/bin/ionloop.js');

export function ionloop(words) {
  return inScratch((folder) => {
    const json = join(folder, 'report.json');
    const run = spawnSync(process.execPath, [command, ...words.map(String), '--json', json], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    if (run.status !== 0) throw new Error(`ionloop ${words.join(' ')}\n${run.stderr || run.stdout}`);
    return JSON.parse(readFileSync(json, 'utf8'));
  });
}

/** A folder that is gone once `work` is done. */
export function inScratch(work) {
  const folder = mkdtempSync(join(tmpdir(), 'ionloop-example-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
