import { defaultWorkspace } from '@ionloop/domain';
import type { OutsidePolicy } from '@ionloop/engine';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { Failure, WrongUsage } from '../failure.js';
import { artifactsOn } from '../launch/artifacts.js';
import { engineOn, withRecord } from '../launch/record.js';
import { checkWritable, writeJson } from '../report/json-file.js';
import { readSettings } from '../settings.js';
import type { Terminal } from '../terminal.js';

export interface ImportOptions {
  readonly campaign?: string;
  readonly dryRun?: true;
  readonly map?: Readonly<Record<string, string>>;
  readonly delimiter?: string;
  readonly decimal?: 'point' | 'comma';
  readonly encoding?: string;
  readonly skipBad?: true;
  readonly force?: true;
  readonly keepDuplicates?: true;
  readonly outside?: OutsidePolicy;
  readonly workspace?: string;
  readonly json?: string;
}

export function addImport(program: Command, terminal: Terminal): void {
  program
    .command('import')
    .summary('bring results of the past into a campaign, or a campaign from a bundle')
    .description(
      'With --campaign, brings the rows of a CSV into it: all of them or none, and a file only once. Columns are known by\n' +
        'their headers and units. Without, brings back a campaign from a bundle that `export` wrote, to the same hash.',
    )
    .argument('<file>', 'a CSV, or a bundle (.tar.gz)')
    .option('--campaign <campaign>', 'the id or the name of the campaign that rows go to')
    .option('--dry-run', 'only say what would be done, with every row that is wrong')
    .option(
      '--map <header=meaning>',
      'what a column means, as "T=temperature [K]"; may be repeated',
      mapping,
      {},
    )
    .option('--delimiter <mark>', 'between columns: "," ";" "|" or tab (default: as it looks)')
    .addOption(
      new Option('--decimal <mark>', 'in numbers (default: as it looks)').choices(['point', 'comma']),
    )
    .option('--encoding <name>', 'utf-8, utf-16le, utf-16be or windows-1252 (default: as it looks)')
    .option('--skip-bad', 'import the rows that can be, and list the others')
    .option('--force', 'keep values outside of what is plausible, with a flag')
    .option('--keep-duplicates', 'take rows that say the same twice for two measurements')
    .addOption(
      new Option(
        '--outside <policy>',
        'rows of points outside of the space: refuse (default), skip, or keep as knowledge',
      ).choices(['refuse', 'skip', 'keep']),
    )
    .option('--workspace <id>', 'where a campaign from a bundle goes (default: the default one)')
    .option('--json <file>', 'also write what was done here')
    .addHelpText(
      'after',
      `
Examples:
  ionloop import old.csv --campaign "Sintering" --dry-run
  ionloop import old.csv --campaign "Sintering" --map "T=temperature [K]"
  ionloop import campaign.tar.gz`,
    )
    .action((file: string, options: ImportOptions) => importFile(file, options, terminal));
}

function mapping(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const at = text.lastIndexOf('=');
  const [header, meaning] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 1 || header === '' || meaning === '') {
    throw new InvalidArgumentError('It must be HEADER=MEANING.');
  }
  return { ...before, [header]: meaning };
}

async function importFile(file: string, options: ImportOptions, terminal: Terminal): Promise<void> {
  if (!existsSync(file)) throw new Failure(`${file} cannot be read: there is no such file`);
  checkWritable(options.json);
  const { campaign } = options;
  if (campaign !== undefined) {
    const { importRows } = await import('../import/rows.js');
    return importRows(file, { ...options, campaign }, terminal);
  }
  if (/\.(csv|txt|tsv)$/i.test(file)) {
    throw new WrongUsage(`${basename(file)} holds rows: say with --campaign where they go`);
  }
  await importBundle(file, options, terminal);
}

async function importBundle(
  file: string,
  { json, workspace = defaultWorkspace }: ImportOptions,
  terminal: Terminal,
): Promise<void> {
  const settings = readSettings(terminal);
  const { restoreBundle } = await import('@ionloop/engine');
  const restored = await withRecord(
    settings,
    async (persistence) => {
      await persistence.migrate();
      const engine = await engineOn(persistence.store, settings);
      if ((await persistence.store.workspaces.byId(workspace)) === null) {
        throw new Failure(`there is no workspace ${workspace}`);
      }
      const files = await artifactsOn(settings, workspace);
      return restoreBundle(engine, files, () => createReadStream(file), workspace);
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
