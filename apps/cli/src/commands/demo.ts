import type { Command } from 'commander';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processBegan } from '../launch/clock.js';
import { launch } from '../launch/launch.js';
import { readSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';

export function addDemo(program: Command, terminal: Terminal): void {
  program
    .command('demo')
    .summary('start on a temporary folder that is deleted at the end')
    .description(
      'Starts everything on a fresh temporary folder with the demo campaign, and deletes the folder at the end.\n' +
        'DATABASE_URL and REDIS_URL are left alone.',
    )
    .addHelpText(
      'after',
      `
Examples:
  ionloop demo
  IONLOOP_DEMO_SPEED=200 IONLOOP_PORT=0 ionloop demo`,
    )
    .action(() => demo(terminal));
}

async function demo(terminal: Terminal): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'ionloop-demo-'));
  // A root process runs PostgreSQL as another user, who must be able to get there.
  chmodSync(home, 0o755);
  const env = {
    ...terminal.env,
    IONLOOP_HOME: home,
    IONLOOP_DEMO: '1',
    DATABASE_URL: undefined,
    REDIS_URL: undefined,
  };
  const own: Terminal = { ...terminal, env };
  try {
    await launch({ settings: readSettings(own), terminal: own, began: processBegan(), temporary: true });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
