import type { Command } from 'commander';
import { createReadStream, existsSync } from 'node:fs';
import { Failure } from '../failure.js';
import { artifactsOn } from '../launch/artifacts.js';
import { engineOn, withRecord } from '../launch/record.js';
import { checkWritable, writeJson } from '../report/json-file.js';
import { readSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';

interface ImportOptions {
  readonly json?: string;
}

export function addImport(program: Command, terminal: Terminal): void {
  program
    .command('import')
    .summary('bring a campaign back from a bundle')
    .description(
      'Brings back a campaign from a bundle that `export` wrote, to the same hash. All of it is checked before anything is\n' +
        'written, and what was changed is named by its line.',
    )
    .argument('<file>', 'a bundle (.tar.gz)')
    .option('--json <file>', 'also write what was done here')
    .addHelpText(
      'after',
      `
Examples:
  ionloop import campaign.tar.gz`,
    )
    .action((file: string, options: ImportOptions) => importBundle(file, options, terminal));
}

async function importBundle(file: string, { json }: ImportOptions, terminal: Terminal): Promise<void> {
  if (!existsSync(file)) throw new Failure(`${file} cannot be read: there is no such file`);
  checkWritable(json);
  const settings = readSettings(terminal);
  const { restoreBundle } = await import('@ionloop/engine');
  const restored = await withRecord(
    settings,
    async (persistence) => {
      await persistence.migrate();
      const engine = await engineOn(persistence.store, settings);
      return restoreBundle(engine, await artifactsOn(settings), () => createReadStream(file));
    },
    { create: true },
  );
  const { name, campaignId, events, headHash, isNew } = restored;
  terminal.out(
    isNew
      ? `"${name}" (${campaignId}) is here, with ${events} events to ${headHash}.`
      : `"${name}" (${campaignId}) was here already, to the same event.`,
  );
  writeJson(json, restored);
}
